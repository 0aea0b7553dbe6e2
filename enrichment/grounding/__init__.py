"""What of an answer its posting bears out: each value checked, without another call."""

from __future__ import annotations

from enrichment.grounding.checking import VERSION, Grounding, check
from enrichment.grounding.notes import Note
from enrichment.grounding.records import Record, read
from enrichment.grounding.withholding import WITHHELD, without
from enrichment.places import Found

__all__ = [
    "VERSION",
    "WITHHELD",
    "Found",
    "Grounding",
    "Note",
    "Record",
    "check",
    "read",
    "without",
]
