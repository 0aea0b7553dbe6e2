"""How many values of answers were checked, and not found in their texts: by prompt and field.

Entries (`enrichment/entries.py`) are added in the transaction that stores the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from enrichment import grounding
from enrichment.entries import Entries
from enrichment.grounding import Grounding
from enrichment.models import GroundingCount
from enrichment.models.enrichments import field_of

ENTRIES = Entries(
    table=GroundingCount._meta.db_table,
    keys=("prompt_version", "field"),
    sums=("checked", "not_found"),
)
# Entries that a question may sum; beyond, the sweeper makes them few again.
FEW = 400


class Count(NamedTuple):
    """Values of a field."""

    checked: int
    not_found: int


Counts = Mapping[str, Count]
"""By field, of those whose values are withheld where they are not found."""


def count_found(found: Grounding) -> Counts:
    """Of a check just made."""
    fields = [one.field for one in found.checked if one.field in grounding.WITHHELD]
    return _counts(fields, [one.field for one in found.not_found])


def count_stored(stored: Any) -> Counts:
    """Of a check as it is stored."""
    record = grounding.read(stored)
    missing = [field_of(key) for key in record.not_found]
    present = [field_of(key) for key in record.places]
    present = [field for field in present if field in grounding.WITHHELD]
    return _counts([*present, *missing], missing)


def _counts(checked: list[str], not_found: list[str]) -> Counts:
    return {
        field: Count(checked.count(field), not_found.count(field))
        for field in dict.fromkeys(checked)
    }


def add(checks: Iterable[tuple[int, Counts]], *, gone: bool = False) -> None:
    """The checks of answers, each with the version of its prompt.

    Args:
        checks: one for each posting.
        gone: they count no more.
    """
    sums: dict[tuple[int, str], list[int]] = {}
    for version, counts in checks:
        for field, count in counts.items():
            entry = sums.setdefault((version, field), [0, 0])
            entry[0] += -count.checked if gone else count.checked
            entry[1] += -count.not_found if gone else count.not_found
    ENTRIES.add([(*key, *entry) for key, entry in sums.items()])


def by_version() -> dict[int, dict[str, Count]]:
    """By version of the prompt (0 = unknown) and by field.

    Answers count, as they were recorded: one that another replaced is among them.
    """
    found: dict[int, dict[str, Count]] = {}
    for version, field, checked, not_found in ENTRIES.summed():
        found.setdefault(version, {})[field] = Count(checked, not_found)
    return found


def compact() -> None:
    """One entry for each version and field, where they have become many."""
    ENTRIES.compact(few=FEW)
