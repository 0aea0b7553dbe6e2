"""Finding the postings that meet all filters, in the order of their ids, at a bounded cost.

The rarest filter is walked along its index, and each posting on the way is looked up by the
others. Filters that hardly ever meet would make it walk to the end, so that one look goes no
further than `LOOKED` postings, and says where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery

from enrichment import prompts, tally
from enrichment.models import Enrichment, Term, TermCount
from enrichment.paging import capped_count
from enrichment.querysets import Versions
from enrichment.term_counts import SOURCE
from enrichment.terms import STEPS
from jobs import search
from jobs.filters import OLDER, Filters
from jobs.models import JobPosting

# By the slowest filter, a word, some 10 microseconds for each.
LOOKED = 10_000
# On SQLite, where postings are few and nothing tells whether a word is rare.
LOOKED_ON_SQLITE = 200_000
# For a start, which may take as many as a person waits for.
LOOKS = 10
# Postings that a word may be in to be found by the index of words, which gives them unsorted.
RARE = 10_000

Rows = QuerySet[Any]
Counts = dict[tally.State, int]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """
    Attributes:
        number: the field of the model with the posting's id.
        count: about how many postings meet it; 0 where they are too few to be counted.
        is_sorted: whether an index gives them in the order of ids.
        is_wanted: False where a posting must not meet it.
    """

    model: type[Model]
    number: str
    narrow: Callable[[Rows], Rows]
    count: int
    is_sorted: bool = True
    is_wanted: bool = True

    @property
    def rows(self) -> Rows:
        return self.narrow(self.model._default_manager.all())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to walk along, and what to look up on the way; good for several looks."""

    first: Filter
    others: list[Filter]


@dataclass(frozen=True, kw_only=True)
class Found:
    """Ids in the order of the walk; `stopped_at` is the last one looked at, if not all were."""

    ids: list[int]
    stopped_at: int | None


def bound() -> int:
    """How many postings one look goes through at most."""
    return LOOKED if connection.vendor == "postgresql" else LOOKED_ON_SQLITE


def plan(filters: Filters, counts: Counts | None = None) -> Plan:
    """
    Args:
        counts: the tally's, where the caller has asked for them already.
    """
    wanted = [
        *_of_terms(filters),
        *_of_states(filters, counts),
        *_of_prompts(filters),
        *_of_texts(filters),
    ]
    can_be_first = [one for one in wanted if one.is_wanted and one.count >= 0]
    if not can_be_first:
        everything = Filter(model=JobPosting, number="pk", narrow=_where(), count=0)
        return Plan(first=everything, others=wanted)
    first = min(can_be_first, key=lambda one: one.count)
    return Plan(first=first, others=[one for one in wanted if one is not first])


def look(
    along: Plan,
    *,
    limit: int,
    upwards: bool = False,
    start: int | None = None,
    most: int | None = None,
) -> Found:
    """The next ones beyond an id, up to a limit; `most`, or `bound()`, are looked at."""
    most = most or bound()
    first, others = along.first, along.others
    rows, number = first.rows, first.number
    if start is not None:
        rows = rows.filter(**{f"{number}__{'gt' if upwards else 'lt'}": start})
    order = F(number) if first.is_sorted else F(number) + 0  # not by its index then
    rows = rows.order_by(order.asc() if upwards else order.desc())
    stopped_at = None
    if others and first.is_sorted:
        last = rows.values_list(number, flat=True)[most - 1 : most]
        if stopped_at := next(iter(last), None):
            rows = rows.filter(
                **{f"{number}__{'lte' if upwards else 'gte'}": stopped_at}
            )
    for place, other in enumerate(others):
        rows = _meeting(rows, first, other, name=f"met_{place}")
    ids = list(rows.values_list(number, flat=True)[:limit])
    return Found(ids=ids, stopped_at=stopped_at if len(ids) < limit else None)


def startable(filters: Filters, *, limit: int) -> list[int]:
    """Those that can be enriched, the pending ones first, in the order of the list.

    Of filters that seldom meet, only what some looks find.
    """
    ids: list[int] = []
    for state in ("pending", "failed"):
        if filters.get("state") in ("", state):
            of_state = filters.plus("state", state)
            ids += _in_several_looks(of_state, limit=limit - len(ids))
    return ids


def _in_several_looks(filters: Filters, *, limit: int) -> list[int]:
    ids: list[int] = []
    start: int | None = None
    along = plan(filters)
    for _look in range(LOOKS):
        found = look(
            along,
            limit=limit - len(ids),
            upwards=filters.oldest_first,
            start=start,
        )
        ids += found.ids
        start = found.stopped_at
        if start is None:
            break
    return ids


def _meeting(rows: Rows, first: Filter, other: Filter, *, name: str) -> Rows:
    """By a look at each row; a join might read all that the other filter finds."""
    if other.model is first.model and other.model is not Term:
        return other.narrow(rows)
    same = other.rows.filter(**{other.number: OuterRef(first.number)})
    rows = rows.alias(**{name: Subquery(same.order_by().values(other.number)[:1])})
    if other.is_wanted:
        return rows.filter(**{name: F(first.number)})
    return rows.filter(**{f"{name}__isnull": True})


def _of_terms(filters: Filters) -> list[Filter]:
    wanted = filters.terms
    unwanted = filters.get("salary_below")
    if unwanted and not filters.get("salary_from"):
        # Any pay in this currency.
        wanted.append(("salary_from", f"{unwanted.partition(' ')[0]} {STEPS[0]}"))
    if not (wanted or unwanted):
        return []
    asked = Q(*(Q(kind=kind, value=value) for kind, value in wanted), _connector=Q.OR)
    rows = TermCount.objects.filter(asked).values_list("kind", "value", "count")
    counts = {(kind, value): count for kind, value, count in rows}
    found = [_of_term(*pair, count=counts.get(pair, 0)) for pair in wanted]
    if unwanted:
        found.append(_of_term("salary_from", unwanted, count=0, is_wanted=False))
    return found


def _of_term(kind: str, value: str, *, count: int, is_wanted: bool = True) -> Filter:
    return Filter(
        model=Term,
        number="posting",
        narrow=_where(kind=kind, value=value),
        count=count,
        is_wanted=is_wanted,
    )


def _of_states(filters: Filters, counts: Counts | None) -> list[Filter]:
    asked = {"status": filters.get("state"), "error_kind": filters.get("kind")}
    if not any(asked.values()):
        return []
    if counts is None:
        counts = tally.counts()
    numbers = {
        "status": tally.total(counts, status=asked["status"]),
        "error_kind": tally.total(counts, kind=asked["error_kind"]),
    }
    return [
        Filter(
            model=Enrichment,
            number="pk",
            narrow=_where(**{field: value}),
            count=numbers[field],
        )
        for field, value in asked.items()
        if value
    ]


def _of_prompts(filters: Filters) -> list[Filter]:
    """A version is walked along its index; of several older ones none has them in order."""
    asked = filters.get("prompt")
    if not asked:
        return []
    narrow = _where(status="enriched", prompt_version=asked)
    if asked == OLDER:
        now = prompts.versions()
        known = Enrichment.objects.known_versions()
        older = [one for one in known if one != now]
        if len(older) != 1:
            stale = Filter(
                model=Enrichment,
                number="pk",
                narrow=_with("stale", now),
                count=-1,
            )
            return [stale]
        narrow = _with("of_versions", older[0])
    count = capped_count(narrow(Enrichment.objects.all()), along="posting")
    return [Filter(model=Enrichment, number="pk", narrow=narrow, count=count)]


def _of_texts(filters: Filters) -> list[Filter]:
    """Source and words, both of the posting itself."""
    found = []
    if source := filters.get("source"):
        counted = TermCount.objects.filter(kind=SOURCE, value=source).first()
        found.append(
            Filter(
                model=JobPosting,
                number="pk",
                narrow=_where(source=source),
                count=counted.count if counted else 0,
            )
        )
    if words := filters.get("q"):
        expected = _expected(search.matching(JobPosting.objects.all(), words))
        found.append(
            Filter(
                model=JobPosting,
                number="pk",
                narrow=lambda rows: search.matching(rows, words),
                count=expected if 0 <= expected <= RARE else -1,
                is_sorted=False,
            )
        )
    return found


def _with(method: str, versions: Versions) -> Callable[[Rows], Rows]:
    """By a method of the rows."""
    return lambda rows: getattr(rows, method)(versions)


def _where(**conditions: Any) -> Callable[[Rows], Rows]:
    return lambda rows: rows.filter(**conditions)


def _expected(rows: Rows) -> int:
    """How many rows PostgreSQL's planner expects, by its statistics; -1 where none does."""
    if connection.vendor != "postgresql":
        return -1
    (plan,) = json.loads(rows.order_by().explain(format="json"))
    return int(plan["Plan"]["Plan Rows"])
