"""The jobs page's list: searched, filtered and paged by id, never counted to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from enrichment import tally, term_counts
from enrichment.models import Enrichment
from enrichment.pages import factsheet
from enrichment.paging import MoreThan
from jobs import facets, finding
from jobs.facets import Chip
from jobs.filters import Filters
from jobs.finding import Found
from jobs.models import JobPosting

PAGE_SIZE = 100
COUNTED = 500
LONG_COLUMNS = ("description", "description_html", "given")
# What the tally has a number for.
TALLIED = {"state", "kind"}


@dataclass(frozen=True, kw_only=True)
class Position:
    """Beyond which id a page is, and in which direction; neither: at the list's beginning."""

    before: int | None = None
    after: int | None = None

    @property
    def query(self) -> dict[str, int]:
        named = {"before": self.before, "after": self.after}
        return {name: value for name, value in named.items() if value is not None}


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
    """One page. The addresses are query strings, empty where there is no such page.

    Attributes:
        count: postings found; a `MoreThan` where counting stopped.
        counted: at what time, if it wasn't just now.
        further: goes on looking where this look stopped before it had filled a page.
        looked: postings that the look went through, where it stopped.
        is_empty_site: there is no posting at all.
    """

    filters: Filters
    rows: list[Row]
    count: int
    counted: str
    states: list[Chip]
    errors: list[Chip]
    query: str
    newer: str
    older: str
    further: str
    looked: int
    is_empty_site: bool

    @property
    def first(self) -> str:
        return self.filters.query()

    @property
    def is_at_beginning(self) -> bool:
        return self.query == self.first

    @property
    def shows_errors(self) -> bool:
        return self.filters.get("state") == "failed" or "kind" in self.filters.names

    @property
    def other_order(self) -> str:
        """The same, from the other end."""
        return Filters(
            pairs=self.filters.pairs, oldest_first=not self.filters.oldest_first
        ).query()


def position(data: QueryDict) -> Position:
    """As an address says it; an odd one is the beginning."""
    before, after = (_id(data.get(name, "")) for name in ("before", "after"))
    return Position(before=before) if before is not None else Position(after=after)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def find(filters: Filters, place: Position, *, most: int | None = None) -> Listing:
    """A page is found by the id next to it, which costs the same anywhere.

    Args:
        most: postings that one look goes through; as many as usual where not given.
    """
    most = most or finding.bound()
    counts = tally.counts()
    tallied = _tallied(filters, counts)
    upwards = place.after is not None or (filters.oldest_first and place == Position())
    start = place.after if place.after is not None else place.before
    at_beginning = start is None
    # At the beginning of the list finding and counting is one.
    wanted = COUNTED if at_beginning and tallied is None else PAGE_SIZE
    plan = finding.plan(filters, counts)
    found = finding.look(
        plan, limit=wanted + 1, upwards=upwards, start=start, most=most
    )
    page = found.ids[:PAGE_SIZE]
    count, counted = tallied, ""
    if count is None:
        if not at_beginning:
            found_first = finding.look(
                plan, limit=COUNTED + 1, upwards=filters.oldest_first, most=most
            )
        count, counted = _count(filters, found if at_beginning else found_first)
    newer, older, further = _addresses(filters, found, page, start=start, up=upwards)
    return Listing(
        filters=filters,
        rows=_rows(page, oldest_first=filters.oldest_first),
        count=_at_least(count, len(page)),
        counted=counted,
        states=facets.states(filters, counts),
        errors=facets.errors(filters, counts),
        query=filters.query(**place.query),
        newer=newer,
        older=older,
        further=further,
        looked=most,
        is_empty_site=not page and at_beginning and not sum(counts.values()),
    )


def _tallied(filters: Filters, counts: dict[tally.State, int]) -> int | None:
    """None where the tally doesn't know."""
    if not filters.names <= TALLIED:
        return None
    return tally.total(counts, status=filters.get("state"), kind=filters.get("kind"))


def _count(filters: Filters, found: Found) -> tuple[int, str]:
    """By a look from the beginning; of one filter alone beyond it, as it was last counted."""
    if found.stopped_at is not None:
        return MoreThan(len(found.ids)), ""
    if len(found.ids) <= COUNTED:
        return len(found.ids), ""
    if len(filters.pairs) == 1:
        counted = term_counts.of(*filters.pairs[0])
        if counted and counted > COUNTED:
            return counted, facets.clock(term_counts.counted_at())
    return MoreThan(COUNTED), ""


def _at_least(count: int, shown: int) -> int:
    """Of a look far from the beginning, or with a posting that has no enrichment yet."""
    if shown <= count:
        return count
    return MoreThan(shown) if isinstance(count, MoreThan) else shown


def _addresses(
    filters: Filters, found: Found, page: list[int], *, start: int | None, up: bool
) -> tuple[str, str, str]:
    """Of the newer page, of the older one, and of where to look further."""
    low, high = (min(page), max(page)) if page else (0, 0)
    has_next, has_previous = len(found.ids) > len(page), start is not None and page
    has_newer, has_older = (has_next, has_previous) if up else (has_previous, has_next)
    further = ""
    if found.stopped_at is not None and not has_next:
        side = "after" if up else "before"
        further = filters.query(**{side: found.stopped_at})
    return (
        filters.query(after=high) if has_newer else "",
        filters.query(before=low) if has_older else "",
        further,
    )


def _rows(ids: list[int], *, oldest_first: bool) -> list[Row]:
    """Found first by their ids, so that nothing is read of those left out."""
    rows = JobPosting.objects.filter(pk__in=ids).order_by(
        "pk" if oldest_first else "-pk"
    )
    postings = rows.select_related("enrichment").defer(*LONG_COLUMNS)
    return [_row(posting) for posting in postings]


def _row(posting: JobPosting) -> Row:
    try:
        enrichment: Any = posting.enrichment
    except Enrichment.DoesNotExist:
        return Row(posting=posting, enrichment=None, highlights=[])
    return Row(
        posting=posting,
        enrichment=enrichment,
        highlights=factsheet.highlights(enrichment.effective_facts),
    )
