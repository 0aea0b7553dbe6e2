"""What the database itself refuses: each constraint, tried."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from enrichment.models import Batch, Enrichment, LlmCall, Run
from tests.builders import (
    enrichment_of,
    failed_posting,
    make_posting,
    open_call,
    running_batch,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    (
        "enrichment_finished_iff_terminal",
        Enrichment,
        {"status": "failed", "error_kind": "timeout", "finished_at": None},
    ),
    (
        "enrichment_finished_iff_terminal",
        Enrichment,
        {"status": "pending", "finished_at": NOW},
    ),
    (
        "enrichment_error_iff_failed",
        Enrichment,
        {"status": "failed", "finished_at": NOW},
    ),
    ("enrichment_error_iff_failed", Enrichment, {"error_kind": "timeout"}),
    ("enrichment_live_has_batch", Enrichment, {"status": "queued", "batch": None}),
    (
        "enrichment_enriched_has_facts",
        Enrichment,
        {"status": "enriched", "finished_at": NOW},
    ),
    ("run_finished_iff_terminal", Run, {"status": "finished"}),
    ("run_finished_iff_terminal", Run, {"finished_at": NOW}),
    ("run_blocked_has_reason", Run, {"status": "blocked", "blocked_at": NOW}),
    (
        "run_blocked_has_reason",
        Run,
        {"status": "blocked", "reason_kind": "unauthorized"},
    ),
    ("run_probing_is_active", Run, {"status": "paused", "probing": True}),
    (
        "batch_finished_iff_terminal",
        Batch,
        {"status": "finished", "lease_expires_at": None},
    ),
    ("batch_finished_iff_terminal", Batch, {"finished_at": NOW}),
    ("batch_lease_iff_running", Batch, {"lease_expires_at": None}),
    ("batch_lease_iff_running", Batch, {"status": "queued"}),
    ("batch_counts_within_total", Batch, {"successful": 1, "failed": 1}),
    ("batch_counts_within_total", Batch, {"rate_limited": 1}),
    ("call_finished_iff_closed", LlmCall, {"outcome": "ok"}),
    ("call_finished_iff_closed", LlmCall, {"finished_at": NOW}),
    ("call_error_iff_failed", LlmCall, {"outcome": "error", "finished_at": NOW}),
    ("call_error_iff_failed", LlmCall, {"error_kind": "timeout"}),
]


class TestConstraints:
    @pytest.mark.parametrize(("name", "model", "change"), REFUSED)
    def test_database_refuses(self, name, model, change) -> None:
        posting = make_posting()
        open_call(posting, running_batch(posting))

        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model._base_manager.update(**change)

    def test_every_constraint_is_tried(self) -> None:
        tried = {name for name, _model, _change in REFUSED}
        written = {
            constraint.name
            for model in (Enrichment, Run, Batch, LlmCall)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        }

        assert tried == written

    def test_one_call_about_a_text_is_in_flight(self) -> None:
        posting = make_posting()
        open_call(posting)
        open_call(posting, model="another")
        open_call(posting, outcome="in_doubt", finished_at=NOW)

        with pytest.raises(IntegrityError), transaction.atomic():
            open_call(posting)

    def test_batch_of_a_run_can_not_vanish_under_its_postings(self) -> None:
        posting = failed_posting()
        batch = enrichment_of(posting).batch
        assert batch is not None

        with pytest.raises(models.ProtectedError):
            batch.delete()
