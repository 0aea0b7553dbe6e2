"""When are two names of a skill one? By synonyms, or roughly, as phrases that overlap."""

from __future__ import annotations

from functools import lru_cache

from enrichment.offline.rules.words import Words, fold, listed
from enrichment.places import synonyms

# Words that make no phrase like another one.
_LIGHT = listed(
    """
a an and de des du en et for het in la le les met of or the to van with
"""
)
# Of the words of the longer of two phrases, so many also stand in the other one.
_SHARED = 0.5


@lru_cache(maxsize=20_000)
def keys(name: str) -> frozenset[str]:
    """What a name is known by, its synonyms included: two names with a common key are one."""
    return frozenset(map(_key, (name, *synonyms.others(name.replace("-", " ")))))


def is_same(one: str, other: str) -> bool:
    return not keys(one).isdisjoint(keys(other))


def overlaps(one: str, other: str) -> bool:
    """Whether they are one, or one holds all words of the other, or half of them are shared."""
    if is_same(one, other):
        return True
    mine, theirs = _heavy(one), _heavy(other)
    common = len(mine & theirs)
    longer = max(len(mine), len(theirs))
    return bool(common) and (
        common == min(len(mine), len(theirs)) or common >= _SHARED * longer
    )


def as_written(name: str) -> str:
    """A tag as a text writes it: `amazon-web-services` in words, and `go` with a capital.

    A name of ordinary letters that is also a word would else be found everywhere.
    """
    text = name.replace("-", " ")
    return text.capitalize() if text.islower() and len(text) <= 3 else text


def _key(name: str) -> str:
    return "".join(word.text for word in Words(name).items) or fold(name).strip()


@lru_cache(maxsize=20_000)
def _heavy(phrase: str) -> frozenset[str]:
    words = (word.text for word in Words(phrase).items)
    return frozenset(_stem(word) for word in words) - _LIGHT


def _stem(word: str) -> str:
    """One word for its singular and plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
