"""What an employer says of its posting, compared with what was read from the text.

Both stand: the employer's own facts beside those of the model or of a person, and where the
two differ, somebody should look. `given` is as a posting keeps it: under `facts` parts of the
shape of `enrichment/llm/schema.py`, under `raw` the employer's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from enrichment.offline.rules.words import fold
from enrichment.places import synonyms

FIELDS = (
    *("salary", "employment_types", "contract_type", "remote_policy"),
    *("location", "experience", "education"),
)
DIFFERS = "differs"
"""The value that finds a posting with any difference; `salary differs` finds one kind."""

# How often a year, by the period that an amount is for; 40 hours in a week.
_A_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
# Amounts that differ by less are the same; weeks and years are not equally long everywhere.
_CLOSE, _CLOSE_OVER_PERIODS = 0.01, 0.1
_HALF_A_YEAR = 0.5
_CODES = {
    "be": "Belgium",
    "nl": "Netherlands",
    "fr": "France",
    "de": "Germany",
    "lu": "Luxembourg",
    "ch": "Switzerland",
    "gb": "United Kingdom",
    "uk": "United Kingdom",
    "us": "United States",
    "usa": "United States",
    "at": "Austria",
    "ie": "Ireland",
    "es": "Spain",
    "pt": "Portugal",
    "it": "Italy",
    "dk": "Denmark",
    "se": "Sweden",
    "no": "Norway",
    "fi": "Finland",
    "pl": "Poland",
    "ca": "Canada",
    "au": "Australia",
    "kr": "South Korea",
    "in": "India",
    "jp": "Japan",
    "sg": "Singapore",
}
# What employers put in a country's place.
_WIDER = (
    *("european union", "europe", "eu", "emea", "north america", "americas"),
    *("apac", "worldwide", "anywhere", "remote"),
)


class Verdict(StrEnum):
    """`UNCLEAR`: both say something, and it can't be told whether they say the same."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNCLEAR = "unclear"
    ONLY_GIVEN = "only_given"
    ONLY_READ = "only_read"


def compare(given: Any, facts: Any) -> dict[str, Verdict]:
    """By field, those of which either side says something; odd parts say nothing."""
    stated, words = _mapping(given, "facts"), _mapping(given, "raw")
    read = facts if isinstance(facts, dict) else {}
    found: dict[str, Verdict] = {}
    for field in FIELDS:
        ours, theirs = stated.get(field), read.get(field)
        is_stated = _says(ours) or bool(words.get(field))
        if is_stated and _says(theirs):
            found[field] = _verdict(field, ours, theirs, str(words.get(field) or ""))
        elif is_stated:
            found[field] = Verdict.ONLY_GIVEN
        elif _says(theirs):
            found[field] = Verdict.ONLY_READ
    return found


def terms(given: Any, facts: Any) -> Iterator[str]:
    """What a posting is found by: which of its facts differ from the employer's."""
    if not given or not isinstance(facts, dict):
        return
    differing = [
        field
        for field, verdict in compare(given, facts).items()
        if verdict is Verdict.DIFFERS
    ]
    if differing:
        yield DIFFERS
    yield from (f"{field} {DIFFERS}" for field in differing)


def _verdict(field: str, given: Any, read: Any, words: str) -> Verdict:
    if field == "location":
        return _location(given if isinstance(given, dict) else {}, read, words)
    if not _says(given):
        return Verdict.UNCLEAR
    return _COMPARED.get(field, _same)(given, read)


def _same(given: Any, read: Any) -> Verdict:
    return Verdict.AGREES if given == read else Verdict.DIFFERS


def _employment(given: Any, read: Any) -> Verdict:
    """One that says more than the other is no difference."""
    if not isinstance(given, list) or not isinstance(read, list):
        return Verdict.UNCLEAR
    ours, theirs = ({str(one) for one in side} - {"OTHER"} for side in (given, read))
    if not ours or not theirs:
        return Verdict.UNCLEAR
    return _agrees(ours <= theirs or theirs <= ours)


def _salary(given: Any, read: Any) -> Verdict:
    if not isinstance(given, dict) or not isinstance(read, dict):
        return Verdict.UNCLEAR
    currencies = {_name(side.get("currency")) for side in (given, read)} - {""}
    if len(currencies) > 1:
        return Verdict.DIFFERS
    periods = [_name(side.get("period")) for side in (given, read)]
    close = _CLOSE
    if periods[0] in _A_YEAR and periods[1] in _A_YEAR:
        close = _CLOSE if periods[0] == periods[1] else _CLOSE_OVER_PERIODS
        times = [float(_A_YEAR[period]) for period in periods]
    else:
        times = [1.0, 1.0]  # the source doesn't say of which time: as they stand
    ours = _bounds(given, "min", "max", times[0])
    theirs = _bounds(read, "min", "max", times[1])
    return _ranges(ours, theirs, lambda a, b: abs(a - b) <= close * max(a, b))


def _experience(given: Any, read: Any) -> Verdict:
    if not isinstance(given, dict) or not isinstance(read, dict):
        return Verdict.UNCLEAR
    ours, theirs = (_bounds(one, "min_years", "max_years") for one in (given, read))
    return _ranges(ours, theirs, lambda a, b: abs(a - b) < _HALF_A_YEAR)


def _location(given: Mapping[str, Any], read: Any, words: str) -> Verdict:
    """By the city, where both name one; else by the country."""
    if not isinstance(read, dict):
        return Verdict.UNCLEAR
    others = given.get("others")
    others = others if isinstance(others, list) else []
    names = [given, *(one for one in others if isinstance(one, dict))]
    city, folded = _name(read.get("city")), fold(words)
    cities = {_name(one.get("city")) for one in names} - {""}
    if city and (city in folded or any(city in c or c in city for c in cities)):
        return Verdict.AGREES
    if city and cities:
        return _agrees(not cities.isdisjoint(_called(city)))
    country = _called(_name(read.get("country")))
    countries = {_name(one.get("country")) for one in names} - {"", *_WIDER}
    if not country or not countries:
        return Verdict.UNCLEAR
    return _agrees(any(not country.isdisjoint(_called(one)) for one in countries))


def _ranges(
    ours: tuple[float | None, float | None],
    theirs: tuple[float | None, float | None],
    is_close: Callable[[float, float], bool],
) -> Verdict:
    """By the ends that both have; without one of those, whether they lie apart."""
    both = [
        (a, b)
        for a, b in zip(ours, theirs, strict=True)
        if a is not None and b is not None
    ]
    if both:
        return _agrees(all(is_close(a, b) for a, b in both))
    for low, high in ((ours[0], theirs[1]), (theirs[0], ours[1])):
        if low is not None and high is not None and low > high:
            return Verdict.DIFFERS
    return Verdict.UNCLEAR


def _bounds(
    side: Mapping[str, Any], low: str, high: str, times: float = 1.0
) -> tuple[float | None, float | None]:
    first, last = (
        value * times
        if isinstance(value, int | float) and not isinstance(value, bool)
        else None
        for value in (side.get(low), side.get(high))
    )
    return first, last


def _called(name: str) -> frozenset[str]:
    """All names of a place; a country also by its code."""
    if not name:
        return frozenset()
    full = _CODES.get(name, name)
    return frozenset({name, fold(full), *map(fold, synonyms.others(full))})


def _name(value: Any) -> str:
    return fold(" ".join(value.split())) if isinstance(value, str) else ""


def _agrees(is_so: bool) -> Verdict:  # noqa: FBT001
    return Verdict.AGREES if is_so else Verdict.DIFFERS


def _says(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_says(one) for one in value.values())
    return value not in (None, "", [])


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


_COMPARED: dict[str, Callable[[Any, Any], Verdict]] = {
    "salary": _salary,
    "employment_types": _employment,
    "experience": _experience,
}
