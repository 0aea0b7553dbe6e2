"""How many values of answers were checked, and not found in their texts: by prompt and field.

Entries are added in the transaction that stores the checks, so that nobody waits for a
counter's row; their sums are what counts. The sweeper makes them few again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Sum

from enrichment import bulk, grounding
from enrichment.grounding import Grounding
from enrichment.models import GroundingCount
from enrichment.models.enrichments import field_of

TABLE = GroundingCount._meta.db_table
# Entries that a question may sum; beyond, the sweeper makes them few again.
FEW = 400
# One statement sees one moment: see `enrichment/tally.py`.
COMPACT = f"""
WITH taken AS (DELETE FROM {TABLE} RETURNING prompt_version, field, checked, not_found)
INSERT INTO {TABLE} (prompt_version, field, checked, not_found)
SELECT prompt_version, field, sum(checked), sum(not_found) FROM taken
GROUP BY prompt_version, field HAVING sum(checked) <> 0 OR sum(not_found) <> 0
"""  # noqa: S608


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
    if sums:
        rows = [value for key, entry in sums.items() for value in (*key, *entry)]
        bulk.change(
            f"INSERT INTO {TABLE} (prompt_version, field, checked, not_found)"  # noqa: S608
            f" VALUES {bulk.marks(len(sums), columns=4)}",
            rows,
        )


def by_version() -> dict[int, dict[str, Count]]:
    """By version of the prompt (0 = unknown) and by field.

    Answers count, as they were recorded: one that another replaced is among them.
    """
    entries = GroundingCount.objects.values_list("prompt_version", "field")
    found: dict[int, dict[str, Count]] = {}
    for version, field, checked, not_found in entries.annotate(
        all_checked=Sum("checked"), all_not_found=Sum("not_found")
    ).order_by("prompt_version", "field"):
        found.setdefault(version, {})[field] = Count(checked, not_found)
    return found


def compact() -> None:
    """One entry for each version and field, where they have become many."""
    if GroundingCount.objects.count() <= FEW:
        return
    if connection.vendor == "postgresql":
        bulk.change(COMPACT, [])
        return
    with transaction.atomic():  # SQLite's transactions are alone
        last = GroundingCount.objects.aggregate(last=Max("pk"))["last"]
        add(by_version().items())
        GroundingCount.objects.filter(pk__lte=last).delete()
