"""What failed, by cause: how many, what it means, who deals with it next, and which they are.

Each question costs the same with a million failed postings: a group's size is the tally's,
and what the tally doesn't know is counted along an index, and only so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms

from enrichment import progress
from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.llm.errors import ErrorKind, Remedy
from enrichment.models import Enrichment, Run
from enrichment.pages import panel
from enrichment.pages.panel import Failure, RunCard
from enrichment.paging import capped_count
from enrichment.querysets import EnrichmentQuerySet
from enrichment.retrying import ALL

PAGE_SIZE = 50
LARGEST_ID = 2**63 - 1
LISTED = (
    *("status", "error_kind", "error_message", "tries", "retry_at", "finished_at"),
    *("posting__title", "posting__company"),
)


class WishForm(forms.Form):
    """Which group is open and at which page, as the address says; an odd value is none."""

    kind = forms.ChoiceField(required=False, choices=ERROR_KIND_CHOICES)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)

    @property
    def wish(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.wish)}" if self.wish else ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of a group, the newest posting first. Addresses are empty where there is no page."""

    rows: list[Enrichment]
    newer: str
    older: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Failed postings of one kind.

    Attributes:
        example: the newest posting of them, None where it has just gone.
        waiting: those that are tried again by themselves, `next_at` the first of them.
        for_person: the others, which failed too often.
        retried_by: the run that tries them again just now.
        blocked: a run that the same trouble keeps from going on.
        page: some of them, where the group is open.
    """

    failure: Failure
    example: Enrichment | None
    waiting: int
    next_at: datetime | None
    for_person: int
    retried_by: Run | None
    blocked: Run | None
    page: Page | None

    @property
    def is_of_account(self) -> bool:
        """Not the posting's fault: every one would fail alike."""
        return ErrorKind(self.failure.kind).remedy is Remedy.ACCOUNT


@dataclass(frozen=True, kw_only=True)
class Failures:
    """The whole page.

    Attributes:
        query: its address.
        retried_by: the run that tries all again just now.
        retries: all runs that try some again and aren't over.
        blocked: other runs, that wait for the account.
    """

    total: int
    groups: list[Group]
    query: str
    retried_by: Run | None
    retries: list[RunCard]
    blocked: list[Run]

    @property
    def is_moving(self) -> bool:
        """Whether the numbers change while somebody looks."""
        return any(card.run.status == Run.Status.ACTIVE for card in self.retries)


def find(wish: Mapping[str, Any]) -> Failures:
    """The groups, the largest first."""
    overview = progress.overview()
    unfinished = progress.unfinished_runs()
    retries = {run.retries: run for run in unfinished if run.retries and not run.renews}
    blocked = [run for run in unfinished if run.status == Run.Status.BLOCKED]
    reasons = {run.reason_kind: run for run in blocked}
    groups = [
        _group(
            failure,
            retried_by=retries.get(failure.kind),
            blocked=reasons.get(failure.kind),
            page=_page(failure.kind, wish)
            if wish.get("kind") == failure.kind
            else None,
        )
        for failure in panel.failures_of(overview.errors)
    ]
    return Failures(
        total=overview.failed,
        groups=groups,
        query=f"?{urlencode(wish)}" if wish else "",
        retried_by=retries.get(ALL),
        retries=[panel.card(run) for run in retries.values()],
        blocked=[run for run in blocked if not run.retries or run.renews],
    )


def _failed(kind: str) -> EnrichmentQuerySet:
    """Only failed ones have a kind; said twice, PostgreSQL would expect far fewer."""
    return Enrichment.objects.filter(error_kind=kind)


def _group(failure: Failure, **others: Any) -> Group:
    rows = _failed(failure.kind)
    timed = rows.filter(retry_at__isnull=False)
    waiting = capped_count(timed)
    next_at = timed.order_by("retry_at").values_list("retry_at", flat=True).first()
    exact = type(waiting) is int
    return Group(
        failure=failure,
        example=next(iter(_read(_ids(rows.order_by("-posting"), 1))), None),
        waiting=waiting,
        next_at=next_at,
        for_person=max(failure.count - waiting, 0)
        if exact
        else capped_count(rows.filter(retry_at__isnull=True)),
        **others,
    )


def _page(kind: str, wish: Mapping[str, Any]) -> Page:
    """By the id next to it, which costs the same anywhere."""
    before, after = wish.get("before"), wish.get("after")
    rows = _failed(kind)
    if after:
        ids = _ids(rows.filter(posting__gt=after).order_by("posting"), PAGE_SIZE + 1)
        page = _read(ids[:PAGE_SIZE])
        has_newer, has_older = len(ids) > PAGE_SIZE, bool(page)
    else:
        if before:
            rows = rows.filter(posting__lt=before)
        ids = _ids(rows.order_by("-posting"), PAGE_SIZE + 1)
        page = _read(ids[:PAGE_SIZE])
        has_newer, has_older = bool(before and page), len(ids) > PAGE_SIZE
    return Page(
        rows=page,
        newer=_address(kind, after=page[0].pk) if has_newer else "",
        older=_address(kind, before=page[-1].pk) if has_older else "",
    )


def _address(kind: str, **position: int) -> str:
    return f"?{urlencode({'kind': kind, **position})}"


def _ids(rows: EnrichmentQuerySet, count: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:count])


def _read(ids: list[int]) -> list[Enrichment]:
    rows = Enrichment.objects.filter(pk__in=ids).order_by("-pk")
    return list(rows.select_related("posting").only(*LISTED))
