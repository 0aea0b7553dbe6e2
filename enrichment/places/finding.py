"""Each value of the facts, and where the posting says so.

A value that stands nowhere may still be right (a model may put things in its own words),
but nobody can check it at a glance: it is kept apart (`enrichment/grounding`). Values that are a judgement rather than
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
    Period,
    RemotePolicy,
    Seniority,
)
from enrichment.offline.rules.education import LEVELS as DEGREES
from enrichment.offline.rules.education import is_degree
from enrichment.offline.rules.seniority import LEVELS, is_level
from enrichment.offline.rules.words import Hit, Words, split
from enrichment.places import (
    languages,
    patterns,
    perks,
    skills,
    synonyms,
    terms,
    workplace,
    years,
)
from enrichment.places.pay import Pay, ends, number
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
    return find_in(Texts(posting), facts)


def find_in(texts: Texts, facts: Any) -> list[Found]:
    """The same in texts that were read already."""
    if not isinstance(facts, Mapping):
        return []
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
                places=workplace.location(texts, value, is_country=name == "country"),
            )


def _lists(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    for field in LISTS:
        for index, item in enumerate(_items(facts.get(field))):
            value = _text(item)
            if value:
                search = perks.places if field == "perks" else skills.places
                yield Found(
                    field=field,
                    key=f"{field}-{index}",
                    value=value,
                    places=search(texts, value),
                )


def _contract(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    kind = _member(ContractType, facts.get("contract_type"))
    if kind is None:
        return
    yield _single("contract_type", kind, terms.contract(texts, kind))


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
    yield _single("remote_policy", policy, workplace.policy(texts, policy))


def _spoken(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    for index, item in enumerate(_items(facts.get("spoken_languages"))):
        code = _text(item.get("language")) if isinstance(item, Mapping) else ""
        if code:
            yield Found(
                field="spoken_languages",
                key=f"spoken_languages-{index}",
                value=code,
                places=languages.places(texts, code),
            )


def _experience(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    holder = facts.get("experience")
    low, high = number(holder, "min_years"), number(holder, "max_years")
    if low is not None or high is not None:
        places = years.places(texts, low=low, high=high)
        yield _single("experience", f"{low}-{high}", places)


def _salary(texts: Texts, facts: Mapping[str, Any]) -> Iterator[Found]:
    holder = facts.get("salary")
    amounts = ends(holder)
    if not isinstance(holder, Mapping) or set(amounts.values()) == {None}:
        return
    places = Pay(texts).places(
        amounts,
        currency=_text(holder.get("currency")) or None,
        period=_member(Period, holder.get("period")),
    )
    yield _single("salary", f"{amounts['min']}-{amounts['max']}", places)


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


def _items(value: Any) -> list[Any]:
    return value[:MOST_VALUES] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value[:LONGEST_VALUE].strip() if isinstance(value, str) else ""
