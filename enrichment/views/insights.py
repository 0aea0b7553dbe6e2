"""The page of insights, and each of its figures as a file."""

from __future__ import annotations

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from enrichment.access import VIEW_POSTINGS, SiteRequest, requires
from enrichment.pages import insights
from enrichment.sheets import guarded


@require_safe
@requires(VIEW_POSTINGS)
def page(request: SiteRequest) -> HttpResponse:
    found = insights.build(currency=request.GET.get("currency", ""))
    return render(request, "enrichment/insights.html", {"insights": found})


@require_safe
@requires(VIEW_POSTINGS)
def figure_csv(request: SiteRequest, name: str) -> HttpResponse:
    """What the page shows of one figure."""
    try:
        rows = list(insights.table(name, currency=request.GET.get("currency", "")))
    except KeyError:
        raise Http404 from None
    # The mark tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    named = content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    response["Content-Disposition"] = str(named)
    writer = csv.writer(response)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return response
