"""What people see of postings: the list with its progress panel, and one posting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enrichment import factsheet, panel
from enrichment.access import CONTROL, START, VIEW_POSTINGS, SiteRequest, requires
from enrichment.models import Enrichment
from jobs import listing
from jobs.models import JobPosting

SHOWN_CALLS = 20


@require_safe
@requires(VIEW_POSTINGS)
def job_list(request: SiteRequest) -> HttpResponse:
    form = listing.SearchForm(request.GET)
    context = {
        "form": form,
        "listing": listing.find(form.wish),
        "panel": panel.build(),
        "may_start": request.user.has_perm(START),
        "may_control": request.user.has_perm(CONTROL),
        "next": request.get_full_path(),
    }
    return render(request, "jobs/job_list.html", context)


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def job_rows(request: SiteRequest) -> HttpResponse:
    """The list alone, fetched anew when a run moves on."""
    found = listing.find(listing.SearchForm(request.GET).wish)
    return render(request, "jobs/_job_rows.html", {"listing": found})


@require_safe
@requires(VIEW_POSTINGS)
def job_detail(request: SiteRequest, pk: int) -> HttpResponse:
    posting = get_object_or_404(JobPosting.objects.defer("description_html"), pk=pk)
    context = {"posting": posting, **_enrichment(request, pk)}
    return render(request, "jobs/job_detail.html", context)


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def job_enrichment(request: SiteRequest, pk: int) -> HttpResponse:
    """The part of a posting's page that changes while it is being enriched."""
    return render(request, "jobs/_enrichment.html", _enrichment(request, pk))


def _enrichment(request: HttpRequest, pk: int) -> dict[str, Any]:
    rows = Enrichment.objects.select_related("call", "batch").defer("call__answer")
    enrichment = get_object_or_404(rows, posting=pk)
    call, kind = enrichment.call, enrichment.error_kind
    return {
        "enrichment": enrichment,
        "sheet": factsheet.sheet(enrichment.facts),
        "failure": panel.failure(kind, 1) if kind else None,
        # Two postings with the same text share one answer, paid for once.
        "shared_from": call.posting_id if call and call.posting_id != pk else None,
        "calls": enrichment.posting.llm_calls.defer("answer").order_by("-pk")[
            :SHOWN_CALLS
        ],
        "may_start": request.user.has_perm(START),
    }
