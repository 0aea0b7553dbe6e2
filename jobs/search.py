"""Finding postings by words: the same words find the same postings on the page and in the admin.

On PostgreSQL by an index of three-letter parts (migration 0003), which needs the extension
pg_trgm; without it, and on SQLite, by reading.
"""

from __future__ import annotations

import re

from django.db.models import Func, QuerySet, TextField
from django.db.models.functions import Upper

from jobs.models import JobPosting

# Letters in a row; with fewer the index only helps at the beginning of a word.
PART = 3
LETTERS = re.compile(r"[^\W_]+")
# A class of few characters: the index is of no use with a larger one.
BEFORE_A_WORD = r"""[ ("'/&+,.-]"""
# Words beyond these tell nothing more.
MOST_WORDS = 8


class Words(Func):
    """All that is searched, as one text: the expression that the index is of."""

    template = "(' ' || %(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()

    def __init__(self) -> None:
        super().__init__("title", "company", "location", "external_id")


def matching(rows: QuerySet[JobPosting], text: str) -> QuerySet[JobPosting]:
    """Those that have each word somewhere; short ones (IT, C++) where a word begins."""
    for word in text.split()[:MOST_WORDS]:
        longest = max(map(len, LETTERS.findall(word)), default=0)
        if longest >= PART:
            rows = rows.alias(words=Words()).filter(words__icontains=word)
        elif longest:
            beginning = BEFORE_A_WORD + re.escape(word.upper())
            rows = rows.alias(loud=Upper(Words())).filter(loud__regex=beginning)
    return rows
