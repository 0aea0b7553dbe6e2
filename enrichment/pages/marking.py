"""A posting's text with the values of its facts marked where they stand.

Texts stay plain: templates escape them. Marks that touch or overlap are one, and lead to
the facts that they belong to; each fact leads to its first mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from enrichment.llm.posting import PostingText
from enrichment.places import Found

# As the reader knows them; the model reads the text as it is.
_BULLET = re.compile(r"\s*[-–—*•·▪●○◦→►✓✔]\s+")
# Also an empty one: it ends a paragraph.
_LINE = re.compile(r"([^\r\n]*)(?:\r?\n|\r|\Z)")
MAX_LEAD_CHARS = 80

Kind = Literal["text", "list", "lead"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """What is said of the marks of one fact."""

    group: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """`keys` name the values, as `enrichment/places` does, and `labels` their facts.

    `group` is that of the first one; it gives the colour.
    """

    start: int
    end: int
    anchor: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    group: str

    @property
    def key(self) -> str:
        """The value that it leads to."""
        return self.keys[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some of the text. `anchor` stands at the first piece of a mark only: ids are unique."""

    text: str
    mark: Mark | None = None
    anchor: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph, a list, or a line that leads one in; each a list of lines."""

    kind: Kind
    lines: list[list[Piece]]


@dataclass(frozen=True, kw_only=True)
class MarkedText:
    """`anchors` says where a value's first mark is, by the value's key."""

    title: list[Piece]
    location: list[Piece]
    blocks: list[Block]
    anchors: Mapping[str, str] = field(default_factory=dict)


def mark(
    posting: PostingText, found: Iterable[Found], *, captions: Mapping[str, Caption]
) -> MarkedText:
    """`captions` by fact; what has none is not marked."""
    known = [value for value in found if value.field in captions]
    title, location, description = (
        _Painter(text, _marks(known, part=part, captions=captions))
        for part, text in (
            ("title", posting.title),
            ("location", posting.location),
            ("description", posting.description),
        )
    )
    anchors: dict[str, str] = {}
    for painter in (location, description, title):
        for one in painter.marks:
            for key in one.keys:
                anchors.setdefault(key, one.anchor)
    return MarkedText(
        title=title.pieces(0, len(posting.title)),
        location=location.pieces(0, len(posting.location)),
        blocks=_with_leads(list(_blocks(description))),
        anchors=anchors,
    )


def _marks(
    found: Iterable[Found], *, part: str, captions: Mapping[str, Caption]
) -> list[Mark]:
    """From left to right, joined where they touch."""
    spots = sorted(
        (place.start, place.end, value.key, value.field)
        for value in found
        for place in value.places
        # A whole title in colour would say nothing.
        if place.part == part and not (part == "title" and value.field == "title")
    )
    marks: list[Mark] = []
    for start, end, key, name in spots:
        last = marks[-1] if marks else None
        if last is not None and start < last.end:
            marks[-1] = replace(
                last,
                end=max(end, last.end),
                keys=_with(last.keys, key),
                labels=_with(last.labels, captions[name].label),
            )
        else:
            marks.append(
                Mark(
                    start=start,
                    end=end,
                    anchor=f"{part}-{len(marks)}",
                    keys=(key,),
                    labels=(captions[name].label,),
                    group=captions[name].group,
                )
            )
    return marks


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


class _Painter:
    """Cuts a text into pieces along its marks."""

    def __init__(self, text: str, marks: list[Mark]) -> None:
        self.text = text
        self.marks = marks
        self._ends = [one.end for one in marks]
        self._anchored: set[str] = set()

    def pieces(self, start: int, end: int) -> list[Piece]:
        found: list[Piece] = []
        for one in self.marks[bisect_right(self._ends, start) :]:
            if one.start >= end:
                break
            first, last = max(one.start, start), min(one.end, end)
            if start < first:
                found.append(Piece(text=self.text[start:first]))
            anchor = "" if one.anchor in self._anchored else one.anchor
            self._anchored.add(one.anchor)
            found.append(Piece(text=self.text[first:last], mark=one, anchor=anchor))
            start = last
        if start < end:
            found.append(Piece(text=self.text[start:end]))
        return found


def _blocks(painter: _Painter) -> Iterator[Block]:
    """Lines of one kind without an empty one between them are a block."""
    kind: Kind = "text"
    lines: list[list[Piece]] = []
    for line in _LINE.finditer(painter.text):
        bullet = _BULLET.match(line[1])
        now: Kind = "list" if bullet else "text"
        start = line.start() + (bullet.end() if bullet else 0)
        pieces = painter.pieces(start, line.end(1))
        if lines and (now != kind or not line[1].strip()):
            yield Block(kind=kind, lines=lines)
            lines = []
        if any(piece.text.strip() for piece in pieces):
            kind = now
            lines.append(pieces)
    if lines:
        yield Block(kind=kind, lines=lines)


def _with_leads(blocks: list[Block]) -> list[Block]:
    """A short line that something follows is what headings look like in plain text."""
    return [
        replace(block, kind="lead") if following and _is_lead(block) else block
        for block, following in zip_longest(blocks, blocks[1:])
    ]


def _is_lead(block: Block) -> bool:
    if block.kind != "text" or len(block.lines) > 1:
        return False
    text = "".join(piece.text for piece in block.lines[0]).strip()
    return len(text) <= MAX_LEAD_CHARS and text[-1] not in ".,;!"
