"""What is found by patterns rather than by phrases: amounts, years, hours, days at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enrichment.llm.schema import EmploymentType, Experience, RemotePolicy
from enrichment.offline.rules import experience
from enrichment.offline.rules import remote as remote_rules
from enrichment.offline.rules.amounts import Range, ranges
from enrichment.offline.rules.contracts import FTE, FULL_FROM, TERM, WEEKLY
from enrichment.places.texts import Place, Text, first_of

_REMOTE = {
    RemotePolicy.REMOTE: (remote_rules.FULLY,),
    RemotePolicy.HYBRID: (remote_rules.HYBRID,),
    RemotePolicy.ON_SITE: (remote_rules.NO_HOME, remote_rules.IN_PLACE),
}


def money(
    texts: Iterable[Text], *, low: float | None, high: float | None
) -> tuple[Place, ...]:
    """The amounts that fit best: both ends and marked as money, down to one end alone."""
    best = 0
    places: list[Place] = []
    for text in texts:
        for start, piece in text.pieces:
            if not any(c.isdigit() for c in piece):
                continue
            for found in ranges(piece):
                fit = _fit(found, low=low, high=high)
                if fit > best:
                    best, places = fit, []
                if fit == best > 0:
                    places.append(text.span(start + found.start, start + found.end))
    return first_of(places)


def _fit(found: Range, *, low: float | None, high: float | None) -> int:
    """How well an amount fits; 0 where it doesn't."""
    sought = {value for value in (low, high) if value is not None}
    there = {value for value in (found.low, found.high) if value is not None}
    if not sought & there:
        return 0
    return 1 + 2 * (sought == there) + found.is_marked


def years(text: Text, *, low: float | None, high: float | None) -> tuple[Place, ...]:
    """Spans of years: those that are exactly so and about experience, if there are any."""
    best = 0
    places: list[Place] = []
    for start, piece in text.pieces:
        for span in experience.SPAN.finditer(piece):
            before = piece[max(0, span.start() - 70) : span.start()]
            fit = _fit_years(experience.years(span, before), low=low, high=high)
            if not fit:
                continue
            near = before + piece[span.end() : span.end() + 60]
            fit += bool(experience.CUE.search(near))
            if fit > best:
                best, places = fit, []
            if fit == best:
                places.append(text.span(start + span.start(), start + span.end()))
    return first_of(places)


def _fit_years(
    found: Experience | None, *, low: float | None, high: float | None
) -> int:
    if found is None:
        return 0
    if (found.min_years, found.max_years) == (low, high):
        return 3
    there = {found.min_years, found.max_years} - {None}
    return 1 if there & ({low, high} - {None}) else 0


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


def remote(text: Text, policy: RemotePolicy) -> tuple[Place, ...]:
    """The words that make a job remote, hybrid or on site."""
    return first_of(_remote(text, policy))


def _remote(text: Text, policy: RemotePolicy) -> Iterator[Place]:
    for start, piece in text.pieces:
        if not remote_rules.mentions(piece):
            continue
        for pattern in _REMOTE[policy]:
            for found in pattern.finditer(piece):
                if found[0].strip():
                    yield text.span(start + found.start(), start + found.end())
