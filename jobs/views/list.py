"""The list of postings, with the progress panel."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from enrichment import batches, paging
from enrichment.access import CONTROL, START, VIEW_POSTINGS, SiteRequest, requires
from enrichment.pages import panel
from enrichment.views import start
from jobs import filters, finding, listing
from jobs.facets import Offer


@require_safe
@requires(VIEW_POSTINGS)
def job_list(request: SiteRequest) -> HttpResponse:
    context = {
        **_found(request),
        "panel": panel.build(),
        "may_control": request.user.has_perm(CONTROL),
    }
    response = render(request, "jobs/job_list.html", context)
    if request.htmx:  # the address without a form's empty fields
        response["HX-Push-Url"] = context["next"]
    return response


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def job_rows(request: SiteRequest) -> HttpResponse:
    """The list alone, fetched anew when a run moves on."""
    return render(request, "jobs/_job_rows.html", _found(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(START)
def enrich_matching(request: SiteRequest) -> HttpResponse:
    """As `enrichment:start`, for all that the filters find, on whichever page of the list."""
    is_start = request.method == "POST"
    chosen = filters.read(request.POST if is_start else request.GET)
    # A question counts no further than it tells.
    limit = batches.MOST_SET_ASIDE if is_start else paging.COUNTED
    ids = finding.startable(chosen, limit=limit + 1)
    if not ids:  # those that are skipped, to be told
        ids = finding.look(finding.plan(chosen), limit=limit).ids
    return start.respond(request, selection=ids, repeated=chosen.fields)


def _found(request: SiteRequest) -> dict[str, Any]:
    chosen = filters.read(request.GET)
    found = listing.find(chosen, listing.position(request.GET))
    return {
        "listing": found,
        "offer": Offer(chosen=chosen),
        "may_start": request.user.has_perm(START),
        "next": reverse("jobs:job-list") + found.query.removesuffix("?"),
    }
