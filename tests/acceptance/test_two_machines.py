"""Two machines, each with its own copy of the code, directory, `.env` and environment.

They share a PostgreSQL, a secret and the provider's limits, and nothing else: the limit is
kept by both together, both work, and one goes on alone when the other dies.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from jobsite import processes
from tests.acceptance.bad_days import (
    all_is_well,
    furnish,
    open_calls,
    wait_for_calls,
    wait_for_end,
)
from tests.installation import ROOT, Installation
from tests.provider import Provider
from tests.site_processes import Service, session_members

pytestmark = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="SQLite is for one machine",
)

CODE = ("enrichment", "jobs", "jobsite", "templates", "manage.py")
COUNT = 100
# What the provider allows: 20 calls in any 2 s. The installation is set to 16: a call may
# arrive some tenths of a second late on a slow machine. Two limits would make 32.
LIMIT = {"requests_per_window": 20, "window_seconds": 2.0}
SHARED = {
    "DJANGO_DEBUG": "false",
    "DJANGO_SECRET_KEY": "the-same-on-all-machines-0123456789-and-as-long-as-is-asked",
    "DJANGO_ALLOWED_HOSTS": "jobs.example.org",
    "ENRICHMENT_REQUESTS_PER_MINUTE": "480",
    "ENRICHMENT_BATCH_SIZE": "10",
}


@pytest.fixture
def site(installation: Installation, provider: Provider) -> Installation:
    """Where the web process would run; it has no worker."""
    site = furnish(installation, provider, count=COUNT, **SHARED)
    provider.configure(**LIMIT)
    return site


def start_machine(site: Installation, name: str, **own: str) -> Service:
    """A worker command that knows of the site what its own `.env` says."""
    home = site.directory / name
    home.mkdir()
    for part in CODE:
        source, target = ROOT / part, home / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shared = ("DATABASE_URL", "OPENAI_", "ENRICHMENT_", "DJANGO_SECRET_KEY", "DJANGO_D")
    settings = {key: value for key, value in site.env.items() if key.startswith(shared)}
    settings |= {"DJANGO_ALLOWED_HOSTS": f"{name}.example.org", **own}
    lines = [f"{key}={value}\n" for key, value in settings.items()]
    (home / ".env").write_text("".join(lines), encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONUNBUFFERED": "1"}
    return start_worker(site, home, env)


def start_worker(site: Installation, home: Path, env: dict[str, str]) -> Service:
    log = site.directory / f"{home.name}.log"
    with log.open("wb") as output:
        command = (sys.executable, "manage.py", "qcluster")
        process = processes.start(command, env=env, output=output, cwd=str(home))
    site.services.append(Service(home.name, process, log))
    return site.services[-1]


def start_both(site: Installation) -> list[Service]:
    small = start_machine(site, "small", Q_WORKERS="1", ENRICHMENT_CONCURRENCY="4")
    large = start_machine(site, "large", Q_WORKERS="2", ENRICHMENT_CONCURRENCY="12")
    site.wait_for("select count(*) from enrichment_worker", 2)
    return [small, large]


def finished_batches(site: Installation, machine: Service) -> int:
    """Those that processes of the machine ended; while they live."""
    holders = site.rows("select holder from enrichment_batch where status = 'finished'")
    pids = session_members(machine.pid)
    return sum(int(holder.rpartition(":")[2]) in pids for (holder,) in holders)


def refused(provider: Provider) -> int:
    return sum(call.outcome == "refused" for call in provider.calls)


def test_both_work_and_keep_one_limit(site, provider) -> None:
    machines = start_both(site)

    site.manage("enrich_batch", "--all")
    wait_for_end(site)

    assert all_is_well(site, provider, count=COUNT)
    assert refused(provider) <= 0.01 * COUNT
    assert all(finished_batches(site, machine) > 0 for machine in machines)


def test_one_goes_on_alone_when_the_other_dies(site, provider) -> None:
    small, large = start_both(site)
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 40)

    large.kill()
    in_flight = open_calls(site)
    wait_for_end(site)

    assert small.is_running
    assert all_is_well(site, provider, count=COUNT, paid_again=in_flight)
    assert refused(provider) <= 0.01 * COUNT
