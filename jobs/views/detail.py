"""One posting: its text beside what the model made of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from enrichment import edits, restoring
from enrichment.access import EDIT, START, VIEW_POSTINGS, SiteRequest, requires
from enrichment.models import Enrichment
from enrichment.pages import edit_history, factlines, given_lines, panel, readings
from jobs import attempts

LIVE = (Enrichment.Status.QUEUED, Enrichment.Status.RUNNING)


@require_safe
@requires(VIEW_POSTINGS)
def job_detail(request: SiteRequest, pk: int) -> HttpResponse:
    return render(request, "jobs/job_detail.html", _page(request, pk))


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def job_enrichment(request: SiteRequest, pk: int) -> HttpResponse:
    """The part of a posting's page that is polled while it is being enriched.

    When that is over, everything has changed: marks in the text, summaries, attempts.
    """
    page = _page(request, pk)
    if request.htmx and not page["is_live"]:
        response = render(request, "jobs/_posting.html", page)
        return reswap(retarget(response, "#posting"), "outerHTML")
    return render(request, "jobs/_enrichment.html", page)


def _page(request: SiteRequest, pk: int) -> dict[str, Any]:
    rows = Enrichment.objects.select_related("posting", "call", "batch")
    enrichment = get_object_or_404(
        rows.defer("call__answer", "posting__description_html"), pk=pk
    )
    posting = enrichment.posting
    call, kind = enrichment.call, enrichment.error_kind
    return {
        "posting": posting,
        "enrichment": enrichment,
        "is_live": enrichment.status in LIVE,
        "lines": factlines.build(posting.text, enrichment),
        "given": given_lines.build(posting.given, enrichment.effective_facts),
        "failure": panel.failure(kind, 1) if kind else None,
        # Two postings with the same text share one answer, paid for once.
        "shared_from": call.posting_id if call and call.posting_id != pk else None,
        "attempts": attempts.of(posting),
        "reading": readings.of(enrichment),
        "answers": restoring.answers(enrichment),
        "history": edit_history.of(enrichment),
        "may_start": request.user.has_perm(START),
        "may_edit": request.user.has_perm(EDIT) and enrichment.facts is not None,
        "seen": edits.token(enrichment),
    }
