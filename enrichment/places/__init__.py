"""Where the facts of a posting stand in its text."""

from __future__ import annotations

from enrichment.places.finding import Found, find
from enrichment.places.texts import Part, Place

__all__ = ["Found", "Part", "Place", "find"]
