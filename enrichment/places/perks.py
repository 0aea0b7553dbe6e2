"""Where a perk stands: by its words, or by those of another language that mean the same.

Its numbers must stand beside it: `32 days off` are not `20 days off`.
"""

from __future__ import annotations

import re
from functools import cache

from enrichment.offline.rules.words import Phrasebook, split
from enrichment.places import skills
from enrichment.places.alike import PERKS
from enrichment.places.texts import Place, Texts, as_words, first_distinct

# Not `13th month`, which has other words.
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?!\d|\s?(?:th|st|e|de|ste|[eè]me)\b)")
# How far a number may stand from the perk that it belongs to.
REACH = 90


def places(texts: Texts, value: str) -> tuple[Place, ...]:
    numbers = frozenset(_number(found[0]) for found in _NUMBER.finditer(value))
    found = skills.places(texts, value) or _by_meaning(texts, value)
    if not numbers:
        return found
    return tuple(place for place in found if _has(texts, place, numbers))


def _by_meaning(texts: Texts, value: str) -> tuple[Place, ...]:
    """By all that a phrase within the value may be called."""
    words = as_words(value)
    groups = {hit.value: None for hit in _book().find(words)}
    return first_distinct(
        text.place(hit)
        for group in groups
        for text in texts.all
        for phrase in _lines()[group]
        for hit in text.hits(phrase, None)
    )


def _has(texts: Texts, place: Place, numbers: frozenset[str]) -> bool:
    source = next(text for text in texts.all if text.part == place.part).source
    start = source.rfind("\n", max(0, place.start - REACH), place.start) + 1
    end = source.find("\n", place.end, place.end + REACH)
    near = source[
        start or max(0, place.start - REACH) : end if end >= 0 else place.end + REACH
    ]
    return numbers <= {_number(found[0]) for found in _NUMBER.finditer(near)}


def _number(text: str) -> str:
    return text.replace(",", ".").removesuffix(".00").removesuffix(".0")


@cache
def _lines() -> tuple[list[str], ...]:
    return tuple(split(line) for line in PERKS.strip().splitlines())


@cache
def _book() -> Phrasebook[int]:
    return Phrasebook(
        (phrase, index) for index, line in enumerate(_lines()) for phrase in line
    )
