"""Bad days of the database and the queue: nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobsite import processes
from tests import services
from tests.acceptance.bad_days import (
    ENRICHED,
    all_is_well,
    furnish,
    wait_for_calls,
    wait_for_end,
)
from tests.installation import ROOT, Installation, Template
from tests.provider import Provider
from tests.services import PostgresServer
from tests.site_processes import Service

IS_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
on_postgres = pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no server")
on_sqlite = pytest.mark.skipif(IS_POSTGRES, reason="about SQLite's one file")
CODE = ("enrichment", "jobs", "jobsite", "templates", "manage.py")


@pytest.fixture
def site(installation: Installation, provider: Provider) -> Installation:
    return furnish(installation, provider)


# --- The database -----------------------------------------------------------------------
@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with services.restartable_postgres() as server:
        yield server


@pytest.fixture
def site_on_server(
    server: PostgresServer, provider: Provider
) -> Iterator[Installation]:
    template = Template(server.address)
    site = Installation(template=template)
    yield furnish(site, provider)
    server.stop()
    server.start()  # a test may have left it stopped
    site.stop()
    template.remove()


@on_postgres
def test_database_restarts_in_the_middle(site_on_server, server, provider) -> None:
    """Away for longer than a lease, which nobody can renew meanwhile."""
    site = site_on_server
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 16)

    server.stop()
    time.sleep(6)
    server.start()
    wait_for_end(site)

    assert all_is_well(site, provider)
    assert worker.is_running
    assert "The database does not answer" in worker.output


@on_postgres
def test_worker_started_without_a_database_waits_for_it(
    site_on_server, server, provider
) -> None:
    site = site_on_server
    site.manage("enrich_batch", "--size", "20")
    server.stop()

    worker = site.start_worker()
    site.wait_until(lambda: "refused" in worker.output, 60)
    time.sleep(2)
    server.start()
    wait_for_end(site)

    assert worker.is_running
    assert site.value(ENRICHED) == 20


@on_sqlite
def test_another_writer_locks_the_database_for_ten_seconds(site, provider) -> None:
    site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 16)

    path = site.address.removeprefix("sqlite:///")
    other = sqlite3.connect(path, timeout=30, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(10)
    other.execute("ROLLBACK")
    other.close()
    wait_for_end(site)

    assert all_is_well(site, provider)


@pytest.fixture
def small_disk(installation: Installation) -> Iterator[Path]:
    """A file system of 24 MB with the installation's database on it."""
    place = installation.directory / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount).returncode:
        pytest.skip("only root can make a small disk")
    own = installation.address.removeprefix("sqlite:///")
    installation.address = f"sqlite:///{shutil.move(own, place / 'site.sqlite3')}"
    installation.env["DATABASE_URL"] = installation.address
    yield place
    for service in installation.services:
        service.kill()
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@on_sqlite
def test_disk_is_full_for_a_while(small_disk, site, provider) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 16)

    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        fill(filler)
    site.wait_until(lambda: "is full" in worker.output, 60)
    time.sleep(4)
    filler.unlink()
    wait_for_end(site)

    assert all_is_well(site, provider)
    assert site.value("pragma integrity_check") == "ok"
    assert site.rows("pragma foreign_key_check") == []


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(4096))


# --- The queue --------------------------------------------------------------------------
def test_tasks_signed_with_another_secret_are_queued_again(site, provider) -> None:
    site.manage("enrich_batch", "--all")

    worker = site.start_worker(DJANGO_SECRET_KEY="another-secret")
    wait_for_end(site)

    assert all_is_well(site, provider)
    assert "BadSignature" in worker.output


def test_lost_tasks_are_queued_again(site, provider) -> None:
    site.manage("enrich_batch", "--all")
    site.rows("delete from django_q_ormq")

    site.start_worker()
    wait_for_end(site)

    assert all_is_well(site, provider)


def test_task_delivered_six_times_is_worked_on_once(site, provider) -> None:
    site.manage("enrich_batch", "--size", "60")
    site.python(
        "from enrichment.queue import enqueue_batch\n"
        "for _ in range(5): enqueue_batch(1)"
    )

    site.start_worker()
    wait_for_end(site)
    site.wait_for("select count(*) from django_q_ormq", 0)

    assert all_is_well(site, provider)
    assert site.value("select attempt from enrichment_batch") == 1


def test_two_copies_of_the_code_share_the_work(site, provider) -> None:
    """As while a new version is rolled out."""
    site.env["Q_WORKERS"] = "1"
    copy = site.directory / "copy"
    copy.mkdir()
    for name in CODE:
        source, target = ROOT / name, copy / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    workers = [site.start_worker(), start_copy(site, copy)]
    site.wait_for("select count(*) from enrichment_worker", 2)

    site.python(
        "from enrichment import batches\n"
        "for _ in range(12): batches.start(door='shell', size=5)"
    )
    wait_for_end(site)

    assert all_is_well(site, provider)
    done = "✅ Background batch enrichment complete"
    assert all(worker.output.count(done) > 0 for worker in workers)


def start_copy(site: Installation, copy: Path) -> Service:
    log = site.directory / "copy.log"
    with log.open("wb") as output:
        command = (sys.executable, "manage.py", "qcluster")
        process = processes.start(command, env=site.env, output=output, cwd=str(copy))
    site.services.append(Service("copy", process, log))
    return site.services[-1]
