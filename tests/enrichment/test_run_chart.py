"""The chart of a run's speed: spread over its batches, folded with them, never too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enrichment import run_chart, run_sums
from enrichment.models import Batch, Run

pytestmark = pytest.mark.django_db


def make_run() -> Run:
    return Run.objects.create(door="page", batch_size=50, status="paused")


def add(run: Run, *, start: float, end: float, **counts: int) -> None:
    Batch.objects.create(
        run=run,
        status="finished",
        total=sum(counts.values()),
        started_at=run.created_at + timedelta(seconds=start),
        finished_at=run.created_at + timedelta(seconds=end),
        **counts,
    )


def slices(run: Run) -> dict[str, Any]:
    run.refresh_from_db()
    return run_chart.added(run.folded.get("chart", {}), run, run_sums.unfolded(run))


def total(found: dict[str, Any]) -> tuple[float, float]:
    pairs = found["done"].values()
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def test_batch_counts_evenly_over_its_time() -> None:
    run = make_run()
    add(run, start=0, end=20, successful=8, failed=4)

    found = slices(run)

    assert (found["every"], list(found["done"].values())[:4]) == (5, [[2, 1]] * 4)


def test_long_run_has_longer_slices_and_loses_nothing() -> None:
    run = make_run()
    for hour in range(10):
        add(run, start=3600 * hour, end=3600 * hour + 3600, successful=90, failed=10)

    found = slices(run)

    assert max(map(int, found["done"])) < run_chart.SLICES
    assert total(found) == pytest.approx((900, 100), abs=0.1)


def test_folding_changes_nothing() -> None:
    run = make_run()
    for minute in range(20):
        add(run, start=60 * minute, end=60 * minute + 60, successful=30)
    before = slices(run)

    run_sums.fold(run.pk)
    assert not run_sums.unfolded(Run.objects.get(pk=run.pk)).exists()

    assert slices(run) == before


def test_chart_is_high_as_its_highest_bar() -> None:
    run = make_run()
    add(run, start=0, end=5, successful=5)
    add(run, start=5, end=10, successful=3, failed=7)
    Run.objects.filter(pk=run.pk).update(created_at=run.created_at)

    chart = run_chart.of(run, run_sums.unfolded(run))

    assert chart is not None
    second = chart.bars[1]
    assert second.enriched_height + second.failed_height <= 100
    assert chart.bars[0].failed == 0
    assert second.failed > second.enriched


def test_nothing_done_is_no_chart() -> None:
    run = make_run()

    assert run_chart.of(run, run_sums.unfolded(run)) is None
