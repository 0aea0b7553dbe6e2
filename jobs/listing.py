"""The jobs page's list: searched, filtered and paged by id, never counted to the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enrichment import factsheet, tally
from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.models import Enrichment
from enrichment.paging import capped_count
from jobs import search, sources
from jobs.models import JobPosting

PAGE_SIZE = 100
COUNTED = 500
LARGEST_ID = 2**63 - 1
LONG_COLUMNS = ("description", "description_html")


class SearchForm(forms.Form):
    """The state of the list, as its address carries it; an odd value is no filter."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    kind = forms.ChoiceField(
        label=_("Error"),
        required=False,
        choices=[("", _("Any error")), *ERROR_KIND_CHOICES],
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="")
        states: Any = self.fields["state"]
        states.choices = [("", _("Any state")), *Enrichment.Status.choices]
        names = sources.first()
        chosen = str(data.get("source") or "")
        if chosen and chosen not in names:
            names.append(chosen)  # one beyond the listed ones, reached by its address
        offered: Any = self.fields["source"]
        offered.choices = [("", _("Any source")), *((name, name) for name in names)]

    @property
    def wish(self) -> dict[str, Any]:
        """What was asked for and is valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One posting of the list; `enrichment` is None for the moment before it has one."""

    posting: JobPosting
    enrichment: Enrichment | None
    highlights: list[str]

    @property
    def tooltip(self) -> str:
        return self.enrichment.error_message if self.enrichment else ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page. The addresses are query strings, empty where there is no such page."""

    rows: list[Row]
    count: int
    query: str
    first: str
    newer: str
    older: str


def find(wish: Mapping[str, Any]) -> Listing:
    """Newest first; a page is found by the id next to it, which costs the same anywhere."""
    matching = _matching(wish)
    postings, has_newer, has_older = _page(matching, wish)
    filters = {
        name: wish[name] for name in ("q", "state", "source", "kind") if wish.get(name)
    }
    position = {name: wish[name] for name in ("before", "after") if wish.get(name)}
    newer = {**filters, "after": postings[0].pk} if has_newer else None
    older = {**filters, "before": postings[-1].pk} if has_older else None
    return Listing(
        rows=[_row(posting) for posting in postings],
        count=_count(matching, filters, len(postings)),
        query=f"?{urlencode({**filters, **position})}",
        first=f"?{urlencode(filters)}",
        newer=f"?{urlencode(newer)}" if newer else "",
        older=f"?{urlencode(older)}" if older else "",
    )


def _matching(wish: Mapping[str, Any]) -> QuerySet[JobPosting]:
    rows = search.matching(JobPosting.objects.all(), str(wish.get("q", "")))
    if state := wish.get("state"):
        rows = rows.filter(enrichment__status=state)
    if kind := wish.get("kind"):
        rows = rows.filter(enrichment__error_kind=kind)
    if source := wish.get("source"):
        rows = rows.filter(source=source)
    return rows


def _count(rows: QuerySet[JobPosting], filters: Mapping[str, Any], shown: int) -> int:
    """The tally's where it knows, else up to a limit."""
    if not filters.keys() <= {"state", "kind"}:
        return capped_count(rows, limit=COUNTED)
    state, kind = filters.get("state"), filters.get("kind")
    tallied = sum(
        count
        for (one_state, one_kind), count in tally.counts().items()
        if state in (None, one_state) and kind in (None, one_kind)
    )
    # For a moment a posting is listed that has no enrichment yet.
    return max(tallied, shown)


def _page(
    rows: QuerySet[JobPosting], wish: Mapping[str, Any]
) -> tuple[list[JobPosting], bool, bool]:
    """The postings, and whether there are newer and older ones."""
    if after := wish.get("after"):
        ids = _ids(rows.filter(pk__gt=after).order_by("pk"))
        page = _read(ids[:PAGE_SIZE])
        return page, len(ids) > PAGE_SIZE, bool(page)
    before = wish.get("before")
    if before:
        rows = rows.filter(pk__lt=before)
    ids = _ids(rows.order_by("-pk"))
    page = _read(ids[:PAGE_SIZE])
    return page, bool(before and page), len(ids) > PAGE_SIZE


def _ids(rows: QuerySet[JobPosting]) -> list[int]:
    """One more than a page. Found first, so that nothing is read of those left out."""
    return list(rows.values_list("pk", flat=True)[: PAGE_SIZE + 1])


def _read(ids: list[int]) -> list[JobPosting]:
    rows = JobPosting.objects.filter(pk__in=ids).order_by("-pk")
    return list(rows.select_related("enrichment").defer(*LONG_COLUMNS))


def _row(posting: JobPosting) -> Row:
    try:
        enrichment = posting.enrichment
    except Enrichment.DoesNotExist:
        return Row(posting=posting, enrichment=None, highlights=[])
    return Row(
        posting=posting,
        enrichment=enrichment,
        highlights=factsheet.highlights(enrichment.facts),
    )
