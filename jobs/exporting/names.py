"""What an exported file is called: the day, and what its list was filtered by."""

from __future__ import annotations

from django.utils import timezone
from django.utils.text import slugify

from jobs.filters import Filters

LONGEST = 80


def file_name(filters: Filters, extension: str) -> str:
    """`jobs-2026-05-01-state-failed-skill-python.csv`, in letters that any system takes."""
    pairs = (f"{name} {value}" for name, value in filters.pairs)
    parts = ("jobs", timezone.localdate().isoformat(), *map(slugify, pairs))
    return f"{'-'.join(filter(None, parts))[:LONGEST].rstrip('-')}.{extension}"
