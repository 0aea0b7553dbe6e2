"""Can the workers make calls as fast as the settings allow? If not, what to change."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from enrichment import conf
from enrichment.conf import MAX_HOLDINGS, EngineSettings
from enrichment.models import LlmCall, Worker
from enrichment.progress import WORKER_SILENCE

# The calls that tell how long answers take at present, and what they use.
LAST_CALLS = 50


@dataclass(frozen=True, kw_only=True)
class _Usual:
    seconds: float
    tokens: float


def bottleneck() -> str | None:
    """A sentence for the operator; None where the workers keep up, or nobody knows yet.

    By Little's law: calls in flight = calls a second x seconds for an answer.
    """
    settings = conf.current()
    usual, processes = _usual(), _processes()
    if usual is None or not processes:
        return None
    per_second = calls_per_second(settings, tokens_each=usual.tokens)
    if per_second is None:
        return None
    needed = math.ceil(per_second * usual.seconds)
    each = min(settings.concurrency, MAX_HOLDINGS * settings.batch_size)
    if needed <= processes * each:
        return None
    return _(
        "The limit of %(rate)d calls a minute isn't reached: with answers after "
        "%(seconds).1f s it takes %(needed)d calls in flight, and the workers make at most "
        "%(have)d. Set ENRICHMENT_CONCURRENCY to %(concurrency)d or start more workers."
    ) % {
        "rate": round(per_second * 60),
        "seconds": usual.seconds,
        "needed": needed,
        "have": processes * each,
        "concurrency": math.ceil(needed / processes),
    }


def calls_per_second(settings: EngineSettings, *, tokens_each: float) -> float | None:
    """What the settings allow, by the limit that comes first; None without a pace."""
    rates = []
    if settings.call_interval:
        rates.append(1 / settings.call_interval)
    if settings.tokens_per_minute and tokens_each:
        rates.append(settings.tokens_per_minute / 60 / tokens_each)
    return min(rates) if rates else None


def _usual() -> _Usual | None:
    """Of the last answers of this model."""
    newest = LlmCall.objects.filter(outcome="ok").order_by("-pk")
    rows = newest.values_list("latency_ms", "input_tokens", "output_tokens", "model")
    model = conf.current().model
    calls = [row[:3] for row in rows[:LAST_CALLS] if row[3] == model and row[0]]
    if not calls:
        return None
    return _Usual(
        seconds=sum(latency or 0 for latency, *_rest in calls) / len(calls) / 1000,
        tokens=sum(sent + answered for _ms, sent, answered in calls) / len(calls),
    )


def _processes() -> int:
    alive = Worker.objects.alive(within=WORKER_SILENCE)
    return alive.aggregate(total=Sum("processes"))["total"] or 0
