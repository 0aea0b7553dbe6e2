"""The facts as a table of the admin's own look."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from enrichment.pages import factsheet

# Written out: the admin shows a read-only field's None as the word.
NOTHING = "-"


def facts_table(facts: Any) -> str:
    """What the model wrote is escaped by the template."""
    sheet = factsheet.sheet(facts)
    if sheet is None:
        return NOTHING
    return render_to_string("admin/enrichment/facts.html", {"sheet": sheet})
