"""Lists and single postings as files."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from typing import BinaryIO, cast

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from enrichment.access import VIEW_POSTINGS, SiteRequest, requires
from jobs import filters
from jobs.exporting import formats, names, walking, workbook
from jobs.exporting.jsonld import job_posting
from jobs.filters import Filters
from jobs.models import JobPosting
from jobs.views.sending import send


@require_GET
@requires(VIEW_POSTINGS)
def export_list(request: SiteRequest, extension: str) -> HttpResponseBase:
    """All that the jobs page's filters find, by the same address."""
    chosen = filters.read(request.GET)
    if extension == workbook.EXTENSION:
        return _workbook(request, chosen)
    if extension not in formats.STREAMED:
        raise Http404
    written = formats.STREAMED[extension]
    return send(
        request,
        formats.chunks(written, walking.pages(chosen)),
        name=names.file_name(chosen, extension),
        content_type=written.content_type,
    )


@require_GET
@requires(VIEW_POSTINGS)
def export_posting(_request: SiteRequest, pk: int) -> HttpResponse:
    """One posting as schema.org's JobPosting."""
    rows = JobPosting.objects.select_related("enrichment").defer("description_html")
    posting = get_object_or_404(rows, pk=pk)
    text = json.dumps(job_posting(posting), ensure_ascii=False, indent=2)
    return HttpResponse(
        f"{text}\n",
        content_type=formats.JSONLD.content_type,
        headers={"Content-Disposition": f'attachment; filename="job-{pk}.jsonld"'},
    )


def _workbook(request: SiteRequest, chosen: Filters) -> HttpResponseBase:
    """Made before it is sent, so only of as many as a browser waits for."""
    most = workbook.MOST_ROWS_SENT
    ids = walking.ids(chosen, most=most + 1)
    if len(ids) > most:
        context = {"most": most, "query": chosen.query(), "command": _command(chosen)}
        return render(request, "jobs/export_too_many.html", context, status=422)
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115
    try:
        workbook.write(walking.pages_of(ids), file)
    except BaseException:
        file.close()
        raise
    size = file.seek(0, os.SEEK_END)
    response = send(
        request,
        workbook.Pieces(file),
        name=names.file_name(chosen, workbook.EXTENSION),
        content_type=workbook.CONTENT_TYPE,
    )
    response["Content-Length"] = str(size)
    return response


def _command(chosen: Filters) -> str:
    """What has the workbook made on the server."""
    pairs = [f"{name}={value}" for name, value in chosen.fields]
    options = ["--format", "xlsx", "--out", "jobs.xlsx"]
    return shlex.join(["manage.py", "export_jobs", *options, *pairs])
