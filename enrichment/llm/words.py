"""Words of a text: folded, and where each of them stands.

A text is cut once, whatever is sought in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from enrichment.llm.letters import fold

# Names of languages that letters alone don't hold: .NET, C++, C#. Tokenised corpora write
# ". NET".
_WORD = re.compile(
    r"([^\W_]+(?:(?<=\b[cC])\+\+|(?<=\b[cfjCFJ])#)?|(?<!\w)\.(?:[ ]?NET|[nN]et)(?!\w))"
)


class Word(NamedTuple):
    """`text` is folded."""

    text: str
    start: int
    end: int


class Words:
    """A piece of text with its words; `folded` where it is at hand already.

    Of the word at an index `texts`, `starts` and `ends` tell the same as `items`, at less cost.
    """

    def __init__(self, source: str, *, folded: str | None = None) -> None:
        self.source = source
        if folded is not None:
            self.__dict__["folded"] = folded

    @cached_property
    def folded(self) -> str:
        return fold(self.source)

    @cached_property
    def _has_names(self) -> bool:
        """Whether it may have names whose case or accents tell that they are one."""
        folded = self.folded
        if ".net" in folded or ". net" in folded:
            return True
        return not self.source.isascii() and ("++" in folded or "#" in folded)

    @cached_property
    def _pieces(self) -> list[str]:
        """What stands between words, and words, in turn."""
        return _WORD.split(self.source if self._has_names else self.folded)

    @cached_property
    def _bounds(self) -> list[int]:
        return list(accumulate(map(len, self._pieces)))

    @cached_property
    def starts(self) -> list[int]:
        return self._bounds[:-1:2]

    @cached_property
    def ends(self) -> list[int]:
        return self._bounds[1::2]

    @cached_property
    def texts(self) -> list[str]:
        """The words, folded."""
        if not self._has_names:
            return self._pieces[1::2]
        folded = self.folded
        return [
            folded[start:end].replace(" ", "")
            for start, end in zip(self.starts, self.ends, strict=True)
        ]

    @cached_property
    def items(self) -> list[Word]:
        new = tuple.__new__  # past a call in Python for each
        words = zip(self.texts, self.starts, self.ends, strict=True)
        return [new(Word, word) for word in words]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.texts)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The indexes of each word."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.texts):
            if word in found:
                found[word].append(index)
            else:
                found[word] = [index]
        return found

    def __len__(self) -> int:
        return len(self.texts)

    def gap(self, index: int) -> str:
        """The text between a word and the one before it."""
        return self.source[self.ends[index - 1] : self.starts[index]]

    def before(self, index: int, count: int = 1) -> list[str]:
        return self.texts[max(0, index - count) : index]

    def after(self, index: int, count: int = 1) -> list[str]:
        """The words that follow the one at `index`."""
        return self.texts[index + 1 : index + 1 + count]

    def text(self, first: int, last: int) -> str:
        """The source from one word to another, both included."""
        return self.source[self.starts[first] : self.ends[last]]


def lines_with(stems: Iterable[str], folded: str) -> Iterator[tuple[int, int]]:
    """Where the lines stand that have one of these in them, from left to right."""
    return lines_at(folded, (at for stem in stems for at in _spots(stem, folded)))


def _spots(stem: str, folded: str) -> Iterator[int]:
    """One in each line is enough."""
    at = folded.find(stem)
    while at >= 0:
        yield at
        line_end = folded.find("\n", at)
        at = folded.find(stem, line_end) if line_end >= 0 else -1


def lines_at(folded: str, positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines around these, each once, from left to right."""
    for start in sorted({folded.rfind("\n", 0, at) + 1 for at in positions}):
        end = folded.find("\n", start)
        yield start, end if end >= 0 else len(folded)
