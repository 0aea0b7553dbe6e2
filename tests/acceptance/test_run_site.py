"""`make run`: the whole site in one terminal, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.acceptance.sites import processes_of
from tests.acceptance.test_demo import hide_model
from tests.installation import Installation
from tests.site_processes import Service, answers, free_port, parent_of

UP = "Ctrl-C ends everything."
# What the command promises, and room for a busy machine.
END_WITHIN = 15.0 + 15.0

pytestmark = pytest.mark.any_database


@pytest.fixture
def port() -> int:
    return free_port()


def start_site(installation: Installation, port: int, **env: str) -> Service:
    """Until it says that it is up."""
    command = (sys.executable, "manage.py", "run_site", "--port", str(port))
    site = installation.start("site", *command, **env)
    installation.wait_until(lambda: UP in site.output or not site.is_running, 120)
    assert site.is_running, str(site)
    return site


def status(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as page:
        code: int = page.status
        return code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_site_comes_up_whole_and_ends_whole(
    installation: Installation, port: int, number: signal.Signals
) -> None:
    site = start_site(installation, port)
    pages = [status(port, "/admin/login/"), status(port, "/static/admin/css/base.css")]
    installation.wait_for("select count(*) from enrichment_worker", 1)

    os.kill(site.pid, number)
    installation.wait_until(lambda: not site.is_running, END_WITHIN)

    assert pages == [200, 200]
    assert processes_of(installation) == []
    site.process.wait()
    assert site.process.returncode == 0
    assert site.output.endswith("Stopped.\n")


def test_address_login_and_missing_llm_are_told(
    installation: Installation, port: int
) -> None:
    site = start_site(installation, port)

    login = (installation.directory / "login.txt").read_text()
    password = re.search("password: (.+)", login)
    assert password
    assert f"http://127.0.0.1:{port}/" in site.output
    assert f"admin, password {password[1]}" in site.output
    assert "No LLM runs" in site.output


def test_kill_leaves_nothing_behind(installation: Installation, port: int) -> None:
    site = start_site(installation, port)
    assert len(processes_of(installation)) > 3

    site.kill_main()
    site.process.wait()

    installation.wait_until(lambda: processes_of(installation) == [], END_WITHIN)


def test_killed_web_server_comes_back(installation: Installation, port: int) -> None:
    site = start_site(installation, port)
    servers = processes_of(installation, "gunicorn")
    [master] = [pid for pid in servers if parent_of(pid) == site.pid]

    os.kill(master, signal.SIGKILL)
    installation.wait_until(lambda: "web ended (killed by SIGKILL)" in site.output)

    installation.wait_until(lambda: answers(port))
    assert master not in processes_of(installation, "gunicorn")


def test_worker_of_the_site_takes_a_batch(
    installation: Installation, port: int
) -> None:
    start_site(installation, port)

    done = installation.manage("enrich_batch", "--size", "3", "--wait", "--json")

    assert '"successful": 3' in done.last_line


def test_production_serves_collected_files(
    installation: Installation, port: int
) -> None:
    production = {
        "DJANGO_DEBUG": "false",
        "DJANGO_SECRET_KEY": "aB3-dE6_gH9.jK2" * 4,
        "DJANGO_HTTPS": "false",
    }
    start_site(installation, port, **production)

    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=30)
    with page:
        found = re.search(rb"/static/site/site\.[0-9a-f]+\.css", page.read())

    assert found
    assert status(port, found[0].decode()) == 200


def test_port_in_use_is_told_at_once(installation: Installation) -> None:
    address = installation.start_web()
    port = int(address.rpartition(":")[2])
    started_at = time.monotonic()

    done = installation.manage("run_site", "--port", str(port), check=False)

    assert done.returncode == 1
    assert f"Port {port} can't be had: in use by another program" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert time.monotonic() - started_at < 30
    assert not (installation.directory / "login.txt").exists()


@pytest.mark.parametrize("port", ["0", "65536"])
def test_impossible_port_is_refused(installation: Installation, port: str) -> None:
    done = installation.manage("run_site", "--port", port, check=False)

    assert done.returncode == 1
    assert "--port: expected 1 to 65535" in done.stderr


def test_missing_model_says_how_to_install_it(
    installation: Installation, port: int, tmp_path: Path
) -> None:
    hide_model(installation, tmp_path)

    done = installation.manage(
        "run_site", "--llm", "smollm2", "--port", str(port), check=False
    )

    assert done.returncode == 1
    assert "make run LLM=smollm2" in done.stderr
