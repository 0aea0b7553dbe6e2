"""Flat columns, for spreadsheets: the admin's, and what else is one value."""

from __future__ import annotations

from typing import Any

from enrichment.sheets import guarded
from jobs.exchange import columns
from jobs.exporting.known import mapping
from jobs.exporting.records import plain, provenance
from jobs.exporting.walking import enrichment_of
from jobs.models import JobPosting

Cell = str | int | float | None

# Parts of facts that the admin's columns leave out: the fact, its part.
PARTS = {
    "city": ("location", "city"),
    "region": ("location", "region"),
    "country": ("location", "country"),
    "experience_min_years": ("experience", "min_years"),
    "experience_max_years": ("experience", "max_years"),
    "summary_nl": ("summary_short", "nl"),
    "summary_fr": ("summary_short", "fr"),
}
PLAIN = ("sourcing", "posting_language")
PROVENANCE = ("call", "model", "prompt_version", "schema_version", "is_of_this_text")
COLUMNS = ("id", *columns.COLUMNS, *PARTS, *PLAIN, "corrected", *PROVENANCE)


def cells(posting: JobPosting) -> list[Cell]:
    """In the order of `COLUMNS`, safe to be opened in a spreadsheet."""
    enrichment = enrichment_of(posting)
    facts = mapping(enrichment.effective_facts)
    known = provenance(posting, enrichment) or {}
    values = [
        posting.pk,
        *columns.values(posting, columns.COLUMNS),
        *(mapping(facts.get(fact)).get(part) for fact, part in PARTS.values()),
        *(facts.get(name) for name in PLAIN),
        sorted(enrichment.edits or {}),
        *(known.get(name) for name in PROVENANCE),
    ]
    return [_cell(value) for value in values]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    cell: str = guarded(str(plain(value)))
    return cell
