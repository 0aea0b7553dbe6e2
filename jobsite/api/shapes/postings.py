"""Postings: as they are told, and as they are written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast

from ninja import Schema
from pydantic import Field

from enrichment.models import Enrichment
from jobs.importing.fields import PRIORITIES
from jobs.models import JobPosting
from jobsite.api.shapes.common import AnyText, Failure, Text, Whole, Wish

State = Literal["pending", "queued", "running", "enriched", "failed"]


class EnrichmentOut(Schema):
    state: State
    facts: dict[str, Any] | None = Field(
        description="The effective ones: the model's, with people's corrections above"
        " them, without what is withheld. They stay while a changed text waits for new ones."
    )
    is_current: bool = Field(description="The facts were read from the present text.")
    corrected: list[str] = Field(description="Names of facts that a person corrected.")
    withheld: list[str] = Field(
        description="Values of the model's answer that the text doesn't bear out; they are"
        " not among the facts."
    )
    error: Failure | None
    next_try_at: datetime | None
    finished_at: datetime | None


class PostingSummary(Schema):
    id: int
    source: str
    external_id: str
    title: str
    company: str
    location: str
    url: str
    posted_at: datetime | None
    priority: int
    created_at: datetime
    updated_at: datetime
    enrichment: EnrichmentOut


class PostingDetail(PostingSummary):
    description: str = Field(description="Plain text, as the model reads it.")
    given: Any = Field(description="What the employer said beside the text, or null.")


class PostingPage(Schema):
    items: list[PostingSummary]
    next: int | None = Field(
        description="`cursor` of the next page; null at the end. A page may hold fewer"
        " rows than asked for, or none, and still have a next one: one look goes through"
        " a bounded number of postings."
    )


class PostingWish(Wish):
    """All of a posting: what is left out is emptied."""

    title: Text
    description: Text = Field(description="Plain text or HTML.")
    company: AnyText = ""
    location: AnyText = ""
    url: (
        Annotated[Text, Field(max_length=2000, json_schema_extra={"format": "uri"})]
        | None
    ) = Field(None, description="http or https.")
    posted_at: (
        Annotated[Text, Field(json_schema_extra={"format": "date-time"})] | None
    ) = Field(None, description="A date or a moment, from 1900 to 2199.")
    priority: Annotated[int, Field(ge=PRIORITIES[0], le=PRIORITIES[-1]), Whole] = Field(
        0, description="Higher is enriched first."
    )


class Written(Schema):
    result: Literal["created", "updated", "unchanged"]
    posting: PostingDetail


def summary(posting: JobPosting) -> PostingSummary:
    return PostingSummary(**_told(posting))


def detail(posting: JobPosting) -> PostingDetail:
    return PostingDetail(
        **_told(posting), description=posting.description, given=posting.given
    )


def _told(posting: JobPosting) -> dict[str, Any]:
    names = ("source", "external_id", "title", "company", "location", "url")
    more = ("posted_at", "priority", "created_at", "updated_at")
    return {
        "id": posting.pk,
        **{name: getattr(posting, name) for name in (*names, *more)},
        "enrichment": _enrichment(posting),
    }


def _enrichment(posting: JobPosting) -> EnrichmentOut:
    try:
        found = posting.enrichment
    except Enrichment.DoesNotExist:  # for the moment before it has one
        found = Enrichment(posting=posting)
    error = Failure(kind=found.error_kind, message=found.error_message)
    return EnrichmentOut(
        state=cast(State, found.status),
        facts=found.effective_facts,
        is_current=found.facts is not None
        and found.content_hash == posting.content_hash,
        corrected=sorted(found.edits or {}),
        withheld=sorted(found.withheld),
        error=error if found.error_kind else None,
        next_try_at=found.retry_at,
        finished_at=found.finished_at,
    )
