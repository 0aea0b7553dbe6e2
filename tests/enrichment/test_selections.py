"""Runs over more of a selection than one batch holds, and runs that go before others."""

from __future__ import annotations

import pytest

from enrichment import batches, progress, turns
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run
from enrichment.pages import panel, run_pages
from enrichment.paging import MoreThan
from jobs.models import JobPosting
from tests.builders import (
    failed_posting,
    ids_of,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    start,
    states,
    success,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_process(settings) -> None:
    settings.Q_WORKERS = 1


def work_off(run: Run) -> list[list[int]]:
    """The postings of each batch, as a worker would go through them."""
    taken = []
    while batch := run.batches.live().first():
        lease(batch)
        Enrichment.objects.claim(batch.pk)
        ids = ids_of(batch)
        taken.append(sorted(ids))
        postings = JobPosting.objects.filter(pk__in=ids)
        recorder_of(batch).record([], [success(posting) for posting in postings])
        recorder_of(batch).finish(run.pk)
    run.refresh_from_db()
    return taken


class TestSelectionBatchAfterBatch:
    def test_takes_all_of_it_and_nothing_else(self) -> None:
        wanted, other = make_postings(7), make_posting()
        ids = [posting.pk for posting in wanted]

        started = start(selection=ids, size=3, continuous=True)
        assert started.run is not None
        assert (started.queued, started.left, started.is_limited) == (3, 4, False)

        assert work_off(started.run) == [ids[:3], ids[3:6], ids[6:]]
        assert started.run.status == "finished"
        assert Enrichment.objects.get(pk=other.pk).status == "pending"

    def test_may_be_a_query(self) -> None:
        make_postings(5, source="wanted")
        make_posting(source="other")

        rows = JobPosting.objects.filter(source="wanted")
        started = start(selection=rows, size=2, continuous=True)

        assert started.run is not None
        assert [len(ids) for ids in work_off(started.run)] == [2, 2, 1]
        assert states() == {"enriched": 5, "pending": 1}

    def test_failed_ones_are_tried_in_their_turn(self) -> None:
        ids = [failed_posting(kind=ErrorKind.TIMEOUT).pk for _number in range(3)]

        started = start(selection=ids, size=1, continuous=True)

        assert started.run is not None
        work_off(started.run)
        assert states() == {"enriched": 3}

    def test_counts_the_whole_selection_and_no_more(self) -> None:
        make_posting()
        started = start(
            selection=[posting.pk for posting in make_postings(5)],
            size=2,
            continuous=True,
        )
        assert started.run is not None

        assert progress.of_run(started.run).total == 5

    def test_comes_back_to_it_after_a_pause(self) -> None:
        ids = [posting.pk for posting in make_postings(5)]
        run = start(selection=ids, size=2, continuous=True).run
        assert run is not None
        batches.pause(run.pk)
        assert states() == {"pending": 5}

        batches.resume(run.pk)

        work_off(run)
        assert states() == {"enriched": 5}

    def test_what_is_set_aside_is_no_batch_to_look_at(self) -> None:
        ids = [posting.pk for posting in make_postings(5)]
        run = start(selection=ids, size=2, continuous=True).run
        assert run is not None

        shown = run_pages.batches(run, None).rows

        assert [batch.total for batch in shown] == [2]
        assert panel.card(run).batch in shown

    def test_within_one_batch_it_is_a_run_like_others(self) -> None:
        ids = [posting.pk for posting in make_postings(3)]

        run = start(selection=ids, size=3, continuous=True).run

        assert run is not None
        assert (run.continuous, run.of_selection) == (False, False)

    def test_larger_one_than_a_transaction_should_be_is_limited(
        self, monkeypatch
    ) -> None:
        monkeypatch.setattr(batches, "MOST_SET_ASIDE", 4)
        ids = [posting.pk for posting in make_postings(6)]

        started = start(selection=ids, size=2, continuous=True)

        assert (started.taken, started.is_limited) == (4, True)

    def test_count_that_stopped_at_the_limit_says_that_there_is_more(self) -> None:
        run, batch = Run(of_selection=True), Batch()
        started = batches.Started(
            run=run, batch=batch, queued=1, eligible=MoreThan(4), skipped=0, left=3
        )

        assert started.is_limited


class TestPriority:
    def test_urgent_batches_are_taken_first(self) -> None:
        make_postings(2)
        start(size=1)
        urgent = start(size=1, priority=Run.Priority.HIGH).batch

        assert urgent is not None
        assert turns.waiting()[0] == urgent.pk

    def test_next_batch_is_made_for_the_urgent_run(self) -> None:
        make_postings(40)
        start(size=1, continuous=True)
        urgent = start(size=1, continuous=True, priority=Run.Priority.HIGH)

        made = turns.make_next()

        assert made is not None
        assert Batch.objects.get(pk=made).run == urgent.run

    def test_urgent_run_always_has_a_batch_ahead(self) -> None:
        make_postings(40)
        calm = start(size=1, continuous=True).run
        urgent = start(size=1, continuous=True, priority=Run.Priority.HIGH).run

        assert calm is not None
        assert urgent is not None
        assert urgent.batches.count() > calm.batches.count()


class TestBatchSize:
    def test_holds_from_the_next_batch_on(self) -> None:
        make_postings(9)
        run = start(size=2, continuous=True).run
        assert run is not None

        assert Run.objects.filter(pk=run.pk).resize(5) == 1

        assert [len(ids) for ids in work_off(run)] == [2, 5, 2]

    def test_run_that_is_over_keeps_what_it_had(self) -> None:
        make_posting()
        run = start(size=2).run
        assert run is not None
        batches.cancel(run.pk)

        assert Run.objects.filter(pk=run.pk).resize(5) == 0


class TestSettingsOfARun:
    def test_are_kept_as_they_were(self, settings) -> None:
        make_posting()
        settings.ENRICHMENT_REQUESTS_PER_MINUTE = 500
        run = start().run
        settings.ENRICHMENT_REQUESTS_PER_MINUTE = 100
        assert run is not None
        run.refresh_from_db()

        assert run.settings_used["requests_per_minute"] == 500
        assert {"model", "prompt_version", "schema_version"} <= set(run.settings_used)
