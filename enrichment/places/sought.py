"""The words of a value that carry its meaning: what a text must have for it to stand there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from enrichment.places import synonyms
from enrichment.places.small_words import KINDS, LIGHT, SMALL
from enrichment.places.texts import as_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """`had_light`: words like *skills* were left out. `turns`: their order doesn't matter."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    had_light: bool
    turns: bool = False


@lru_cache(maxsize=20_000)
def sought_in(value: str) -> Sought:
    words = as_words(value)
    heavy = [
        (word.text, words.source[word.start : word.end])
        for word in words.items
        if word.text not in SMALL
        or (len(word.text) == 1 and words.source[word.start].isupper())
    ]
    kept = [pair for pair in heavy if pair[0] not in LIGHT]
    if any(word[0].isdigit() for word, _ in heavy):
        # `12 years of experience` are not any twelve years.
        kept = heavy
    names = [pair for pair in kept if pair[0] not in KINDS]
    if len(names) < len(kept) and synonyms.is_technology(" ".join(w for w, _ in names)):
        kept = names
    # `Experience` alone is all there is.
    chosen = list(dict.fromkeys(kept or heavy))
    return Sought(
        words=tuple(word for word, _ in chosen),
        written=tuple(written for _, written in chosen),
        had_light=len(kept) < len(heavy) and bool(kept),
    )
