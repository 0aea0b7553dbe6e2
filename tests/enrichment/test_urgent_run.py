"""A run of high priority, started while a worker has batches of several runs in hand."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from enrichment import runner
from enrichment.conf import MAX_HOLDINGS
from enrichment.models import Run
from tests.builders import make_postings, start_batch
from tests.enrichment.running import run, use

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_need_not_wait_for_the_end_of_a_batch(
    provider, settings, monkeypatch
) -> None:
    use(provider, settings)
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.03
    monkeypatch.setattr(runner, "BEAT", 0.1)  # hands are full after four of them
    batches = [start_batch(*make_postings(30)) for _ in range(MAX_HOLDINGS)]
    urgent = make_postings(3)
    begun: list[int] = []

    def come_later() -> None:
        while len(provider.calls) < 40:
            time.sleep(0.01)
        start_batch(*urgent, priority=Run.Priority.HIGH)
        begun.append(len(provider.calls))
        connection.close()

    thread = threading.Thread(target=come_later)
    thread.start()
    run(batches[0])
    thread.join()

    titles = {posting.title for posting in urgent}
    first = min(call.number for call in provider.calls if call.title in titles)
    assert first <= begun[0] + 15
