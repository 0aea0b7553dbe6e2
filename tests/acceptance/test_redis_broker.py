"""Redis as the queue of real workers: a run's end, a killed worker, a Redis that forgets all."""

from __future__ import annotations

import pytest

from tests.acceptance.bad_days import (
    all_is_well,
    furnish,
    open_calls,
    wait_for_calls,
    wait_for_end,
)
from tests.installation import Installation
from tests.provider import Provider
from tests.redis_service import RedisServer

pytestmark = pytest.mark.any_database  # the queue, and so what is lost, is elsewhere


@pytest.fixture
def site(
    installation: Installation, provider: Provider, redis_server: RedisServer
) -> Installation:
    return furnish(
        installation,
        provider,
        Q_BROKER_URL=redis_server.address,
        ENRICHMENT_BATCH_SIZE="10",
        ENRICHMENT_CONCURRENCY="2",
    )


def test_run_ends_and_the_table_is_never_the_queue(
    site, provider, redis_server
) -> None:
    worker = site.start_worker()

    site.manage("enrich_batch", "--all", "--wait")

    assert all_is_well(site, provider)
    assert site.value("select count(*) from django_q_ormq") == 0
    with redis_server.client() as client:
        site.wait_until(lambda: client.llen("django_q:jobsite:q") == 0)
    assert "Traceback" not in worker.output


def test_kill_9_with_tasks_in_hand_loses_nothing(site, provider) -> None:
    """Redis hands a task out once: what the dead had fetched is nowhere any more."""
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 12)

    worker.kill()
    in_flight = open_calls(site)
    site.start_worker()
    wait_for_end(site)

    assert all_is_well(site, provider, paid_again=in_flight)


def test_redis_that_forgets_all_in_the_middle_is_outlasted(
    site, provider, redis_server
) -> None:
    worker = site.start_worker()
    site.manage("enrich_batch", "--all")
    wait_for_calls(site, provider, 12)

    redis_server.stop()
    site.wait_until(lambda: "does not answer" in worker.output, 30)
    redis_server.start()
    site.wait_until(lambda: "answers again" in worker.output, 30)
    wait_for_end(site)

    assert all_is_well(site, provider)
    assert worker.is_running
    assert "Traceback" not in worker.output


def test_worker_and_run_may_start_before_redis(site, provider, redis_server) -> None:
    redis_server.stop()
    worker = site.start_worker()
    done = site.manage("enrich_batch", "--all")
    assert "waits for it in the database" in done.stderr
    site.wait_for("select count(*) from enrichment_worker", 1)
    site.wait_until(lambda: "does not answer" in worker.output, 30)
    assert len(provider.calls) == 0

    redis_server.start()
    wait_for_end(site)

    assert all_is_well(site, provider)
    assert worker.output.count("The task queue (Redis) does not answer") == 1
    assert "Traceback" not in worker.output
    worker.stop(grace_seconds=20)
    assert worker.process.returncode == 0
