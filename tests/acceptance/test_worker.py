"""A real worker, killed and stopped in every way, against a stand-in that counts each call."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

from tests.installation import Installation
from tests.provider import Provider
from tests.site_processes import Service, parent_of, session_members

SAMPLES = "jobs/data/sample_postings.jsonl"
ENRICHED = "select count(*) from enrichment_enrichment where status = 'enriched'"
LIVE = (
    "select count(*) from enrichment_enrichment where status in ('queued', 'running')"
)

# What the command promises, and room for a busy machine.
END_WITHIN = 15.0 + 15.0


@pytest.fixture
def site(installation: Installation, provider: Provider) -> Installation:
    """With 60 postings, 58 different texts among them, and the stand-in as provider."""
    installation.env |= {
        "OPENAI_BASE_URL": provider.base_url,
        "OPENAI_API_KEY": "sk-test-planted",
        "ENRICHMENT_STALLED_AFTER_SECONDS": "5",
        "ENRICHMENT_RATE_LIMIT_BACKOFF": "0.1",
        "ENRICHMENT_API_ERROR_BACKOFF": "0.1",
        "ENRICHMENT_CONCURRENCY": "4",
    }
    installation.manage("import_jobs", SAMPLES)
    provider.configure(latency=0.4)
    return installation


def wait_for_calls(site: Installation, provider: Provider, count: int) -> None:
    site.wait_until(lambda: len(provider.calls) >= count, 60)


def wait_for_end(site: Installation) -> None:
    site.wait_for(
        "select count(*) from enrichment_run where status <> 'finished'", 0, timeout=90
    )
    assert site.value(ENRICHED) == 60
    assert site.value("select sum(successful) from enrichment_batch") == 60


def paid_again(provider: Provider) -> int:
    """Good answers beyond the first for one text."""
    return sum(count - 1 for count in provider.answered_per_posting().values())


def workers_of(worker: Service) -> list[int]:
    """Its worker processes: those whose parent is the sentinel, without the two helpers."""
    sentinel = next(pid for pid in worker.children() if parent_of(pid) == worker.pid)
    children = sorted(pid for pid in worker.children() if parent_of(pid) == sentinel)
    return children[:2]


def test_all_by_the_command_with_progress_and_stats(site, provider) -> None:
    site.start_worker()

    done = site.manage("enrich_batch", "--all", "--size", "20", "--wait", "--json")

    assert json.loads(done.last_line) == {
        "total": 60,
        "successful": 60,
        "failed": 0,
        "rate_limited": 0,
    }
    assert set(provider.answered_per_posting().values()) == {1}
    assert len(provider.calls) == 58
    stats = json.loads(site.manage("enrichment_stats").last_line)
    assert (stats["enriched"], stats["pending"], stats["percent"]) == (60, 0, 100.0)


def test_kill_9_of_everything_loses_nothing(site, provider) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 20)

    provider.configure(latency=2)  # some of the next are in flight whenever that is
    wait_for_calls(site, provider, 23)
    worker.kill()
    provider.configure(latency=0.4)
    time.sleep(2)  # answers on their way find nobody
    in_flight = provider.max_in_flight
    site.start_worker()
    wait_for_end(site)

    assert paid_again(provider) <= in_flight
    doubtful = "select count(*) from enrichment_llmcall where outcome = 'in_doubt'"
    assert 0 < site.value(doubtful) <= in_flight
    open_calls = "select count(*) from enrichment_llmcall where outcome = 'open'"
    assert site.value(open_calls) == 0


def test_kill_9_of_one_worker_is_taken_over_by_the_others(site, provider) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--size", "50")
    wait_for_calls(site, provider, 12)

    holder = site.value(
        "select holder from enrichment_batch where status = 'running' order by id"
    )
    os.kill(int(holder.rpartition(":")[2]), signal.SIGKILL)
    site.wait_for("select status from enrichment_run", "finished", timeout=60)

    assert site.value(ENRICHED) == 50
    assert paid_again(provider) <= 4
    assert worker.is_running


@pytest.mark.parametrize("whole_group", [False, True])
def test_sigterm_ends_it_in_time_and_nothing_is_paid_twice(
    site, provider, whole_group
) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 12)

    (os.killpg if whole_group else os.kill)(worker.pid, signal.SIGTERM)
    site.wait_until(lambda: not worker.is_running, END_WITHIN)
    site.wait_until(lambda: not session_members(worker.pid), 30)
    left = site.value(LIVE)
    site.start_worker()
    wait_for_end(site)

    assert left > 0
    assert paid_again(provider) == 0


def test_kill_9_of_the_main_process_leaves_nobody_behind(site, provider) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    worker.kill_main()
    site.wait_until(lambda: not session_members(worker.pid), END_WITHIN)
    site.start_worker()
    wait_for_end(site)

    assert paid_again(provider) == 0


@pytest.mark.any_database
def test_death_of_an_idle_worker_ends_the_cluster_for_its_supervisor(site) -> None:
    worker = site.start_worker()
    site.wait_for("select count(*) from enrichment_worker", 1)
    time.sleep(1)

    for pid in workers_of(worker):
        os.kill(pid, signal.SIGKILL)
    site.wait_until(lambda: not worker.is_running, 60)
    worker.process.wait(30)

    assert worker.process.returncode == 1
    site.wait_until(lambda: not session_members(worker.pid), 30)
    assert "could not go on" in worker.output


def freeze(site: Installation, worker: Service) -> list[int]:
    """Its processes, stopped at a moment at which none of them holds the database."""
    while True:
        members = session_members(worker.pid)
        for pid in members:
            os.kill(pid, signal.SIGSTOP)
        if not site.is_being_written():
            return members
        for pid in members:
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.05)


def test_worker_that_wakes_up_too_late_writes_nothing(site, provider) -> None:
    """Frozen past its lease, like a suspended machine; another one has taken over."""
    frozen = site.start_worker()
    site.manage("enrich_batch", "--size", "30")
    wait_for_calls(site, provider, 8)
    members = freeze(site, frozen)
    site.start_worker()
    site.wait_for("select status from enrichment_run", "finished", timeout=60)
    before = site.rows("select * from enrichment_enrichment order by posting_id")

    for pid in members:
        os.kill(pid, signal.SIGCONT)
    site.wait_until(lambda: "was taken over by another worker" in frozen.output, 30)

    after = site.rows("select * from enrichment_enrichment order by posting_id")
    assert after == before
    assert site.value("select successful from enrichment_batch") == 30


def test_paused_run_stops_and_goes_on_when_resumed(site, provider) -> None:
    site.env["ENRICHMENT_DELAY_BETWEEN_JOBS"] = "0.4"  # long enough for any machine
    site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    site.python("from enrichment import batches; assert batches.pause(1)")
    site.wait_for(LIVE, 0)
    enriched = site.value(ENRICHED)
    time.sleep(1)
    assert 0 < site.value(ENRICHED) == enriched < 60
    site.python("from enrichment import batches; assert batches.resume(1)")
    wait_for_end(site)

    assert paid_again(provider) == 0


def test_cancelled_run_leaves_the_rest_pending(site, provider) -> None:
    site.env["ENRICHMENT_DELAY_BETWEEN_JOBS"] = "0.4"
    site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 8)

    site.python("from enrichment import batches; assert batches.cancel(1)")
    site.wait_for(LIVE, 0)

    stats = json.loads(site.manage("enrichment_stats").last_line)
    assert stats["pending"] == 60 - stats["enriched"] > 0
    assert site.value("select status from enrichment_run") == "cancelled"


def test_empty_account_blocks_the_run_at_once(site, provider) -> None:
    provider.configure(quota_after=10, latency=0.05)
    site.start_worker()

    done = site.manage("enrich_batch", "--all", "--wait", check=False)

    assert done.returncode == 1
    assert "is blocked" in done.stderr
    assert "credit" in done.stderr
    site.wait_for(LIVE, 0)
    assert site.value(ENRICHED) >= 10
    failed = "select count(*) from enrichment_enrichment where status = 'failed'"
    assert site.value(failed) == 0
    assert len(provider.calls) <= 10 + 2 * 4


def test_failed_posting_waits_its_day_and_is_then_tried_by_the_schedule(
    site, provider
) -> None:
    provider.configure(mode="400", latency=0.0)
    site.start_worker()
    site.manage("enrich_batch", "--size", "5", "--wait")
    provider.configure(mode=None)
    site.python("from enrichment import tasks; tasks.sweep()")
    assert site.value("select count(*) from enrichment_run") == 1

    site.rows(
        "update enrichment_enrichment set retry_at = '2026-01-01 00:00:00+00:00'"
        " where status = 'failed'"
    )
    site.python("from enrichment import tasks; tasks.sweep()")
    site.wait_for(ENRICHED, 5)

    assert site.value("select door from enrichment_run order by id desc") == "schedule"
