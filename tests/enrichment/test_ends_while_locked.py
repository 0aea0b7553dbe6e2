"""A run whose last pending posting is locked for a moment, by an import, comes back to it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from enrichment import sweeper
from enrichment.models import Enrichment
from tests.builders import (
    enrichment_of,
    lease,
    make_postings,
    recorder_of,
    start,
    success,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="transactions are alone"),
]


def hold(pk: int, held: threading.Event, done: threading.Event) -> None:
    with transaction.atomic():
        Enrichment.objects.lock([pk])  # as posting_changed does
        held.set()
        done.wait(20)
    connection.close()


@pytest.mark.parametrize("selected", [True, False])
def test_a_run_does_not_end_before_a_posting_that_is_locked(selected, settings) -> None:
    settings.Q_WORKERS = 1
    postings = make_postings(2)
    ids = [posting.pk for posting in postings]
    started = start(selection=ids if selected else None, size=1, continuous=True)
    batch, run = started.batch, started.run
    assert batch is not None
    assert run is not None
    assert run.continuous
    lease(batch)
    Enrichment.objects.claim(batch.pk)
    recorder = recorder_of(batch)
    recorder.record([], [success(postings[0])])
    held, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=hold, args=(ids[1], held, done))
    thread.start()
    held.wait(10)
    try:
        recorder.finish(run.pk)
    finally:
        done.set()
        thread.join()
    sweeper.revive_runs()

    assert enrichment_of(postings[1]).status == "queued"
