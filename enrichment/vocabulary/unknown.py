"""Words of postings that are nobody's yet, the most frequent first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from enrichment import term_counts
from enrichment.vocabulary.current import current

# What words of a kind are counted as.
COUNTED = {"skill": "skill", "role": "title", "perk": "perk"}


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """`count`: postings that have it."""

    word: str
    count: int


def words(kind: str, *, limit: int) -> list[Unknown]:
    """Among those that are counted: the most frequent ones of the kind.

    Raises:
        KeyError: there is no such kind.
    """
    counts = term_counts.top(COUNTED[kind])
    vocabulary = current()
    found = (
        Unknown(word=word, count=count)
        for word, count in counts
        if not (
            vocabulary.role(word) if kind == "role" else vocabulary.find(kind, word)
        )
    )
    return list(islice(found, limit))
