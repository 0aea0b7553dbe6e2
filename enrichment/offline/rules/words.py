"""Words of a text and phrases in them: how every vocabulary is looked up.

Each text is cut into words once; a phrase is found by a look-up of its first word. The
time is linear in the text, however long the vocabularies are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from enrichment.llm.letters import fold
from enrichment.llm.words import Word, Words

__all__ = [
    "Hit",
    "Phrasebook",
    "Word",
    "Words",
    "fold",
    "listed",
    "meanings",
    "phrases",
    "split",
    "table",
]

Value = TypeVar("Value")

# What may stand between two words of one phrase.
_JOINTS = frozenset(
    (
        " ",
        "-",
        "/",
        "'",
        "’",
        ".",
        "\u00a0",
        "\u2011",
        "–",
        "&",
        " & ",
        " -",
        "- ",
        " - ",
        "+",
        " + ",
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit(Generic[Value]):
    """A phrase in a text: its first and last word."""

    value: Value
    first: int
    last: int
    text: str


class Phrasebook(Generic[Value]):
    """Phrases and what they stand for; the longest one at a place wins.

    Case and accents don't matter. A phrase that ends with `*` matches any word with this
    beginning.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        whole: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._beginnings: dict[str, Value] = {}
        for phrase, value in entries:
            if phrase.endswith("*"):
                self._beginnings.setdefault(fold(phrase[:-1]), value)
                continue
            words = tuple(Words(phrase).texts)
            if not words:
                raise ValueError(f"no word in {phrase!r}")
            whole.setdefault(words[0], []).append((words[1:], value))
        self._whole = {
            first: sorted(rest, key=lambda entry: -len(entry[0]))
            for first, rest in whole.items()
        }
        self._lengths = sorted({len(start) for start in self._beginnings}, reverse=True)

    def find(self, words: Words) -> Iterator[Hit[Value]]:
        """From left to right, without overlaps."""
        if not self._lengths and self._whole.keys().isdisjoint(words.vocabulary):
            return
        whole, lengths = self._whole, self._lengths
        last = -1
        for index, word in enumerate(words.texts):
            if index <= last or not (lengths or word in whole):
                continue
            found = self._at(words, index)
            if found is not None:
                value, last = found
                yield Hit(
                    value=value, first=index, last=last, text=words.text(index, last)
                )

    def first(self, words: Words) -> Hit[Value] | None:
        return next(self.find(words), None)

    def has(self, words: Words) -> bool:
        return self.first(words) is not None

    def _at(self, words: Words, index: int) -> tuple[Value, int] | None:
        text = words.texts[index]
        for rest, value in self._whole.get(text, ()):
            if self._continues(words, index, rest):
                return value, index + len(rest)
        for length in self._lengths:
            if len(text) >= length and text[:length] in self._beginnings:
                return self._beginnings[text[:length]], index
        return None

    @staticmethod
    def _continues(words: Words, index: int, rest: tuple[str, ...]) -> bool:
        texts = words.texts
        if index + len(rest) >= len(texts):
            return False
        return all(
            texts[index + step] == word and words.gap(index + step) in _JOINTS
            for step, word in enumerate(rest, start=1)
        )


def phrases(*listed: str) -> Phrasebook[bool]:
    """A phrasebook of phrases that are separated by `;` or line ends."""
    return Phrasebook((phrase, True) for text in listed for phrase in split(text))


def listed(text: str) -> frozenset[str]:
    """Single words, separated by spaces."""
    return frozenset(text.split())


def split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def table(text: str) -> Iterator[tuple[str, str]]:
    """`name: alias; alias` a line, as pairs of phrase and name; the name is one too."""
    for line in text.strip().splitlines():
        name, _, aliases = line.partition(":")
        yield name.strip(), name.strip()
        for alias in split(aliases):
            yield alias, name.strip()


def meanings(listed: dict[Value, str]) -> Phrasebook[Value]:
    """A phrasebook from values and their phrases, separated by `;` or line ends."""
    return Phrasebook(
        (phrase, value) for value, text in listed.items() for phrase in split(text)
    )
