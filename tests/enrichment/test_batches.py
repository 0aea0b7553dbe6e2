"""The one door: what a start takes, how a run is stopped and goes on, and who wins."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django_q.models import OrmQ

from enrichment.models import Batch, Enrichment, Run
from jobs.models import JobPosting
from tests.builders import (
    enriched_posting,
    enrichment_of,
    failed_posting,
    ids_of,
    lease,
    make_posting,
    make_postings,
    queued_tasks,
    recorder_of,
    running_batch,
    start,
    start_batch,
    states,
    success,
)

pytestmark = pytest.mark.django_db


class TestStartOfWhatIsPending:
    def test_batch_takes_as_many_as_it_holds(self) -> None:
        make_postings(60)

        started = start()

        assert (started.queued, started.left, started.is_limited) == (50, 10, False)
        assert states() == {"queued": 50, "pending": 10}
        assert started.batch is not None
        assert (started.batch.total, queued_tasks()) == (50, [started.batch.pk])

    def test_size_of_settings_is_the_default(self, settings) -> None:
        settings.ENRICHMENT_BATCH_SIZE = 3
        make_postings(5)

        assert start().queued == 3

    def test_most_urgent_goes_first(self) -> None:
        _plain, urgent = make_posting(), make_posting(priority=5)

        assert ids_of(start(size=1).batch) == [urgent.pk]

    def test_failed_and_enriched_ones_are_left_alone(self) -> None:
        failed_posting()
        enriched_posting()

        started = start()

        assert (started.run, started.batch, started.queued) == (None, None, 0)

    def test_nothing_to_do_leaves_no_run_behind(self) -> None:
        started = start()

        assert (started.run, Run.objects.count(), queued_tasks()) == (None, 0, [])

    def test_run_remembers_door_user_and_size(self) -> None:
        user = User.objects.create_user("ann")
        make_posting()

        run = start(user=user, size=7).run

        assert run is not None
        assert (run.door, run.user, run.batch_size) == ("command", user, 7)

    @pytest.mark.parametrize("size", [0, -1])
    def test_size_below_one_is_refused(self, size) -> None:
        make_posting()

        with pytest.raises(ValueError, match="at least 1"):
            start(size=size)

    def test_caller_that_runs_it_itself_gets_no_task(self) -> None:
        make_posting()

        assert start(enqueue=False).queued == 1
        assert queued_tasks() == []

    def test_rollback_leaves_neither_batch_nor_task(self) -> None:
        make_posting()

        with transaction.atomic():
            start()
            transaction.set_rollback(True)

        assert (Batch.objects.count(), OrmQ.objects.count()) == (0, 0)
        assert states() == {"pending": 1}

    def test_statements_do_not_grow_with_the_batch(
        self, django_assert_max_num_queries
    ) -> None:
        make_postings(40)

        with django_assert_max_num_queries(12):
            start()


class TestStartOfASelection:
    def test_first_fifty_of_sixty_are_taken(self) -> None:
        postings = make_postings(60)
        wanted = [posting.pk for posting in reversed(postings)]

        started = start(selection=wanted)

        assert (started.queued, started.eligible, started.is_limited) == (50, 60, True)
        assert set(ids_of(started.batch)) == set(wanted[:50])

    def test_exactly_a_batch_is_not_limited(self) -> None:
        wanted = [posting.pk for posting in make_postings(50)]

        assert not start(selection=wanted).is_limited

    def test_repeated_ids_count_once(self) -> None:
        posting = make_posting()

        started = start(selection=[posting.pk] * 3)

        assert (started.queued, started.eligible, started.skipped) == (1, 1, 0)

    def test_person_takes_a_failed_one_before_its_time(self) -> None:
        posting = failed_posting()

        assert start(selection=[posting.pk]).queued == 1
        assert enrichment_of(posting).status == "queued"

    def test_person_takes_one_that_failed_for_the_last_time(self, settings) -> None:
        settings.ENRICHMENT_MAX_TRIES = 1
        posting = failed_posting()
        assert enrichment_of(posting).retry_at is None

        assert start(selection=[posting.pk]).queued == 1

    def test_enriched_and_live_ones_are_skipped(self) -> None:
        done, live, new = enriched_posting(), make_posting(), make_posting()
        start_batch(live)

        started = start(selection=[done.pk, live.pk, new.pk])

        assert (started.queued, started.skipped) == (1, 2)

    def test_force_takes_enriched_ones_but_no_live_ones(self) -> None:
        done, live = enriched_posting(), make_posting()
        start_batch(live)

        started = start(selection=[done.pk, live.pk], force=True)

        assert ids_of(started.batch) == [done.pk]
        assert started.run is not None
        assert started.run.force

    def test_query_takes_the_most_urgent_first(self) -> None:
        low, high = make_posting(), make_posting(priority=3)
        make_posting(title="Another")

        started = start(
            selection=JobPosting.objects.filter(pk__in=[low.pk, high.pk]), size=1
        )

        assert ids_of(started.batch) == [high.pk]
        assert (started.eligible, started.is_limited) == (2, True)

    def test_selection_ends_after_its_batch(self) -> None:
        chosen, _other = make_posting(), make_posting()
        batch = running_batch(chosen)
        recorder = recorder_of(batch)
        recorder.record([], [success(chosen)])
        recorder.finish(batch.run_id)

        assert Run.objects.get().status == "finished"
        assert states() == {"enriched": 1, "pending": 1}


class TestContinuousRuns:
    def test_there_is_a_batch_for_each_worker_process(self, settings) -> None:
        settings.Q_WORKERS = 3
        make_postings(10)

        started = start(size=2, continuous=True)

        assert (started.queued, started.left) == (6, 4)
        assert len(queued_tasks()) == 3

    def test_end_of_a_batch_brings_the_next_one(self, settings) -> None:
        settings.Q_WORKERS = 1
        make_postings(3)
        batch = start(size=2, continuous=True).batch
        assert batch is not None
        finish(batch)

        assert Run.objects.get().status == "active"
        assert states() == {"enriched": 2, "queued": 1}

    def test_run_ends_when_nothing_is_left(self, settings) -> None:
        settings.Q_WORKERS = 1
        make_postings(2)
        batch = start(size=2, continuous=True).batch
        assert batch is not None
        finish(batch)

        run = Run.objects.get()
        assert (run.status, run.finished_at is None) == ("finished", False)

    def test_postings_that_come_meanwhile_are_taken_too(self, settings) -> None:
        settings.Q_WORKERS = 1
        make_posting()
        batch = start(size=1, continuous=True).batch
        assert batch is not None
        late = make_posting()
        finish(batch)

        assert enrichment_of(late).status == "queued"


def finish(batch: Batch) -> None:
    """As a worker whose every call is answered well."""
    lease(batch)
    Enrichment.objects.claim(batch.pk)
    recorder = recorder_of(batch)
    postings = JobPosting.objects.filter(enrichment__batch=batch)
    recorder.record([], [success(posting) for posting in postings])
    recorder.finish(batch.run_id)


class TestPostingsOfAnotherDoor:
    def test_each_batch_counts_its_own_postings(self) -> None:
        make_postings(6)
        first, second = start(size=4).batch, start(size=4).batch

        assert first is not None
        assert second is not None
        assert (first.total, second.total) == (4, 2)
        assert Batch.objects.aggregate(all=Sum("total"))["all"] == 6
