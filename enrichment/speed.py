"""How fast a run moves, and when it will end: from what it got done in the last minutes.

The last minutes are cut into slices. How much the slices differ tells how sure the speed is,
and so how wide the range is in which the run ends: it tightens as more is seen and as less
is left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, stdev
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now

from enrichment.models import Enrichment, Run

WINDOW = timedelta(minutes=3)
SLICES = 12
# Fewer say too little about the speed.
LEAST_DONE = 5
LEAST_SECONDS = 10.0
# A pause between two batches that is longer says that the run stood still.
STANDSTILL = timedelta(seconds=10)
# What one look may read: the newest batches, and of fast ones only the last moments.
MOST_BATCHES = 100
MOST_POSTINGS = 4_000
# Nine ends of ten lie within: 1.64 standard deviations to either side.
SURE = 1.64
# However even the slices are, the next hour is not known better than that.
LEAST_DOUBT, MOST_DOUBT = 0.03, 0.85


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Postings done per second, slice after slice."""

    slices: Sequence[float]
    slice_seconds: float

    @property
    def per_second(self) -> float:
        return fmean(self.slices)

    @property
    def per_minute(self) -> float:
        return 60 * self.per_second

    def seconds(self, left: int) -> float:
        return left / self.per_second

    def between(self, left: int) -> tuple[float, float]:
        """Seconds within which so many postings will most probably be done.

        The doubt about the speed as measured, and about the one during the time ahead.
        """
        ahead = max(self.seconds(left) / self.slice_seconds, 1.0)
        spread = stdev(self.slices) * math.sqrt(1 / len(self.slices) + 1 / ahead)
        doubt = min(max(SURE * spread / self.per_second, LEAST_DOUBT), MOST_DOUBT)
        return self.seconds(left) / (1 + doubt), self.seconds(left) / (1 - doubt)


def of(run: Run) -> Speed | None:
    """None while too little has been done lately to tell."""
    rows = (
        run.batches.order_by("-pk")
        .annotate(now=Now())
        .values_list("pk", "total", "started_at", "finished_at", "now")
    )
    latest = list(rows[:MOST_BATCHES])
    batches = [
        _Work(pk=pk, total=total, start=start, end=end)
        for pk, total, start, end, _now in latest
        if start is not None
    ]
    if not batches:
        return None
    now: datetime = latest[0][4]
    since, ids = _moving_since(batches, now)
    seconds = (now - since).total_seconds()
    if seconds < LEAST_SECONDS:
        return None
    count = min(SLICES, max(3, int(seconds / 5)))
    done = _done(ids, since=since, until=now, slices=count)
    if sum(done) < LEAST_DONE:
        return None
    length = seconds / count
    return Speed(slices=[number / length for number in done], slice_seconds=length)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """When a batch was worked on."""

    pk: int
    total: int
    start: datetime
    end: datetime | None

    def reaches(self, moment: datetime) -> bool:
        return self.end is None or self.end >= moment


def _moving_since(batches: list[_Work], now: datetime) -> tuple[datetime, list[int]]:
    """Since when the run has moved without a halt, and its batches in that time.

    Of a fast run the time is made shorter, so that few postings are read.
    """
    batches = sorted(batches, key=lambda batch: batch.start, reverse=True)
    start = batches[0].start
    for batch in batches[1:]:
        if not batch.reaches(start - STANDSTILL):
            break
        start = min(start, batch.start)
    window = WINDOW
    while True:
        since = max(start, now - window)
        recent = [batch for batch in batches if batch.reaches(since)]
        few = sum(batch.total for batch in recent) <= MOST_POSTINGS
        if few or window < timedelta(seconds=2 * LEAST_SECONDS):
            return since, [batch.pk for batch in recent]
        window /= 2


def _done(
    batch_ids: list[int], *, since: datetime, until: datetime, slices: int
) -> list[int]:
    """Postings that ended in each slice, by one statement."""
    edges = [since + (until - since) * number / slices for number in range(slices + 1)]
    counts: dict[str, Any] = {
        f"slice_{number}": Count(
            "pk",
            filter=Q(finished_at__gt=edges[number], finished_at__lte=edges[number + 1]),
        )
        for number in range(slices)
    }
    rows = Enrichment.objects.filter(batch__in=batch_ids, finished_at__gt=since)
    found = rows.aggregate(**counts)
    return [found[name] for name in counts]
