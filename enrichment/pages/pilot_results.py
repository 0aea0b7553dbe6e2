"""What a pilot found: old and new beside each other, and the sums of it by fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from enrichment.llm.schema import JobFacts
from enrichment.models import LlmCall, Pilot, PilotPosting
from enrichment.models.enrichments import field_of
from enrichment.pages import factsheet


@dataclass(frozen=True, kw_only=True)
class Side:
    """A fact in words; `missing` counts values of it that aren't in the text."""

    text: str
    missing: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One fact of one posting, before and after."""

    label: str
    before: Side
    after: Side


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One posting; `same` counts the facts that read alike."""

    row: PilotPosting
    differences: list[Difference]
    same: int


@dataclass(frozen=True, kw_only=True)
class Total:
    """One fact over all postings: how often it was another, and what isn't in the texts."""

    label: str
    changed: int
    filled: int
    emptied: int
    missing_before: int
    missing_after: int

    @property
    def is_quiet(self) -> bool:
        moved = self.changed or self.filled or self.emptied
        return not (moved or self.missing_before or self.missing_after)


@dataclass(frozen=True, kw_only=True)
class Results:
    """
    Attributes:
        ended: postings with an answer or an error.
        calls: made for this pilot; the other answers were in the ledger.
        cost_microusd: of these; None where a price isn't known.
    """

    pilot: Pilot
    total: int
    ended: int
    failed: list[PilotPosting]
    comparisons: list[Comparison]
    totals: list[Total]
    calls: int
    cost_microusd: int | None

    @property
    def is_over(self) -> bool:
        return self.pilot.finished_at is not None

    @property
    def moved(self) -> list[Total]:
        return [total for total in self.totals if not total.is_quiet]

    @property
    def alike(self) -> list[str]:
        """Labels of the other facts."""
        return [total.label for total in self.totals if total.is_quiet]

    @property
    def unmoved(self) -> list[Comparison]:
        return [one for one in self.comparisons if not one.differences]

    @property
    def missing_before(self) -> int:
        return sum(total.missing_before for total in self.totals)

    @property
    def missing_after(self) -> int:
        return sum(total.missing_after for total in self.totals)


def of(pilot: Pilot) -> Results:
    rows = list(pilot.postings.select_related("posting").order_by("pk"))
    answered = [row for row in rows if row.after is not None]
    # One call may have answered for several postings.
    own = LlmCall.objects.filter(
        pk__in=[row.call_id for row in answered if row.call_id],
        started_at__gte=pilot.created_at,
    )
    unpriced = own.filter(Q(cost_microusd=None)).exists()
    cost = own.aggregate(cost=Sum("cost_microusd", default=0))["cost"]
    return Results(
        pilot=pilot,
        total=len(rows),
        ended=sum(row.ended_at is not None for row in rows),
        failed=[row for row in rows if row.error_kind],
        comparisons=[_compare(row) for row in answered],
        totals=[_total(name, answered) for name in JobFacts.model_fields],
        calls=own.count(),
        cost_microusd=None if unpriced else cost,
    )


def _compare(row: PilotPosting) -> Comparison:
    before, after = _facts(row.before), _facts(row.after)
    differences = [
        _difference(name, row, before, after)
        for name in JobFacts.model_fields
        if before.get(name) != after.get(name)
    ]
    return Comparison(
        row=row,
        differences=differences,
        same=len(JobFacts.model_fields) - len(differences),
    )


def _difference(
    name: str, row: PilotPosting, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Difference:
    label, old = factsheet.in_words(name, before.get(name))
    _label, new = factsheet.in_words(name, after.get(name))
    return Difference(
        label=label,
        before=Side(text=old, missing=_missing(row.before_missing, name)),
        after=Side(text=new, missing=_missing(row.after_missing, name)),
    )


def _total(name: str, rows: Sequence[PilotPosting]) -> Total:
    changed = filled = emptied = 0
    for row in rows:
        old, new = _facts(row.before).get(name), _facts(row.after).get(name)
        if old == new:
            continue
        if _is_empty(old):
            filled += 1
        elif _is_empty(new):
            emptied += 1
        else:
            changed += 1
    return Total(
        label=factsheet.in_words(name, None)[0],
        changed=changed,
        filled=filled,
        emptied=emptied,
        missing_before=sum(_missing(row.before_missing, name) for row in rows),
        missing_after=sum(_missing(row.after_missing, name) for row in rows),
    )


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_empty(part) for part in value.values())
    return value in (None, "", [])


def _missing(keys: Any, name: str) -> int:
    return sum(field_of(str(key)) == name for key in keys or ())


def _facts(facts: Any) -> Mapping[str, Any]:
    return facts if isinstance(facts, dict) else {}
