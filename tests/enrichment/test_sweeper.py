"""What was left lying is put back to work: batches, runs, failures, postings, calls."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django_q.models import OrmQ, Schedule

from enrichment import batches, sweeper, tasks
from enrichment.models import Batch, Enrichment, LlmCall, Run
from enrichment.work import load
from jobs.models import JobPosting
from tests.builders import (
    a_day_passes,
    enriched_posting,
    enrichment_of,
    failed_posting,
    lease,
    make_posting,
    make_postings,
    open_call,
    queued_tasks,
    recorder_of,
    running_batch,
    stalled_batch,
    start_batch,
    states,
    success,
)

pytestmark = pytest.mark.django_db


def minutes_pass(batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(
        enqueued_at=F("enqueued_at") - timedelta(minutes=5)
    )


class TestTakingOver:
    def test_silent_workers_batch_gets_a_new_task(self) -> None:
        batch = stalled_batch(make_posting())

        assert sweeper.take_over() == 1
        assert queued_tasks() == [batch.pk, batch.pk]

    def test_it_gets_one_while_that_task_waits(self) -> None:
        stalled_batch(make_posting())
        sweeper.take_over()

        assert sweeper.take_over() == 0

    def test_batch_in_good_hands_is_left_there(self) -> None:
        batch = running_batch(make_posting())
        minutes_pass(batch)

        assert sweeper.take_over() == 0

    def test_batch_whose_task_got_lost_gets_another(self) -> None:
        batch = start_batch(make_posting())
        OrmQ.objects.all().delete()
        minutes_pass(batch)

        assert sweeper.take_over() == 1
        assert queued_tasks() == [batch.pk]

    def test_young_task_is_not_lost(self) -> None:
        start_batch(make_posting())
        OrmQ.objects.all().delete()

        assert sweeper.take_over() == 0

    def test_waiting_task_is_not_lost_however_old(self) -> None:
        batch = start_batch(make_posting())
        minutes_pass(batch)

        assert sweeper.take_over() == 0

    def test_task_that_a_dead_cluster_holds_does_not_count(self) -> None:
        batch = start_batch(make_posting())
        OrmQ.objects.update(lock=Now() + timedelta(hours=1))
        minutes_pass(batch)

        assert sweeper.take_over() == 1

    def test_taken_over_batch_that_dies_again_is_taken_over_again(self) -> None:
        batch = stalled_batch(make_posting())
        sweeper.take_over()
        Batch.objects.update(lease_expires_at=Now() - timedelta(seconds=1))
        minutes_pass(batch)

        assert sweeper.take_over() == 1

    def test_batches_that_are_over_are_let_be(self) -> None:
        enriched_posting()
        batch = start_batch(make_posting())
        batches.cancel(batch.run_id)
        Batch.objects.update(enqueued_at=Now() - timedelta(days=1))

        assert sweeper.take_over() == 0


class TestRunsWithoutABatch:
    def test_run_with_nothing_left_ends(self) -> None:
        batch = start_batch(make_posting())
        Batch.objects.filter(pk=batch.pk).release()
        Enrichment.objects.update(status="enriched", facts={}, finished_at=Now())

        sweeper.revive_runs()

        assert Run.objects.get().status == "finished"

    def test_run_with_postings_given_back_goes_on(self) -> None:
        batch = start_batch(make_posting())
        Batch.objects.filter(pk=batch.pk).release()
        Enrichment.objects.release([batch.pk])

        sweeper.revive_runs()

        assert Batch.objects.live().get().run_id == batch.run_id

    def test_paused_and_busy_runs_are_let_be(self) -> None:
        paused = start_batch(make_posting())
        batches.pause(paused.run_id)
        busy = start_batch(make_posting())

        sweeper.revive_runs()

        assert Run.objects.get(pk=paused.run_id).status == "paused"
        assert Batch.objects.live().get() == busy


class TestPostingsStoredPastTheModels:
    def test_they_get_their_row(self) -> None:
        make_posting()
        stranger = make_posting(priority=4)
        enrichment_of(stranger).delete()

        sweeper.adopt()

        assert enrichment_of(stranger).priority == 4
        assert enrichment_of(stranger).status == "pending"

    def test_also_those_before_the_newest_row(self) -> None:
        stranger = make_posting()
        make_posting()
        enrichment_of(stranger).delete()

        sweeper.adopt()

        assert enrichment_of(stranger).status == "pending"

    def test_all_of_many_chunks_are_taken(self, monkeypatch) -> None:
        monkeypatch.setattr(sweeper, "ADOPTED_CHUNK", 3)
        make_postings(8)
        Enrichment.objects.all().delete()

        sweeper.adopt()

        assert states() == {"pending": 8}

    def test_one_with_a_stale_hash_is_enriched_for_good(self) -> None:
        posting = make_posting()
        JobPosting.objects.update(description="Another text.", content_hash="stale")
        posting.refresh_from_db()
        batch = running_batch(posting)
        (work,) = load(batch.pk)

        recorder_of(batch).record([], [success(posting)])

        assert work.text == posting.text
        assert enrichment_of(posting).status == "enriched"


class TestForgottenCalls:
    def doubted(self, call: LlmCall) -> bool:
        sweeper.doubt_forgotten_calls()
        call.refresh_from_db()
        return call.outcome == "in_doubt"

    def test_call_of_a_running_batch_is_waited_for(self) -> None:
        posting = make_posting()

        assert not self.doubted(open_call(posting, running_batch(posting)))

    def test_call_of_a_batch_that_is_over_is_not(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        call = open_call(posting, batch)
        Batch.objects.filter(pk=batch.pk).release()

        assert self.doubted(call)

    def test_nor_is_that_of_a_worker_that_lost_its_lease(self) -> None:
        posting = make_posting()
        batch = stalled_batch(posting)
        call = open_call(posting, batch)
        lease(batch)

        assert self.doubted(call)

    def test_call_outside_batches_has_its_time(self) -> None:
        call = open_call(make_posting())
        assert not self.doubted(call)

        LlmCall.objects.update(started_at=Now() - timedelta(hours=1))
        assert self.doubted(call)


class TestSchedule:
    def test_migrations_schedule_the_sweep_once_a_minute(self) -> None:
        schedule = Schedule.objects.get(name="enrichment-sweep")

        assert (schedule.func, schedule.minutes) == ("enrichment.tasks.sweep", 1)

    def test_sweep_does_all_of_it(self) -> None:
        failed = failed_posting()
        a_day_passes()
        lost = stalled_batch(make_posting())
        stranger = make_posting()
        enrichment_of(stranger).delete()

        tasks.sweep()

        assert enrichment_of(failed).status == "queued"
        assert queued_tasks().count(lost.pk) == 2
        assert enrichment_of(stranger).status == "pending"
