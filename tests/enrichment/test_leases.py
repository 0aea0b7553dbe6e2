"""Taking a batch, and what is found on taking it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import InterfaceError, OperationalError

from enrichment import batches, conf, leases
from enrichment.leases import Lease
from enrichment.models import Batch, Enrichment, LlmCall, Run
from jobs.models import JobPosting
from tests.builders import (
    answered_call,
    enrichment_of,
    make_posting,
    make_postings,
    open_call,
    recorder_of,
    running_batch,
    stalled_batch,
    start_batch,
    states,
    success,
)

pytestmark = pytest.mark.django_db


def acquire(batch: Batch) -> Lease:
    lease = leases.acquire(batch.pk, conf.current())
    assert lease is not None
    return lease


def die_twice(posting: JobPosting, batch: Batch) -> None:
    for _death in range(2):
        open_call(posting, batch)
        LlmCall.objects.doubt()


class TestAcquiring:
    def test_lease_names_attempt_run_and_live_postings(self) -> None:
        batch = start_batch(*make_postings(3))

        lease = acquire(batch)

        assert (lease.attempt, lease.run_id, lease.live) == (1, batch.run_id, 3)
        batch.refresh_from_db()
        assert (batch.status, batch.holder) == ("running", leases.holder_name())
        assert not lease.force

    def test_lease_lasts_as_long_as_a_silence_may(self) -> None:
        batch = start_batch(make_posting())

        leases.acquire(batch.pk, replace(conf.current(), stalled_after=600))

        batch.refresh_from_db()
        assert batch.lease_expires_at is not None
        assert batch.started_at is not None
        assert (batch.lease_expires_at - batch.started_at).total_seconds() == 600

    def test_held_batch_is_not_given_twice(self) -> None:
        batch = start_batch(make_posting())
        acquire(batch)

        assert leases.acquire(batch.pk, conf.current()) is None

    def test_stalled_batch_goes_to_the_next_attempt(self) -> None:
        assert acquire(stalled_batch(make_posting())).attempt == 2

    def test_batch_that_is_over_is_not_given(self) -> None:
        batch = start_batch(make_posting())
        batches.cancel(batch.run_id)

        assert leases.acquire(batch.pk, conf.current()) is None
        assert leases.acquire(batch.pk + 1, conf.current()) is None

    def test_force_comes_along(self) -> None:
        assert acquire(start_batch(make_posting(), force=True)).force


class TestClaiming:
    def test_all_postings_are_running_most_urgent_first(self) -> None:
        low, high = make_posting(), make_posting(priority=3)
        batch = start_batch(low, high)

        ended, works = leases.claim(acquire(batch), conf.current())

        assert ended == []
        assert [work.posting_ids for work in works] == [(high.pk,), (low.pk,)]
        assert states() == {"running": 2}

    def test_equal_texts_are_one_work(self) -> None:
        twins = [make_posting(title="Cook", description="Cooks.") for _ in range(2)]
        batch = start_batch(*twins)

        _ended, works = leases.claim(acquire(batch), conf.current())

        assert [work.posting_ids for work in works] == [tuple(p.pk for p in twins)]

    @pytest.mark.parametrize("text", ["", "   ", "--- 12 ---", "\n\t"])
    def test_posting_without_a_word_ends_at_once(self, text) -> None:
        batch = start_batch(make_posting(description=text), make_posting())

        ended, works = leases.claim(acquire(batch), conf.current())

        assert [end.error.kind for end in ended if end.error] == ["no_text"]
        assert len(works) == 1

    def test_stored_answer_ends_at_once(self) -> None:
        posting = make_posting()
        call = answered_call(posting)

        ended, works = leases.claim(acquire(start_batch(posting)), conf.current())

        assert [(end.call_id, end.error) for end in ended] == [(call.pk, None)]
        assert works == []

    def test_forced_batch_asks_all_the_same(self) -> None:
        posting = make_posting()
        answered_call(posting)
        batch = start_batch(posting, force=True)

        ended, works = leases.claim(acquire(batch), conf.current())

        assert (ended, len(works)) == ([], 1)

    def test_what_a_dead_worker_recorded_is_not_taken_again(self) -> None:
        done, left = make_posting(), make_posting()
        batch = running_batch(done, left)
        recorder_of(batch).record([], [success(done)])
        Batch.objects.renew(batch.pk, batch.attempt, seconds=-1)

        _ended, works = leases.claim(acquire(batch), conf.current())

        assert [work.posting_ids for work in works] == [(left.pk,)]

    def test_statements_do_not_grow_with_the_batch(
        self, django_assert_max_num_queries
    ) -> None:
        lease = acquire(start_batch(*make_postings(30)))

        with django_assert_max_num_queries(5):
            leases.claim(lease, conf.current())

    def test_hash_of_a_text_stored_past_the_models_is_mended(self) -> None:
        posting = make_posting()
        JobPosting.objects.update(description="Another text.", content_hash="")
        batch = start_batch(posting)

        (work,) = leases.claim(acquire(batch), conf.current())[1]

        posting.refresh_from_db()
        assert posting.content_hash == work.content_hash == posting.text.content_hash


class TestDeadWorkers:
    def test_their_calls_are_in_doubt(self) -> None:
        posting = make_posting()
        batch = stalled_batch(posting)
        call = open_call(posting, batch)

        leases.claim(acquire(batch), conf.current())

        call.refresh_from_db()
        assert call.outcome == "in_doubt"

    def test_calls_of_a_newer_attempt_are_left_open(self) -> None:
        posting = make_posting()
        batch = stalled_batch(posting)
        late = acquire(batch)
        call = open_call(posting, batch, batch_attempt=late.attempt + 1)

        leases.claim(late, conf.current())

        call.refresh_from_db()
        assert call.outcome == "open"

    def test_one_death_is_forgiven(self) -> None:
        posting = make_posting()
        batch = stalled_batch(posting)
        open_call(posting, batch)

        ended, works = leases.claim(acquire(batch), conf.current())

        assert (ended, len(works)) == ([], 1)

    def test_posting_in_flight_at_two_deaths_is_set_aside(self) -> None:
        posting, other = make_posting(), make_posting()
        batch = stalled_batch(posting, other)
        die_twice(posting, batch)

        ended, works = leases.claim(acquire(batch), conf.current())

        assert [end.error.kind for end in ended if end.error] == ["worker_died"]
        assert [work.posting_ids for work in works] == [(other.pk,)]

    def test_answer_that_came_late_clears_the_posting(self) -> None:
        posting = make_posting()
        batch = stalled_batch(posting)
        die_twice(posting, batch)
        first = LlmCall.objects.order_by("pk")[0]
        LlmCall.objects.close({first.pk: {"outcome": "error", "error_kind": "timeout"}})

        ended, works = leases.claim(acquire(batch), conf.current())

        assert (ended, len(works)) == ([], 1)


class TestGivingUp:
    def give_up(self, batch: Batch, error: Exception, *, faults: int) -> None:
        """With so many faults, this one included."""
        Batch.objects.update(faults=faults - 1)
        lease = acquire(batch)
        leases.give_up_if_hopeless(lease, conf.current(), error)
        batch.refresh_from_db()

    def test_third_fault_fails_what_is_left(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)

        self.give_up(batch, TypeError("secret"), faults=3)

        assert (batch.status, batch.failed) == ("finished", 1)
        row = enrichment_of(posting)
        assert row.error_kind == "internal_error"
        assert "TypeError" in row.error_message
        assert "secret" not in row.error_message
        assert Run.objects.get().status == "finished"

    def test_calls_in_flight_hold_nobody_up(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)
        open_call(posting, batch, batch_attempt=1)

        self.give_up(batch, TypeError(), faults=3)

        assert LlmCall.objects.get().outcome == "in_doubt"

    def test_second_one_leaves_it_to_the_next_worker(self) -> None:
        batch = start_batch(make_posting())

        self.give_up(batch, TypeError(), faults=2)

        assert (batch.status, states()) == ("running", {"queued": 1})

    def test_restarts_are_no_faults(self) -> None:
        batch = start_batch(make_posting())
        Batch.objects.update(attempt=9)

        self.give_up(batch, TypeError(), faults=1)

        assert (batch.status, batch.faults) == ("running", 1)

    @pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("x")])
    def test_database_that_is_away_is_no_reason(self, error) -> None:
        batch = start_batch(make_posting())

        self.give_up(batch, error, faults=9)

        assert batch.status == "running"

    def test_who_lost_the_lease_gives_nothing_up(self) -> None:
        batch = start_batch(make_posting())
        lease = replace(acquire(batch), attempt=7)
        Batch.objects.update(faults=9)

        leases.give_up_if_hopeless(lease, conf.current(), TypeError())

        assert Enrichment.objects.get().error_kind == ""


class TestCounts:
    def test_they_are_those_of_the_batch(self) -> None:
        one, two = make_postings(2)
        batch = running_batch(one, two)
        recorder_of(batch).record([], [success(one)])

        assert leases.counts(batch.pk) == (1, 0)

    def test_only_an_active_run_goes_on(self) -> None:
        batch = start_batch(make_posting())
        assert leases.run_is_active(batch.run_id)

        batches.pause(batch.run_id)
        assert not leases.run_is_active(batch.run_id)
