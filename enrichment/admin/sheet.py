"""The facts as a table of the admin's own look."""

from __future__ import annotations

from django.template.loader import render_to_string

from enrichment.models import Enrichment
from enrichment.pages import factsheet

# Written out: the admin shows a read-only field's None as the word.
NOTHING = "-"


def facts_table(enrichment: Enrichment) -> str:
    """What the model wrote is escaped by the template."""
    sheet = factsheet.sheet(enrichment.all_facts, withheld=enrichment.withheld)
    if sheet is None:
        return NOTHING
    return render_to_string("admin/enrichment/facts.html", {"sheet": sheet})
