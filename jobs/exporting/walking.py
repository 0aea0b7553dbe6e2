"""The postings of a filtered list, a page at a time, at the same cost on any page.

No transaction spans two pages and no connection is kept between them, so that a reader who
takes an hour holds up nothing. A posting comes once at most; one that begins or ceases to
meet the filters meanwhile may be missing or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import connection

from enrichment.models import Enrichment
from jobs import finding
from jobs.filters import Filters
from jobs.models import JobPosting

PAGE = 250
# Ids alone, looked for in steps.
IDS_AT_ONCE = 5_000

Pages = Iterator[list[JobPosting]]


def pages(filters: Filters) -> Pages:
    for ids in _steps(filters, size=PAGE):
        yield _postings(ids)
        let_go()


def pages_of(ids: list[int]) -> Pages:
    for start in range(0, len(ids), PAGE):
        yield _postings(ids[start : start + PAGE])
        let_go()


def ids(filters: Filters, *, most: int) -> list[int]:
    """Of so many postings at most, in the list's order."""
    steps = _steps(filters, size=IDS_AT_ONCE)
    found = list(islice((one for step in steps for one in step), most))
    let_go()
    return found


def enrichment_of(posting: JobPosting) -> Enrichment:
    try:
        return posting.enrichment
    except Enrichment.DoesNotExist:
        return Enrichment(posting=posting)  # for the moment before it has one


def _steps(filters: Filters, *, size: int) -> Iterator[list[int]]:
    along = finding.plan(filters)
    start: int | None = None
    while True:
        found = finding.look(
            along, limit=size, upwards=filters.oldest_first, start=start
        )
        if found.ids:
            yield found.ids
        if found.stopped_at is None and len(found.ids) < size:
            return
        # A look that stopped in between went further than the last one that it found.
        start = found.stopped_at if found.stopped_at is not None else found.ids[-1]


def _postings(ids: list[int]) -> list[JobPosting]:
    rows = JobPosting.objects.select_related("enrichment__call")
    found = rows.defer("enrichment__call__answer").in_bulk(ids)
    return [found[one] for one in ids if one in found]


def let_go() -> None:
    """Give the connection back to its pool; one in a transaction stays."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
