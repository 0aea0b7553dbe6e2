"""The thread of a worker that says that it lives, and looks for lost batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from enrichment import sweeper
from enrichment.keeper import Keeper
from enrichment.leases import holder_name
from enrichment.models import Worker
from tests.builders import make_posting, queued_tasks, stalled_batch

pytestmark = pytest.mark.django_db(transaction=True)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "not so within 30 seconds"
        time.sleep(0.05)


@pytest.fixture
def keeper(settings) -> Iterator[Keeper]:
    settings.ENRICHMENT_STALLED_AFTER_SECONDS = 2.0  # it then looks twice a second
    keeper = Keeper(processes=3)
    yield keeper
    if keeper.is_alive():
        keeper.stop()


def test_it_tells_who_lives_here(keeper) -> None:
    keeper.start()
    until(Worker.objects.exists)

    worker = Worker.objects.get()
    assert (worker.name, worker.processes) == (holder_name(), 3)


def test_stopped_worker_says_goodbye(keeper) -> None:
    keeper.start()
    until(Worker.objects.exists)

    keeper.stop()

    assert not keeper.is_alive()
    assert not Worker.objects.exists()


def test_lost_batch_is_queued_again(keeper) -> None:
    batch = stalled_batch(make_posting())

    keeper.start()

    until(lambda: queued_tasks() == [batch.pk, batch.pk])


def test_workers_silent_for_a_day_are_forgotten(keeper) -> None:
    Worker.objects.create(name="old:1", seen_at=Now() - timedelta(days=2))
    Worker.objects.create(name="other:2", seen_at=Now() - timedelta(hours=1))

    keeper.start()
    until(Worker.objects.filter(name=holder_name()).exists)

    until(lambda: not Worker.objects.filter(name="old:1").exists())
    assert Worker.objects.filter(name="other:2").exists()


def test_fault_does_not_end_it(keeper, monkeypatch, caplog) -> None:
    looks: list[float] = []

    def broken() -> None:
        looks.append(time.monotonic())
        raise ArithmeticError

    monkeypatch.setattr(sweeper, "take_over", broken)
    keeper.start()
    until(lambda: len(looks) > 1)

    assert keeper.is_alive()
    assert "Looking for lost batches met a fault" in caplog.text


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no server to lose"
)
def test_database_that_went_away_is_found_again(keeper) -> None:
    # The pool waits longer for each dead connection that it meets; other tests left many.
    pooled: Any = connection
    pooled.close()
    pooled.close_pool()
    keeper.start()
    until(Worker.objects.exists)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    batch = stalled_batch(make_posting())

    until(lambda: queued_tasks() == [batch.pk, batch.pk])
