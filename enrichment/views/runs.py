"""One run, and one of its batches."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enrichment import panel
from enrichment.access import CONTROL, VIEW_POSTINGS, SiteRequest, requires
from enrichment.models import Batch, Run

ROWS_SHOWN = 100


@require_safe
@requires(VIEW_POSTINGS)
def run_detail(request: SiteRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.select_related("user"), pk=pk)
    context = {
        "card": panel.card(run),
        "batches": run.batches.order_by("-pk")[:ROWS_SHOWN],
        "next": request.get_full_path(),
        "may_control": request.user.has_perm(CONTROL),
    }
    return render(request, "enrichment/run_detail.html", context)


@require_safe
@requires(VIEW_POSTINGS)
def batch_detail(request: SiteRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch.objects.select_related("run__user"), pk=pk)
    rows = (
        batch.enrichments.select_related("posting")
        .only(
            "status",
            "error_kind",
            "error_message",
            "finished_at",
            "posting__title",
            "posting__company",
        )
        .order_by("-priority", "pk")
    )
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "cost": None if batch.unpriced_calls else batch.cost_microusd,
        "page": page,
        "moved_on": max(batch.total - page.paginator.count, 0),
    }
    return render(request, "enrichment/batch_detail.html", context)
