"""What a start will probably take and cost, from this site's own latest calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from enrichment import conf, progress
from enrichment.models import LlmCall
from enrichment.paging import MoreThan
from enrichment.templatetags.enrichment_text import usd

SAMPLE = 200
# Fewer calls than that say too little.
LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Calls:
    """The latest answered calls: milliseconds and millionths of a dollar, in order."""

    latencies: Sequence[int]
    costs: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """For so many postings; each a range, or empty where unknown."""

    count: int
    time: str
    cost: str


def latest() -> Calls:
    rows = LlmCall.objects.order_by("-pk").values_list(
        "outcome", "latency_ms", "cost_microusd"
    )
    answered = [row for row in rows[:SAMPLE] if row[0] == LlmCall.Outcome.OK]
    return Calls(
        latencies=sorted(row[1] for row in answered if row[1] is not None),
        costs=sorted(row[2] for row in answered if row[2] is not None),
    )


def of(count: int, calls: Calls) -> Expectation:
    more = "+" if isinstance(count, MoreThan) else ""
    return Expectation(
        count=count, time=_time(count, calls, more), cost=_cost(count, calls, more)
    )


def _time(count: int, calls: Calls, more: str) -> str:
    """By the pace, or by the answers where they are slower; unknown with neither."""
    settings = conf.current()
    interval = settings.call_interval
    if len(calls.latencies) < LEAST and not interval:
        return ""
    quick, slow = _span(calls.latencies) or (0, 1000 * progress.ASSUMED_LATENCY)
    places = settings.concurrency
    texts = [
        progress.short_duration_text(
            max(count * interval, count * ms / 1000 / free) + ms / 1000
        )
        for ms, free in ((quick, places * settings.live_batches), (slow, places))
    ]
    return _range(*texts) + more


def _cost(count: int, calls: Calls, more: str) -> str:
    span = _span(calls.costs)
    return _range(*(usd(round(count * one)) for one in span)) + more if span else ""


def _range(low: str, high: str) -> str:
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _span(values: Sequence[int]) -> tuple[float, float] | None:
    """From the tenth to the ninetieth of a hundred."""
    if len(values) < LEAST:
        return None
    last = len(values) - 1
    return values[round(0.1 * last)], values[round(0.9 * last)]
