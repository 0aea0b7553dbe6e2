"""How a run's speed went, in at most sixty slices of time, whatever its length.

What a batch got done is spread evenly over the time it took. Slices of folded batches are
kept with the run (`run_sums`); they become twice as long whenever there are too many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

from enrichment.models import Run
from enrichment.querysets import BatchQuerySet

SLICES = 60
SHORTEST = 5
"""Seconds."""

Slices = dict[str, Any]
"""As JSON: `every` so many seconds, `done` by the slice's number: enriched and failed."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Postings a minute in one slice, and where it is drawn: parts of a hundred."""

    since: datetime
    enriched: float
    failed: float
    x: float
    width: float
    enriched_height: float
    failed_height: float

    @property
    def enriched_y(self) -> float:
        return 100 - self.enriched_height

    @property
    def failed_y(self) -> float:
        return 100 - self.enriched_height - self.failed_height


@dataclass(frozen=True, kw_only=True)
class Chart:
    bars: list[Bar]
    since: datetime
    until: datetime
    most: float


def of(run: Run, loose: BatchQuerySet) -> Chart | None:
    """`loose`: batches that aren't folded. None before anything is done."""
    slices = added(run.folded.get("chart", {}), run, loose)
    done = {int(number): values for number, values in slices["done"].items()}
    if not done:
        return None
    every = timedelta(seconds=slices["every"])
    count = max(done) + 1
    end = run.finished_at or timezone.now()
    until = min(run.created_at + count * every, max(end, run.created_at + every / 5))
    last = until - run.created_at - (count - 1) * every  # it may have just begun
    lengths = [every.total_seconds()] * (count - 1)
    lengths.append(max(last.total_seconds(), slices["every"] / 5))
    rates = [
        [60 * value / seconds for value in done.get(number, (0, 0))]
        for number, seconds in enumerate(lengths)
    ]
    most = max(map(sum, rates))
    bars = [
        Bar(
            since=run.created_at + number * every,
            enriched=enriched,
            failed=failed,
            x=100 * number / count,
            width=max(100 / count - 0.2, 0.5),
            enriched_height=100 * enriched / most,
            failed_height=100 * failed / most,
        )
        for number, (enriched, failed) in enumerate(rates)
    ]
    return Chart(bars=bars, since=run.created_at, until=until, most=most)


def added(slices: Slices, run: Run, batches: BatchQuerySet) -> Slices:
    """With what these batches got done."""
    every = slices.get("every", SHORTEST)
    done = {
        int(number): tuple(values) for number, values in slices.get("done", {}).items()
    }
    rows = batches.annotate(now=Now()).values_list(
        "started_at", "finished_at", "successful", "failed", "now"
    )
    works = [
        _Work(
            start=(start - run.created_at).total_seconds(),
            end=((end or now) - run.created_at).total_seconds(),
            enriched=enriched,
            failed=failed,
        )
        for start, end, enriched, failed, now in rows
        if start is not None and (enriched or failed)
    ]
    last = max([work.end for work in works], default=0.0)
    while last >= every * SLICES:
        every *= 2
        done = _sums((number // 2, values) for number, values in done.items())
    parts = [part for work in works for part in work.parts(every)]
    done = _sums([*done.items(), *parts])
    kept = {str(n): [round(value, 3) for value in pair] for n, pair in done.items()}
    return {"every": every, "done": kept}


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One batch; seconds since the run began."""

    start: float
    end: float
    enriched: int
    failed: int

    def parts(self, every: int) -> Iterable[tuple[int, tuple[float, float]]]:
        start = max(self.start, 0.0)
        end = max(self.end, start + 0.001)
        for number in range(int(start // every), int(end // every) + 1):
            inside = min(end, (number + 1) * every) - max(start, number * every)
            share = max(inside, 0.0) / (end - start)
            yield number, (share * self.enriched, share * self.failed)


def _sums(
    parts: Iterable[tuple[int, tuple[float, ...]]],
) -> dict[int, tuple[float, ...]]:
    found: dict[int, tuple[float, ...]] = {}
    for number, (enriched, failed) in parts:
        before = found.get(number, (0.0, 0.0))
        found[number] = (before[0] + enriched, before[1] + failed)
    return found
