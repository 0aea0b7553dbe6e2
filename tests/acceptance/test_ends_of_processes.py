"""Ends of a worker's processes, by death or stop: nobody is left and nothing is lost."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from tests.acceptance.bad_days import (
    all_is_well,
    furnish,
    kill,
    wait_for_calls,
    wait_for_end,
)
from tests.chaos.victims import named
from tests.installation import Installation
from tests.provider import Provider
from tests.site_processes import Service, session_members

# What becomes of tasks and postings is tested on each by test_bad_days and test_worker.
pytestmark = pytest.mark.any_database


@pytest.fixture
def site(installation: Installation, provider: Provider) -> Installation:
    return furnish(installation, provider)


def assert_ends_for_its_supervisor(
    site: Installation, provider: Provider, worker: Service
) -> None:
    """By itself, as failed; the next one does the rest."""
    site.wait_until(lambda: not worker.is_running, 60)
    worker.process.wait()
    site.start_worker()
    wait_for_end(site)

    assert worker.process.returncode == 1
    assert all_is_well(site, provider)


@pytest.mark.parametrize("name", ["monitor", "pusher"])
def test_death_of_a_helper_ends_the_worker_for_its_supervisor(
    site, provider, name
) -> None:
    """Else nobody would ever acknowledge a task again, or bring one."""
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    kill(named(worker, name), signal.SIGKILL)
    assert_ends_for_its_supervisor(site, provider, worker)


def test_sentinel_that_waits_for_the_dead_ends_the_worker(site, provider) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from enrichment import cluster\n"
        "cluster.STUCK_AFTER = 3\n"
        "call_command('qcluster')"
    )
    worker = site.start("worker", sys.executable, "-c", code)
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    kill(named(worker, "sentinel"), signal.SIGSTOP)
    assert_ends_for_its_supervisor(site, provider, worker)


@pytest.mark.parametrize(
    "numbers", [[signal.SIGINT], [signal.SIGTERM, signal.SIGTERM]], ids=["^C", "twice"]
)
def test_told_to_stop_by_ctrl_c_or_twice(site, provider, numbers) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    for number in numbers:
        if number == signal.SIGINT:  # a terminal sends it to the whole group
            os.killpg(worker.pid, number)
        else:
            os.kill(worker.pid, number)
        time.sleep(0.3)
    site.wait_until(lambda: not session_members(worker.pid), 40)
    site.start_worker()
    wait_for_end(site)

    assert all_is_well(site, provider)


def test_stats_tell_within_a_minute_that_the_worker_is_dead(site, provider) -> None:
    def told() -> bool:
        return "no worker is running" in site.manage("enrichment_stats").stdout

    worker = site.start_worker()
    provider.configure(latency=5)
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 1)
    assert not told()

    worker.kill()
    site.wait_until(told, 60)
