"""The rate of calls beside the limits that are set for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Sum
from django.db.models.functions import Now
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from enrichment import adapting, conf
from enrichment.models import LlmCall, ProviderPace
from enrichment.pacing import MICROSECONDS

MINUTE = timedelta(minutes=1)
# Started, by whatever end; those that were never sent used nothing.
SENT = ("open", "ok", "error", "in_doubt", "abandoned")


def families() -> Iterator[Metric]:
    settings = conf.current()
    started = LlmCall.objects.filter(
        started_at__gt=Now() - MINUTE, outcome__in=SENT
    ).aggregate(calls=Count("pk"), tokens=Sum(F("input_tokens") + F("output_tokens")))
    yield GaugeMetricFamily(
        "enrichment_requests_last_minute",
        "Calls started in the last 60 seconds.",
        value=started["calls"],
    )
    yield GaugeMetricFamily(
        "enrichment_tokens_last_minute",
        "Tokens of the calls started in the last 60 seconds that have their answer.",
        value=started["tokens"] or 0,
    )
    interval = settings.call_interval
    limit = settings.requests_per_minute or (60 / interval if interval else 0)
    yield GaugeMetricFamily(
        "enrichment_requests_limit",
        "Calls a minute that the settings allow; 0 = no limit.",
        value=limit,
    )
    yield GaugeMetricFamily(
        "enrichment_tokens_limit",
        "Tokens a minute that the settings allow; 0 = no limit.",
        value=settings.tokens_per_minute or 0,
    )
    yield from _held()


def _held() -> Iterator[Metric]:
    row = (
        ProviderPace.objects.filter(account=conf.account())
        .annotate(now=Now())
        .values_list("stretch", "hold_until_us", "now")
        .first()
    )
    stretch, hold, now = row or (adapting.NONE, 0, None)
    now_us = round(now.timestamp() * MICROSECONDS) if now else 0
    yield GaugeMetricFamily(
        "enrichment_pace_stretch",
        "How many times the set interval lies between two calls, by what refusals taught.",
        value=stretch / adapting.NONE,
    )
    yield GaugeMetricFamily(
        "enrichment_pace_held_seconds",
        "For how long no call may start, as the provider asked.",
        value=max(hold - now_us, 0) / MICROSECONDS,
    )
