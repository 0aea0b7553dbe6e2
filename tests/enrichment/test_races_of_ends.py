"""Ends, pauses and changed texts that meet, on real connections."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import transaction

from enrichment import batches, conf, leases
from enrichment.models import Batch, Enrichment, Run
from enrichment.recorder import LeaseLostError
from jobs.models import JobPosting
from tests.builders import (
    assert_each_posting_is_in_one_batch,
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    start,
    start_batch,
    states,
    success,
)
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


class TestEndsOfARun:
    def two_batches(self) -> list[Batch]:
        start(size=2, continuous=True)
        found = list(Batch.objects.order_by("pk"))
        for batch in found:
            lease(batch)
            Enrichment.objects.claim(batch.pk)
            postings = JobPosting.objects.filter(enrichment__batch=batch)
            ended = [success(posting) for posting in postings]
            recorder_of(batch).record([], ended)
        assert len(found) == 2
        return found

    def finish_at_once(self, found: list[Batch]) -> None:
        together(*[partial(recorder_of(b).finish, b.run_id) for b in found])

    def test_two_last_batches_that_end_together_end_the_run(self) -> None:
        make_postings(4)

        self.finish_at_once(self.two_batches())

        assert Run.objects.get().status == "finished"
        assert Batch.objects.live().count() == 0

    def test_two_batches_that_end_together_are_followed_by_two(self) -> None:
        make_postings(20)

        self.finish_at_once(self.two_batches())

        assert Run.objects.get().status == "active"
        assert_each_posting_is_in_one_batch()
        assert Batch.objects.live().count() == 2

    def test_last_posting_is_queued_once(self) -> None:
        make_postings(5)

        self.finish_at_once(self.two_batches())

        assert_each_posting_is_in_one_batch()
        assert states() == {"enriched": 4, "queued": 1}


class TestPauses:
    def test_pause_while_a_batch_is_recorded_loses_neither(self) -> None:
        postings = make_postings(20)
        batch = running_batch(*postings)
        recorder = recorder_of(batch)

        def record() -> None:
            for posting in postings[:10]:
                recorder.record([], [success(posting)])
            recorder.release(batch.run_id)

        together(record, partial(batches.pause, batch.run_id))

        batch.refresh_from_db()
        assert (batch.run.status, batch.status) == ("paused", "released")
        assert states() == {"enriched": 10, "pending": 10}
        assert batch.successful == 10

    def test_pause_and_end_of_a_batch_agree(self) -> None:
        batch = running_batch(posting := make_posting())
        recorder = recorder_of(batch)
        recorder.record([], [success(posting)])

        paused, _ = together(
            partial(batches.pause, batch.run_id),
            partial(recorder.finish, batch.run_id),
        )

        assert Run.objects.get().status == ("paused" if paused else "finished")

    def test_resume_while_a_worker_gives_back_leaves_nothing_behind(self) -> None:
        batch = running_batch(*make_postings(4))
        recorder = recorder_of(batch)
        batches.pause(batch.run_id)

        together(
            partial(batches.resume, batch.run_id),
            partial(recorder.release, batch.run_id),
        )

        assert Run.objects.get().status == "active"
        assert_each_posting_is_in_one_batch()
        assert states() == {"queued": 4}

    def test_cancel_and_lease_at_once_agree(self) -> None:
        batch = start_batch(make_posting())

        _, leased = together(
            partial(batches.cancel, batch.run_id),
            partial(leases.acquire, batch.pk, conf.current()),
        )

        batch.refresh_from_db()
        assert batch.status == ("running" if leased else "released")
        assert states() == ({"queued": 1} if leased else {"pending": 1})


class TestTextChangedDuringItsCall:
    """Either the writer of the answer sees the new text, or the new text the answer."""

    def change(self, posting: JobPosting) -> None:
        fresh = JobPosting.objects.get(pk=posting.pk)
        fresh.description = "Another text about bread altogether."
        fresh.save()

    @pytest.mark.parametrize("change_is_first", [True, False])
    def test_posting_is_pending_again(self, change_is_first) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder = recorder_of(batch)
        ended = success(posting)
        first_has_written = threading.Event()

        def change() -> None:
            self.change(posting)

        def record() -> None:
            recorder.record([], [ended])

        def first(action) -> None:
            with transaction.atomic():
                action()
                first_has_written.set()
                # Long enough for the second to come and wait for the locks; if it comes
                # later all the same, that is another order that has to end alike.
                threading.Event().wait(0.3)

        def second(action) -> None:
            first_has_written.wait(30)
            action()

        actions = (change, record) if change_is_first else (record, change)
        together(partial(first, actions[0]), partial(second, actions[1]))

        assert enrichment_of(posting).status == "pending"

    def test_posting_changed_again_and_again_ends_pending_or_answered(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder = recorder_of(batch)

        together(
            partial(recorder.record, [], [success(posting)]),
            *[partial(self.change, posting)] * 3,
        )

        assert enrichment_of(posting).status == "pending"


class TestFences:
    def test_late_worker_and_its_successor_count_a_posting_once(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        late = recorder_of(batch)
        Batch.objects.renew(batch.pk, batch.attempt, seconds=-1)
        lease(batch, holder="other:2")
        new = recorder_of(batch)

        def record_late() -> bool:
            try:
                late.record([], [success(posting)])
            except LeaseLostError:
                return False
            return True

        wrote, _ = together(record_late, partial(new.record, [], [success(posting)]))

        batch.refresh_from_db()
        assert (wrote, batch.successful) == (False, 1)
