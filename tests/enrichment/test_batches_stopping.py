"""How a run is paused, blocked, cancelled and resumed, and what becomes of its postings."""

from __future__ import annotations

import pytest

from enrichment import batches
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run
from tests.builders import (
    enriched_posting,
    enrichment_of,
    ids_of,
    make_posting,
    make_postings,
    queued_tasks,
    recorder_of,
    running_batch,
    start_batch,
    states,
)

pytestmark = pytest.mark.django_db


STOPS = {
    "paused": batches.pause,
    "cancelled": batches.cancel,
    "blocked": lambda run_id: batches.block(
        run_id, kind=ErrorKind.UNAUTHORIZED, reason="No key"
    ),
}


class TestStopping:
    @pytest.mark.parametrize("status", STOPS)
    def test_queued_postings_are_given_back_without_a_mark(self, status) -> None:
        batch = start_batch(*make_postings(3))

        assert STOPS[status](batch.run_id)

        batch.refresh_from_db()
        assert (batch.run.status, batch.status) == (status, "released")
        assert Enrichment.objects.filter(status="pending", tries=0).count() == 3

    @pytest.mark.parametrize("status", STOPS)
    def test_running_batch_is_left_to_its_worker(self, status) -> None:
        batch = running_batch(make_posting())

        assert STOPS[status](batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, states()) == ("running", {"running": 1})

    @pytest.mark.parametrize("over", ["finished", "cancelled"])
    @pytest.mark.parametrize("stop", [*STOPS.values(), batches.resume])
    def test_run_that_is_over_stays_so(self, stop, over) -> None:
        batch = start_batch(make_posting())
        batches.cancel(batch.run_id)
        Run.objects.update(status=over)

        assert not stop(batch.run_id)
        assert Run.objects.get().status == over

    def test_second_pause_does_nothing(self) -> None:
        batch = start_batch(make_posting())

        assert batches.pause(batch.run_id)
        assert not batches.pause(batch.run_id)

    def test_block_tells_why(self, caplog) -> None:
        batch = start_batch(make_posting())

        STOPS["blocked"](batch.run_id)

        run = Run.objects.get()
        assert (run.reason_kind, run.reason) == ("unauthorized", "No key")
        assert f"Run {run.pk} is blocked: No key" in caplog.text

    def test_paused_run_is_not_blocked_by_a_late_answer(self) -> None:
        batch = start_batch(make_posting())
        batches.pause(batch.run_id)

        assert not STOPS["blocked"](batch.run_id)
        assert Run.objects.get().status == "paused"

    def test_blocked_run_can_be_paused_and_cancelled(self) -> None:
        batch = start_batch(make_posting())
        STOPS["blocked"](batch.run_id)

        assert batches.pause(batch.run_id)
        assert batches.cancel(batch.run_id)


class TestResuming:
    @pytest.mark.parametrize("stop", ["paused", "blocked"])
    def test_given_back_postings_go_into_a_new_batch(self, stop) -> None:
        old = start_batch(*make_postings(3))
        STOPS[stop](old.run_id)

        assert batches.resume(old.run_id)

        new = Batch.objects.latest("pk")
        assert (new.run_id, new.total, new.status) == (old.run_id, 3, "queued")
        assert queued_tasks() == [old.pk, new.pk]

    def test_active_run_can_not_be_resumed(self) -> None:
        batch = start_batch(make_posting())

        assert not batches.resume(batch.run_id)
        assert Batch.objects.count() == 1

    def test_others_pending_postings_are_not_taken(self) -> None:
        batch = start_batch(make_posting())
        other = make_posting()
        batches.pause(batch.run_id)
        batches.resume(batch.run_id)

        assert enrichment_of(other).status == "pending"

    def test_run_whose_postings_were_taken_by_another_ends(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)
        batches.pause(batch.run_id)
        start_batch(posting)

        assert batches.resume(batch.run_id)
        assert Run.objects.get(pk=batch.run_id).status == "finished"

    def test_batch_that_is_still_held_is_not_doubled(self) -> None:
        batch = running_batch(make_posting())
        batches.pause(batch.run_id)

        assert batches.resume(batch.run_id)
        assert Batch.objects.live().count() == 1

    def test_batch_given_back_after_a_resume_goes_on(self) -> None:
        batch = running_batch(*make_postings(2))
        recorder = recorder_of(batch)
        batches.pause(batch.run_id)
        batches.resume(batch.run_id)

        recorder.release(batch.run_id)

        assert states() == {"queued": 2}
        assert Batch.objects.live().get().total == 2

    def test_force_is_kept_over_a_pause(self) -> None:
        posting = enriched_posting()
        batch = start_batch(posting, force=True)
        batches.pause(batch.run_id)
        batches.resume(batch.run_id)

        new = Batch.objects.latest("pk")
        assert (new.run.force, ids_of(new)) == (True, [posting.pk])
