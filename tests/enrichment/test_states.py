"""The states of an enrichment: which arrow moves which, and what it takes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from enrichment.models import Enrichment
from enrichment.querysets.answered import Result
from tests.builders import (
    enrichment_of,
    make_posting,
    start_batch,
)

pytestmark = pytest.mark.django_db

ENRICHMENT_STATES: dict[str, dict[str, Any]] = {
    "pending": {},
    "queued": {},
    "running": {},
    "enriched": {"facts": {"title": "Baker"}, "finished_at": timezone.now()},
    "failed": {
        "error_kind": "timeout",
        "error_message": "late",
        "retry_at": timezone.now(),
        "tries": 2,
        "finished_at": timezone.now(),
    },
}
FAILURE: dict[str, Any] = {
    "kind": "timeout",
    "message": "late",
    "content_hash": "x",
    "retry_after": timedelta(hours=24),
    "max_tries": 5,
}


def result(posting_id: int) -> Result:
    return Result(posting_id=posting_id, facts="{}", call_id=None, content_hash="x")


ENRICHMENT_ARROWS: dict[str, tuple[set[str], str, Callable[[Any, int], int]]] = {
    "requeue": ({"enriched", "failed"}, "pending", lambda rows, _: rows.requeue()),
    "retry": ({"failed"}, "pending", lambda rows, _: rows.retry()),
    "take": (
        {"pending", "failed"},
        "queued",
        lambda rows, batch: rows.take(batch, sources=["pending", "failed"]),
    ),
    "claim": ({"queued"}, "running", lambda rows, batch: rows.claim(batch)),
    "succeed": (
        {"running"},
        "enriched",
        lambda rows, batch: len(rows.succeed(batch, [result(rows.get().pk)])),
    ),
    "fail": ({"running"}, "failed", lambda rows, batch: rows.fail(batch, **FAILURE)),
    "hand_over": ({"running"}, "queued", lambda rows, batch: rows.hand_over(batch)),
    "release": (
        {"queued", "running"},
        "pending",
        lambda rows, batch: rows.release([batch]),
    ),
}


def enrichment_in(status: str) -> Enrichment:
    posting = make_posting()
    start_batch(posting)
    Enrichment.objects.update(status=status, **ENRICHMENT_STATES[status])
    return enrichment_of(posting)


class TestEnrichmentArrows:
    @pytest.mark.parametrize("status", ENRICHMENT_STATES)
    @pytest.mark.parametrize("arrow", ENRICHMENT_ARROWS)
    def test_arrow_moves_its_own_states_alone(self, arrow, status) -> None:
        sources, target, move = ENRICHMENT_ARROWS[arrow]
        row = enrichment_in(status)
        moves = status in sources

        assert move(Enrichment.objects.all(), row.batch_id or 0) == moves
        row.refresh_from_db()
        assert row.status == (target if moves else status)

    @pytest.mark.parametrize("arrow", ["claim", "succeed", "fail", "hand_over"])
    def test_worker_moves_nothing_of_another_batch(self, arrow) -> None:
        sources, _target, move = ENRICHMENT_ARROWS[arrow]
        row = enrichment_in(next(iter(sources)))

        assert move(Enrichment.objects.all(), (row.batch_id or 0) + 1) == 0

    @pytest.mark.parametrize("arrow", ["requeue", "retry", "take"])
    def test_leaving_failed_takes_the_error_away(self, arrow) -> None:
        row = enrichment_in("failed")

        ENRICHMENT_ARROWS[arrow][2](Enrichment.objects.all(), row.batch_id or 0)

        row.refresh_from_db()
        assert (row.error_kind, row.error_message) == ("", "")
        assert (row.retry_at, row.finished_at) == (None, None)

    @pytest.mark.parametrize(
        ("arrow", "tries"), [("requeue", 0), ("retry", 2), ("take", 2)]
    )
    def test_only_a_clean_slate_forgets_the_tries(self, arrow, tries) -> None:
        row = enrichment_in("failed")

        ENRICHMENT_ARROWS[arrow][2](Enrichment.objects.all(), row.batch_id or 0)

        row.refresh_from_db()
        assert row.tries == tries

    def test_failing_counts_and_plans_the_next_try(self) -> None:
        row = enrichment_in("running")

        Enrichment.objects.fail(row.batch_id or 0, **FAILURE)

        row.refresh_from_db()
        assert row.tries == 1
        assert row.retry_at is not None
        assert row.finished_at is not None
        assert abs(row.retry_at - row.finished_at - timedelta(hours=24)) < timedelta(
            seconds=1
        )

    def test_last_try_plans_no_further_one(self) -> None:
        row = enrichment_in("running")
        Enrichment.objects.update(tries=4)

        Enrichment.objects.fail(row.batch_id or 0, **FAILURE)

        row.refresh_from_db()
        assert (row.tries, row.retry_at) == (5, None)

    def test_facts_stay_until_replaced(self) -> None:
        row = enrichment_in("enriched")

        Enrichment.objects.all().requeue()

        row.refresh_from_db()
        assert row.facts == {"title": "Baker"}

    def test_pending_ones_come_most_urgent_then_oldest_first(self) -> None:
        old, urgent, new = (make_posting(priority=p) for p in (0, 9, 0))

        with transaction.atomic():
            ids = Enrichment.objects.next_pending(10)

        assert ids == [urgent.pk, old.pk, new.pk]

    def test_changed_priority_is_followed(self) -> None:
        posting = make_posting()
        posting.priority = 7
        posting.save()

        assert enrichment_of(posting).priority == 7
