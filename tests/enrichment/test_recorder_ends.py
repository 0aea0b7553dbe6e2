"""How a worker lets go of its batch, and what one that lost it can't do any more."""

from __future__ import annotations

import pytest

from enrichment import batches
from enrichment.models import Batch, Enrichment, LlmCall, Run
from enrichment.recorder import LeaseLostError, Recorder
from jobs.models import JobPosting
from tests.builders import (
    answered,
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    queued_tasks,
    recorder_of,
    running_batch,
    start,
    states,
    success,
)

pytestmark = pytest.mark.django_db


def lose_lease(batch: Batch) -> Recorder:
    """The recorder of the worker that another one has just taken the batch from."""
    late = recorder_of(batch)
    Batch.objects.renew(batch.pk, batch.attempt, seconds=-1)
    lease(batch, holder="other:2")
    return late


class TestFence:
    @pytest.mark.parametrize("write", ["finish", "release", "hand_over"])
    def test_late_worker_ends_nothing(self, write) -> None:
        batch = running_batch(make_posting())
        late = lose_lease(batch)

        with pytest.raises(LeaseLostError):
            getattr(late, write)(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, batch.holder) == ("running", "other:2")

    def test_late_worker_can_not_renew(self) -> None:
        late = lose_lease(running_batch(make_posting()))

        with pytest.raises(LeaseLostError):
            late.renew_if_due()

    def test_late_answer_is_dropped_but_paid_for_on_record(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        closing = answered(posting, batch)
        late = lose_lease(batch)

        with pytest.raises(LeaseLostError):
            late.record([closing], [success(posting)])

        batch.refresh_from_db()
        assert (enrichment_of(posting).status, batch.successful) == ("running", 0)
        assert LlmCall.objects.get().outcome == "ok"
        assert (batch.calls, batch.input_tokens) == (1, 100)

    def test_expired_lease_that_nobody_took_is_still_held(self) -> None:
        batch = running_batch(make_posting())
        Batch.objects.renew(batch.pk, batch.attempt, seconds=-1)

        recorder_of(batch).renew_if_due()

        assert not Batch.objects.lease(batch.pk, holder="other:2", seconds=60)


class TestEnds:
    def test_finish_ends_batch_and_run(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder = recorder_of(batch)
        recorder.record([], [success(posting)])

        recorder.finish(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, batch.run.status) == ("finished", "finished")
        assert batch.lease_expires_at is None

    def test_finish_of_a_paused_run_leaves_it_paused(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder = recorder_of(batch)
        recorder.record([], [success(posting)])
        batches.pause(batch.run_id)

        recorder.finish(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, batch.run.status) == ("finished", "paused")

    def test_batch_with_a_posting_left_is_given_back_not_finished(self) -> None:
        done, left = make_postings(2)
        batch = running_batch(done, left)
        recorder = recorder_of(batch)
        recorder.record([], [success(done)])

        recorder.finish(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, batch.run.status) == ("released", "active")
        assert enrichment_of(left).status == "queued"
        assert Batch.objects.live().get().total == 1

    def test_hand_over_queues_the_rest_for_the_next_worker(self) -> None:
        done, left = make_postings(2)
        batch = running_batch(done, left)
        recorder = recorder_of(batch)
        recorder.record([], [success(done)])

        assert recorder.hand_over(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, batch.holder, batch.attempt) == ("queued", "", 1)
        assert queued_tasks() == [batch.pk, batch.pk]
        assert states() == {"enriched": 1, "queued": 1}

    def test_hand_over_of_a_paused_run_gives_back(self) -> None:
        batch = running_batch(make_posting())
        recorder = recorder_of(batch)
        batches.pause(batch.run_id)

        assert not recorder.hand_over(batch.run_id)

        batch.refresh_from_db()
        assert (batch.status, states()) == ("released", {"pending": 1})

    def test_release_gives_back_what_has_no_end(self) -> None:
        done, left = make_postings(2)
        batch = running_batch(done, left)
        recorder = recorder_of(batch)
        recorder.record([], [success(done)])
        batches.cancel(batch.run_id)

        assert recorder.release(batch.run_id) == 1
        assert states() == {"enriched": 1, "pending": 1}
        assert Run.objects.get().status == "cancelled"

    def test_finish_of_a_continuous_run_is_a_handful_of_statements(
        self, django_assert_max_num_queries
    ) -> None:
        make_postings(30)
        batch = start(size=10, continuous=True).batch
        assert batch is not None
        lease(batch)
        Enrichment.objects.claim(batch.pk)
        recorder = recorder_of(batch)
        postings = JobPosting.objects.filter(enrichment__batch=batch)
        recorder.record([], [success(posting) for posting in postings])

        with django_assert_max_num_queries(16):
            recorder.finish(batch.run_id)
