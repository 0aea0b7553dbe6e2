"""The parts of a posting as they are searched: by phrase, whatever their case and accents.

Each part is cut into words once, and a phrase is looked up by its rarest word: hundreds of
phrases cost little more than one. What gives orders to a machine, and what stands in every
posting, is no evidence: it is blanked before anything is sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Literal, TypeVar

from enrichment.llm.letters import letters
from enrichment.llm.orders import read
from enrichment.llm.posting import PostingText
from enrichment.offline.rules.words import Hit, Words
from enrichment.places import forms
from enrichment.places.boilerplate import boilerplate

Part = Literal["title", "company", "location", "description"]

Value = TypeVar("Value")
# More places than these of one value help nobody.
MOST_PLACES = 20
# A list of more phrases is first cut down to those that may be there.
FEW = 3
# A word that stands in more places than these is looked at no further.
MOST_LOOKS = 2_000
# What may stand between two words of a phrase, whatever stands between its own.
_JOINTS = frozenset(
    ("", "-", "–", "/", "'", "’", ".", "&", "+", "\u2010", "\u2011", "\u2012", "_")
)
# A line, or a piece of a long one that ends with a sentence, or else with a word.
_PIECE = re.compile(
    r"[^\n]{1,600}(?:(?<=[.;!?])(?=\s)|(?=\n)|\Z)|[^\n]{1,600}(?=\s)|[^\n]{1,600}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Some characters of one part: `start` up to, but without, `end`."""

    part: Part
    start: int
    end: int


class Text:
    """One part of a posting."""

    def __init__(self, part: Part, source: str) -> None:
        self.part = part
        self.source = source
        told = read(source)
        self._letters, self.orders, self.words = told.letters, told.orders, told.words
        folded = self.words.folded
        if spans := [*self.orders, *boilerplate(folded)]:
            self.words = Words(
                _blanked(self.words.source, spans), folded=_blanked(folded, spans)
            )

    @property
    def is_plain(self) -> bool:
        """Whether no letter of it is odd."""
        return self._letters.is_plain

    @property
    def positions(self) -> dict[str, list[int]]:
        return self.words.positions

    @cached_property
    def forms(self) -> dict[str, list[int]]:
        """The indexes of the words that may be forms of a word, by `forms.keys`."""
        found: dict[str, list[int]] = {}
        for word, indexes in self.positions.items():
            for key in forms.keys(word):
                found.setdefault(key, []).extend(indexes)
        return found

    def present(self, phrases: tuple[str, ...]) -> list[str]:
        """Those whose first word stands in the text: of many, the few worth a look."""
        by_word = _by_first_word(phrases)
        there = by_word.keys() & self.positions.keys()
        return [phrases[n] for n in sorted(n for word in there for n in by_word[word])]

    def hits(self, phrase: str, value: Value) -> Iterator[Hit[Value]]:
        """The places of a phrase that stands for a value, from left to right."""
        sought, positions = as_words(phrase), self.words.positions
        spots = []
        for word in sought.texts:
            if word not in positions:
                return
            spots.append(positions[word])
        if not spots:
            return
        rarest = min(range(len(spots)), key=lambda step: len(spots[step]))
        for index in spots[rarest][:MOST_LOOKS]:
            first = index - rarest
            if self._is_there(sought, first):
                last = first + len(sought) - 1
                text = self.words.text(first, last)
                yield Hit(value=value, first=first, last=last, text=text)

    def _is_there(self, sought: Words, first: int) -> bool:
        words = self.words
        if first < 0 or first + len(sought) > len(words):
            return False
        return words.texts[first : first + len(sought)] == sought.texts and all(
            _joins(words.gap(first + step), sought.gap(step))
            for step in range(1, len(sought))
        )

    def place(self, hit: Hit[Any]) -> Place:
        return self.between(hit.first, hit.last)

    def between(self, first: int, last: int) -> Place:
        """From one word to another, both included."""
        return self.span(self.words.starts[first], self.words.ends[last])

    def span(self, start: int, end: int) -> Place:
        """As it stands in the posting, without the spaces around it."""
        text = self.words.source[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        start, end = self._letters.original(start, end)
        return Place(part=self.part, start=start, end=end)

    @cached_property
    def pieces(self) -> list[tuple[int, str]]:
        """Folded, each with where it begins: what is searched by patterns."""
        pieces = _PIECE.finditer(self.words.folded)
        return [(piece.start(), piece[0]) for piece in pieces]


class Texts:
    """All that the model read of a posting, the description first."""

    def __init__(self, posting: PostingText) -> None:
        self.description = Text("description", posting.description)
        self.title = Text("title", posting.title)
        self.location = Text("location", posting.location)
        self.company = Text("company", posting.company)
        self.all = (self.description, self.title, self.location, self.company)

    def places(
        self, phrases: Iterable[str], *, among: Iterable[Text] = ()
    ) -> tuple[Place, ...]:
        """Where any of the phrases stands."""
        listed = tuple(phrases)
        return first_distinct(
            text.place(hit)
            for text in among or self.all
            for phrase in (text.present(listed) if len(listed) > FEW else listed)
            for hit in text.hits(phrase, None)
        )


@lru_cache(maxsize=20_000)
def as_words(phrase: str) -> Words:
    """A phrase that is sought, written as texts are read."""
    return Words(letters(phrase).text)


@lru_cache(maxsize=2_000)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[int]]:
    """The numbers of the phrases, by the first word of each."""
    found: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for word in as_words(phrase).texts[:1]:
            found.setdefault(word, []).append(number)
    return found


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with line ends instead of these spans, so that nothing runs across them."""
    if not spans:
        return text
    kept, at = [], 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start < end:
            kept += [text[at:start], "\n" * (end - start)]
            at = end
    return "".join((*kept, text[at:]))


def first_of(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(islice(places, MOST_PLACES))


def first_distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """The same where one place may be found twice."""
    found: dict[Place, None] = {}
    for place in places:
        found[place] = None
        if len(found) == MOST_PLACES:
            break
    return tuple(found)


def _joins(gap: str, own: str) -> bool:
    """Whether words with this gap between them belong to one phrase.

    One line break is as good as a space; what begins a list is not.
    """
    bare = gap.strip()
    if gap.count("\n") > 1 or ("\n" in gap and bare):
        return False
    return bare in _JOINTS or bare == own.strip()
