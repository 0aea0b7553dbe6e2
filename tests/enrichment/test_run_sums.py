"""Batches that are over are summed once; a run's figures are the same before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from enrichment import progress, run_sums, sweeper
from enrichment.ledger import Closing
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run
from enrichment.progress import RunProgress
from enrichment.recorder import LeaseLostError, Recorder
from tests.builders import (
    answered,
    failure,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    start_batch,
    success,
)

pytestmark = pytest.mark.django_db


def add_batches(run: Run, how_many: int, **fields: int) -> None:
    """Batches that are over."""
    Batch.objects.bulk_create(
        Batch(
            run=run,
            status="finished",
            finished_at=timezone.now(),
            **{"total": 5, "successful": 3, "failed": 2, "calls": 6, **fields},
        )
        for _number in range(how_many)
    )


def fresh(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def figures(run: Run) -> RunProgress:
    return progress.of_run(fresh(run))


class TestFolding:
    def test_figures_are_the_same_before_and_after(self) -> None:
        run = start_batch(make_posting()).run
        add_batches(run, 10, cost_microusd=7)
        live = Batch.objects.create(run=run, total=4, successful=1, enqueued_at=Now())
        before = figures(run)

        run_sums.fold(run.pk)

        after = figures(run)
        assert (after.stats, after.left) == (before.stats, before.left)
        assert (after.calls, after.cost_microusd) == (60, 70)
        assert fresh(run).folded_to < live.pk

    def test_folding_goes_as_far_as_the_oldest_live_batch(self) -> None:
        run = start_batch(make_posting()).run
        first = run.batches.get()
        add_batches(run, 3)

        run_sums.fold(run.pk)
        assert fresh(run).folded_to == 0

        lease(first)
        assert Batch.objects.filter(pk=first.pk).finish()
        run_sums.fold(run.pk)
        assert fresh(run).folded_to == run.batches.latest("pk").pk

    def test_folded_ones_are_not_folded_again(self) -> None:
        run = start_batch(make_posting()).run
        Batch.objects.update(status="finished", finished_at=Now())
        add_batches(run, 3)
        run_sums.fold(run.pk)
        add_batches(run, 2)

        run_sums.fold(run.pk)
        run_sums.fold(run.pk)

        assert figures(run).successful == 15

    def test_failures_by_kind_are_kept(self) -> None:
        one, two, three = make_postings(3)
        batch = running_batch(one, two)
        recorder_of(batch).record(
            [],
            [
                failure(one, kind=ErrorKind.TIMEOUT),
                failure(two, kind=ErrorKind.REFUSED),
            ],
        )
        Batch.objects.filter(pk=batch.pk).finish()
        run_sums.fold(batch.run_id)
        later = Batch.objects.create(run=batch.run, total=1, enqueued_at=Now())
        Enrichment.objects.filter(pk=three.pk).take(later.pk, sources=["pending"])
        lease(later)
        Enrichment.objects.claim(later.pk)
        recorder_of(later).record([], [failure(three, kind=ErrorKind.TIMEOUT)])

        assert figures(batch.run).errors == {"timeout": 2, "refused": 1}

    def test_sweeper_folds_only_runs_with_many_batches(self) -> None:
        short, long = start_batch(make_posting()).run, start_batch(make_posting()).run
        Batch.objects.update(status="finished", finished_at=Now())
        Run.objects.update(status="paused")  # else the sweeper would end them
        add_batches(short, 5)
        add_batches(long, run_sums.FEW)

        sweeper.sweep()

        assert (fresh(short).folded_to, fresh(long).folded_to > 0) == (0, True)

    def test_question_reads_no_folded_batch(
        self, django_assert_max_num_queries
    ) -> None:
        run = start_batch(make_posting()).run
        Batch.objects.update(status="finished", finished_at=Now())
        add_batches(run, 5)
        run_sums.fold(run.pk)
        Batch.objects.update(successful=0, failed=0)  # nobody does; it would show

        assert figures(run).successful == 15


class TestLateAnswers:
    def worker_that_lost_its_lease(self) -> tuple[Recorder, Closing]:
        posting = make_posting()
        batch = running_batch(posting)
        late, closing = recorder_of(batch), answered(posting, batch)
        Batch.objects.update(lease_expires_at=Now() - timedelta(minutes=3))
        lease(batch)
        new = recorder_of(batch)
        new.record([], [success(posting)])
        new.finish(batch.run_id)
        return late, closing

    def record(self, late: Recorder, closing: Closing) -> None:
        with pytest.raises(LeaseLostError):
            late.record([closing], [])

    def test_cost_of_a_folded_batch_counts(self) -> None:
        late, closing = self.worker_that_lost_its_lease()
        run = Run.objects.get()
        run_sums.fold(run.pk)
        assert (fresh(run).folded_to > 0, figures(run).calls) == (True, 0)

        self.record(late, closing)

        assert figures(run).calls == 1
        assert run.batches.get().calls == 1

    def test_cost_before_the_folding_counts_once(self) -> None:
        late, closing = self.worker_that_lost_its_lease()
        run = Run.objects.get()
        self.record(late, closing)
        run_sums.fold(run.pk)

        assert figures(run).calls == 1
