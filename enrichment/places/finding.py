"""Each value of the facts, and where the posting says so.

A value that stands nowhere may still be right (a model may put things in its own words),
but nobody can check it at a glance: pages say so. Values that are a judgement rather than
a quotation, such as the field of work and the summaries, are not sought at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import (
    ContractType,
    Education,
    EmploymentType,
    RemotePolicy,
    Seniority,
)
from enrichment.offline.rules.contracts import CONTRACTS
from enrichment.offline.rules.education import LEVELS as DEGREES
from enrichment.offline.rules.education import is_degree
from enrichment.offline.rules.seniority import LEVELS, is_level
from enrichment.offline.rules.spoken import NAMES, is_language
from enrichment.offline.rules.words import Hit, Words, split
from enrichment.places import patterns, synonyms
from enrichment.places.texts import Place, Text, Texts, first_of

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)
LISTS = (
    *("must_have_skills", "nice_to_have_skills", "programming_languages"),
    *("tools", "perks"),
)
# The schema allows fewer; facts of another schema may hold anything.
MOST_VALUES = 100
LONGEST_VALUE = 500
LARGEST_NUMBER = 1e12
# Codes that are no words themselves: `bilingual FR/NL`.
_CODES = frozenset(("en", "fr", "nl"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One value. `key` names it within the facts: `tools-0`, `location-city`, `salary`."""

    field: str
    key: str
    value: str
    places: tuple[Place, ...]

    @property
    def is_supported(self) -> bool:
        return bool(self.places)


def find(posting: PostingText, facts: Any) -> list[Found]:
    """All values that could stand in the text, with the places where they do."""
    if not isinstance(facts, Mapping):
        return []
    texts = Texts(posting)
    return [found for finder in _FINDERS for found in finder(texts, facts)]


def _title(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    value = _text(facts.get("title"))
    if not value:
        return
    places = texts.places([value])
    sought = Words(value).vocabulary
    if not places and sought and sought <= texts.title.words.vocabulary:
        # The same words with others between them.
        places = (texts.title.span(0, len(texts.title.words.source)),)
    yield Found(field="title", key="title", value=value, places=places)


def _location(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    place = facts.get("location")
    if not isinstance(place, Mapping):
        return
    for name in ("city", "region", "country"):
        value = _text(place.get(name))
        if value:
            yield Found(
                field="location",
                key=f"location-{name}",
                value=value,
                places=_named(texts, value),
            )


def _lists(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    for field in LISTS:
        for index, item in enumerate(_items(facts.get(field))):
            value = _text(item)
            if value:
                yield Found(
                    field=field,
                    key=f"{field}-{index}",
                    value=value,
                    places=_named(texts, value),
                )


def _named(texts: Texts, value: str) -> tuple[Place, ...]:
    """By its own name; failing that, in the plural, or by another name."""
    is_name = synonyms.is_ambiguous(value)
    ways = (
        [value],
        [] if is_name else synonyms.inflected(value),
        synonyms.others(value),
    )
    for names in ways:
        found = first_of(place for name in names for place in _as_named(texts, name))
        if found:
            return found
    return ()


def _as_named(texts: Texts, name: str) -> tuple[Place, ...]:
    if synonyms.is_ambiguous(name):
        return _accepted(texts.all, [name], value=name, accept=_is_capital)
    return texts.places([name])


def _is_capital(words: Words, hit: Hit[str]) -> bool:
    """Whether it is written as a name: `Excel`, not `excel`."""
    return not hit.text.islower() or hit.value.islower()


def _contract(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    kind = _member(ContractType, facts.get("contract_type"))
    if kind is None:
        return
    places = texts.places(split(CONTRACTS[kind]))
    if not places and kind is ContractType.FIXED_TERM:
        places = patterns.term(texts.description)
    yield _single("contract_type", kind, places)


def _employment(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    for index, item in enumerate(_items(facts.get("employment_types"))):
        kind = _member(EmploymentType, item)
        phrases = synonyms.employment(kind) if kind else []
        if kind is None or not phrases:
            continue
        places = texts.places(phrases) or patterns.hours(texts.description, kind)
        if not places and kind is EmploymentType.TEMPORARY:
            places = patterns.term(texts.description)
        key = f"employment_types-{index}"
        yield Found(field="employment_types", key=key, value=kind, places=places)


def _seniority(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    """Of the title; of the text only where the title doesn't say."""
    level = _member(Seniority, facts.get("seniority"))
    if level is None:
        return
    phrases, places = split(LEVELS[level]), tuple[Place, ...]()
    for text in (texts.title, texts.description):
        places = places or _accepted([text], phrases, value=level, accept=is_level)
    yield _single("seniority", level, places)


def _education(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    level = _member(Education, facts.get("education"))
    if level is None:
        return
    phrases, where = split(DEGREES[level]), (texts.description, texts.title)
    places = _accepted(where, phrases, value=level, accept=is_degree)
    yield _single("education", level, places)


def _remote(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    policy = _member(RemotePolicy, facts.get("remote_policy"))
    if policy is None:
        return
    places = patterns.remote(texts.description, policy)
    places = places or texts.places(split(synonyms.REMOTE[policy]))
    yield _single("remote_policy", policy, places)


def _spoken(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    """As languages where they are, else as words: `Dutch` may be anything's nationality."""
    for index, item in enumerate(_items(facts.get("spoken_languages"))):
        code = _text(item.get("language")) if isinstance(item, Mapping) else ""
        if code not in NAMES:
            continue
        names = split(NAMES[code])
        places = _accepted(texts.all, names, value=code, accept=is_language)
        places = places or texts.places(names)
        if not places and code in _CODES:
            places = _accepted(texts.all, [code], value=code, accept=_is_code)
        yield Found(
            field="spoken_languages",
            key=f"spoken_languages-{index}",
            value=code,
            places=places,
        )


def _is_code(words: Words, hit: Hit[str]) -> bool:
    return hit.text.isupper()


def _experience(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    low, high = _ends(facts.get("experience"), "min_years", "max_years")
    if low is not None or high is not None:
        places = patterns.years(texts.description, low=low, high=high)
        yield _single("experience", f"{low}-{high}", places)


def _salary(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    low, high = _ends(facts.get("salary"), "min", "max")
    if low is not None or high is not None:
        where = (texts.description, texts.title)
        yield _single(
            "salary", f"{low}-{high}", patterns.money(where, low=low, high=high)
        )


Finder = Callable[[Texts, Mapping[str, Any]], Iterable[Found]]
_FINDERS: tuple[Finder, ...] = (
    *(_title, _seniority, _employment, _contract, _location, _remote, _spoken),
    *(_salary, _experience, _education, _lists),
)


def _accepted(
    texts: Iterable[Text],
    phrases: Iterable[str],
    *,
    value: Value,
    accept: Callable[[Words, Hit[Value]], bool],
) -> tuple[Place, ...]:
    """Where a phrase stands and means the value that is sought."""
    listed = list(phrases)
    return first_of(
        text.place(hit)
        for text in texts
        for phrase in listed
        for hit in text.hits(phrase, value)
        if accept(text.words, hit)
    )


def _single(field: str, value: str, places: tuple[Place, ...]) -> Found:
    return Found(field=field, key=field, value=value, places=places)


def _member(kind: type[Member], value: Any) -> Member | None:
    """The value as the schema knows it; None for one of another schema."""
    try:
        return kind(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _ends(holder: Any, *names: str) -> tuple[float | None, float | None]:
    """Two numbers; anything else is none."""
    low, high = (
        _number(holder.get(name)) if isinstance(holder, Mapping) else None
        for name in names
    )
    return low, high


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= LARGEST_NUMBER else None


def _items(value: Any) -> list[Any]:
    return value[:MOST_VALUES] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value[:LONGEST_VALUE].strip() if isinstance(value, str) else ""
