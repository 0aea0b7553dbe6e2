"""Where all postings stand."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from enrichment import progress
from enrichment.access import VIEW_POSTINGS
from enrichment.models import Batch
from jobsite.api.models.tokens import Scope
from jobsite.api.routes.refusals import refused
from jobsite.api.tokens import Needs

router = Router(tags=["figures"])
DAY = timedelta(hours=24)
# Batches that one question sums.
MOST_SUMMED = 5_000


class Cost(Schema):
    """What was spent by the batches queued within 24 hours."""

    cost_microusd: int = Field(description="Millionths of a US dollar.")
    calls: int
    unpriced_calls: int = Field(description="Calls of unknown cost; not in the sum.")
    is_partial: bool = Field(description="There were more batches than are summed.")


class Stats(Schema):
    """As `manage.py enrichment_stats --json` tells them, with the cost."""

    total: int
    enriched: int
    pending: int
    queued: int
    running: int
    failed: int
    percent: float
    errors: dict[str, int] = Field(description="Failed postings by kind of error.")
    workers: int = Field(description="Worker commands alive.")
    last_24_hours: Cost


@router.get(
    "/stats",
    auth=Needs(Scope.READ, VIEW_POSTINGS),
    response={200: Stats, **refused()},
    summary="Where all postings stand",
    operation_id="get_stats",
)
def get_stats(request: HttpRequest) -> Stats:
    return Stats(
        **progress.overview().stats,
        workers=progress.workers_alive(),
        last_24_hours=_cost(),
    )


def _cost() -> Cost:
    """Of the newest batches, which their ids find; there is no index by time."""
    newest = Batch.objects.order_by("-pk").values_list("pk", "created_at")
    since = timezone.now() - DAY
    ids = [pk for pk, created_at in newest[:MOST_SUMMED] if created_at >= since]
    rows = Batch.objects.filter(pk__gte=min(ids, default=2**62))
    names = ("cost_microusd", "calls", "unpriced_calls")
    sums = rows.aggregate(**{name: Sum(name, default=0) for name in names})
    return Cost(**sums, is_partial=len(ids) == MOST_SUMMED)
