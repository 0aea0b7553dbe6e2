"""What is found by patterns rather than by phrases: hours a week, terms of contracts."""

from __future__ import annotations

from collections.abc import Iterator

from enrichment.llm.schema import EmploymentType
from enrichment.offline.rules.contracts import FTE, FULL_FROM, TERM, WEEKLY
from enrichment.places.texts import Place, Text, first_of


def hours(text: Text, kind: EmploymentType) -> tuple[Place, ...]:
    """Hours a week, or a share of full time, that make a job full-time or part-time."""
    return first_of(_hours(text, kind))


def _hours(text: Text, kind: EmploymentType) -> Iterator[Place]:
    for start, piece in text.pieces:
        for found in WEEKLY.finditer(piece):
            low, high = int(found[1]), int(found[2] or found[1])
            is_full = kind is EmploymentType.FULL_TIME and high >= FULL_FROM
            if is_full or (kind is EmploymentType.PART_TIME and low < FULL_FROM):
                yield text.span(start + found.start(), start + found.end())
        for found in FTE.finditer(piece) if "." in piece or "," in piece else ():
            is_full = bool(found[2]) and found[2].startswith("1")
            if is_full or kind is EmploymentType.PART_TIME:
                yield text.span(start + found.start(), start + found.end())


def term(text: Text) -> tuple[Place, ...]:
    """`Contract: 7 months`."""
    return first_of(
        text.span(start + found.start(), start + found.end())
        for start, piece in text.pieces
        for found in TERM.finditer(piece)
    )
