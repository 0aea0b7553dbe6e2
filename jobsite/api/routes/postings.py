"""Postings: found by the jobs page's filters, looked at, written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status

from enrichment.access import VIEW_POSTINGS
from jobs import finding
from jobs.importing import upsert
from jobs.importing.fields import PostingFields, RowRejectedError, read_fields
from jobs.listing import LONG_COLUMNS
from jobs.models import JobPosting
from jobsite.api.errors import ApiError, Kind
from jobsite.api.models.tokens import Scope
from jobsite.api.routes.refusals import refused
from jobsite.api.shapes import filters, postings
from jobsite.api.shapes.filters import PostingQuery, refuse_odd
from jobsite.api.tokens import Needs

router = Router(tags=["postings"])
ADD, CHANGE = "jobs.add_jobposting", "jobs.change_jobposting"
Source = Annotated[str, Path(max_length=100, min_length=1)]
ExternalId = Annotated[str, Path(max_length=500, min_length=1)]
# Of a new one: a name that the importers would change can't be found under it again.
_NO = r"\s\u0000-\u001f\u007f-\u009f"
NewSource = Annotated[
    str, Path(max_length=100, pattern=rf"^[^/{_NO}]+( +[^/{_NO}]+)*$")
]
NewExternalId = Annotated[
    str, Path(max_length=500, pattern=rf"^[^{_NO}]+( +[^{_NO}]+)*$")
]


@router.get(
    "",
    auth=Needs(Scope.READ, VIEW_POSTINGS),
    response={200: postings.PostingPage, **refused(422)},
    summary="Postings that meet the filters",
    operation_id="list_postings",
)
def list_postings(
    request: HttpRequest, query: Query[PostingQuery]
) -> postings.PostingPage:
    """The filters are those of the jobs page: its address works here as it is.

    Pages go by id, so that a page stays the same whatever is added meanwhile.
    """
    refuse_odd(request, PostingQuery)
    oldest_first = query.order == "oldest"
    found = finding.look(
        finding.plan(filters.read(query)),
        limit=query.limit + 1,
        upwards=oldest_first,
        start=query.cursor,
    )
    page = found.ids[: query.limit]
    more = page[-1] if len(found.ids) > len(page) else found.stopped_at
    rows = JobPosting.objects.filter(pk__in=page).select_related("enrichment")
    rows = rows.order_by("pk" if oldest_first else "-pk").defer(*LONG_COLUMNS)
    return postings.PostingPage(
        items=[postings.summary(posting) for posting in rows], next=more
    )


@router.get(
    "/{source}/{path:external_id}",
    auth=Needs(Scope.READ, VIEW_POSTINGS),
    response={200: postings.PostingDetail, **refused(404, 422)},
    summary="One posting",
    operation_id="get_posting",
)
def get_posting(
    request: HttpRequest, source: Source, external_id: ExternalId
) -> postings.PostingDetail:
    return postings.detail(_posting(source, external_id))


@router.put(
    "/{source}/{path:external_id}",
    auth=Needs(Scope.WRITE, ADD, CHANGE),
    response={
        200: postings.Written,
        201: postings.Written,
        **refused(400, 409, 413, 415, 422),
    },
    summary="Create or replace a posting",
    operation_id="put_posting",
)
def put_posting(
    request: HttpRequest,
    source: NewSource,
    external_id: NewExternalId,
    wish: postings.PostingWish,
) -> Any:
    """Checked and stored as by an import; a changed text waits to be enriched anew."""
    fields = _fields(source, external_id, wish)
    counts = upsert.write_chunk([fields])
    result: Literal["created", "updated", "unchanged"] = "unchanged"
    if counts.created or counts.updated:
        result = "created" if counts.created else "updated"
    posting = postings.detail(_posting(source, external_id))
    written = postings.Written(result=result, posting=posting)
    return Status(201 if counts.created else 200, written)


def _fields(source: str, external_id: str, wish: postings.PostingWish) -> PostingFields:
    key = (source, external_id)
    values = {"source": source, "external_id": external_id, **wish.model_dump()}
    try:
        fields = read_fields(values)
    except RowRejectedError as error:
        named = [name for name in values if name in error.reason.summary.split()]
        field = named[0] if named else None
        raise ApiError(Kind.INVALID, str(error.reason), field=field) from error
    if fields.key != key:
        raise ApiError(
            Kind.INVALID,
            "A name has no blanks at its ends and no line breaks.",
            field="source" if fields.source != source else "external_id",
        )
    return fields


def _posting(source: str, external_id: str) -> JobPosting:
    rows = JobPosting.objects.select_related("enrichment").defer("description_html")
    posting = None
    if "\0" not in source + external_id:
        posting = rows.filter(source=source, external_id=external_id).first()
    if posting is None:
        raise ApiError(Kind.NOT_FOUND, "There is no such posting.")
    return posting
