"""Rows of a batch are locked by id, as everybody locks them, whatever their order on disk."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from enrichment.models import Enrichment
from tests.builders import lease, make_postings, start_batch
from tests.parallel import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="transactions are alone"),
]


@pytest.mark.parametrize("arrow", ["claim", "release"])
def test_worker_and_import_do_not_wait_in_a_circle(arrow) -> None:
    first, second = (posting.pk for posting in make_postings(2))
    batch = start_batch(*Enrichment.objects.filter(pk__in=[first, second]))
    lease(batch)
    Enrichment.objects.filter(pk=first).update(priority=1)  # behind the other one now
    held = threading.Event()

    def changes() -> None:
        with transaction.atomic():
            Enrichment.objects.lock([first])
            held.set()
            time.sleep(1)
            Enrichment.objects.lock([second])

    def works() -> None:
        held.wait(10)
        if arrow == "claim":
            Enrichment.objects.claim(batch.pk)
        else:
            Enrichment.objects.release([batch.pk])

    together(changes, works)
