"""Postings by state, and how long the next one has waited."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Now
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from enrichment import progress
from enrichment.models import Enrichment

# Postings have a handful of priorities; more are not looked through.
MOST_PRIORITIES = 10


def families() -> Iterator[Metric]:
    overview = progress.overview()
    states = GaugeMetricFamily(
        "enrichment_postings", "Postings by state.", labels=["status"]
    )
    for status in Enrichment.Status.values:
        states.add_metric([status], getattr(overview, status))
    yield states
    failed = GaugeMetricFamily(
        "enrichment_failed_postings",
        "Failed postings by kind of error.",
        labels=["kind"],
    )
    for kind, count in overview.errors.items():
        failed.add_metric([kind], count)
    yield failed
    yield GaugeMetricFamily(
        "enrichment_oldest_pending_seconds",
        "Since when the pending posting with the lowest id has been stored; 0 = none waits.",
        value=_oldest_pending(),
    )


def _oldest_pending() -> float:
    """By the index that batches are chosen by: the first of each priority."""
    waits: list[float] = []
    pending = Enrichment.objects.filter(status=Enrichment.Status.PENDING)
    now = ExpressionWrapper(Now(), output_field=DateTimeField())
    rows = pending.order_by("-priority", "pk").annotate(
        stored=F("posting__created_at"), now=now
    )
    for _each in range(MOST_PRIORITIES):
        first = rows.values_list("priority", "stored", "now").first()
        if first is None:
            break
        priority, stored, moment = first
        waits.append((moment - stored).total_seconds())
        rows = rows.filter(priority__lt=priority)
    return max(waits, default=0.0)
