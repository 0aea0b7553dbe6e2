"""All runs, one of them, and one of its batches."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enrichment import run_sums
from enrichment.access import CONTROL, VIEW_POSTINGS, SiteRequest, requires
from enrichment.models import Batch, Run
from enrichment.pages import panel, run_pages

ROWS_SHOWN = 100


@require_safe
@requires(VIEW_POSTINGS)
def run_list(request: SiteRequest) -> HttpResponse:
    before = run_pages.before_of(request.GET.get("before", ""))
    return render(request, "enrichment/run_list.html", {"page": run_pages.runs(before)})


@require_safe
@requires(VIEW_POSTINGS)
def run_detail(request: SiteRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.select_related("user"), pk=pk)
    before = run_pages.before_of(request.GET.get("before", ""))
    context = {
        "card": panel.card(run),
        "chart": run_sums.chart_of(run),
        "page": run_pages.batches(run, before),
        "scope": run_pages.scope_text(run),
        "pace": run_pages.pace_text(run.settings_used),
        "next": request.get_full_path(),
        "may_control": request.user.has_perm(CONTROL),
    }
    return render(request, "enrichment/run_detail.html", context)


@require_POST
@requires(CONTROL)
def resize(request: SiteRequest, pk: int) -> HttpResponse:
    """Another batch size for what a run has ahead."""
    get_object_or_404(Run, pk=pk)
    text = request.POST.get("size", "")
    size = int(text[:9]) if text.isdecimal() else 0
    if not 1 <= size <= Run.LARGEST_BATCH:
        messages.error(
            request,
            _("A batch holds 1 to %(most)d jobs.") % {"most": Run.LARGEST_BATCH},
        )
    elif Run.objects.filter(pk=pk).resize(size):
        messages.success(
            request, _("Its next batches hold %(size)d jobs.") % {"size": size}
        )
    else:
        messages.info(request, _("The run is over already."))
    return HttpResponseRedirect(reverse("enrichment:run-detail", args=[pk]))


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
