"""Two versions of the instructions beside each other: what went and what came, in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

WORD = re.compile(r"\s+|[^\s]+")
# Beyond so many words a line is shown as another one, whatever is the same in it.
MOST_WORDS = 2_000

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a line; in one that is the same, the only one."""

    text: str
    is_changed: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    kind: Kind
    pieces: tuple[Piece, ...]


def lines(before: str, after: str) -> list[Line]:
    """All lines of both; of one that was changed the old one, and the new one below it."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    found: list[Line] = []
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag == "equal":
            found += [_whole("same", text) for text in old[a_from:a_to]]
        else:
            found += _changed(old[a_from:a_to], new[b_from:b_to])
    return found


def _changed(old: list[str], new: list[str]) -> Iterator[Line]:
    for gone, came in zip_longest(old, new):
        if gone is None or came is None or _are_strangers(gone, came):
            if gone is not None:
                yield _whole("gone", gone)
            if came is not None:
                yield _whole("new", came)
            continue
        yield from _by_words(gone, came)


def _are_strangers(gone: str, came: str) -> bool:
    """So different that marks within the line would hide more than they tell."""
    if max(len(gone), len(came)) > 10 * MOST_WORDS:
        return True
    matcher = difflib.SequenceMatcher(a=WORD.findall(gone), b=WORD.findall(came))
    return matcher.ratio() < 0.4


def _by_words(gone: str, came: str) -> Iterator[Line]:
    a, b = WORD.findall(gone), WORD.findall(came)
    codes = difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes()
    old = [("".join(a[i:j]), tag != "equal") for tag, i, j, _from, _to in codes]
    new = [("".join(b[i:j]), tag != "equal") for tag, _from, _to, i, j in codes]
    yield Line(kind="gone", pieces=_pieces(old))
    yield Line(kind="new", pieces=_pieces(new))


def _pieces(parts: list[tuple[str, bool]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(text=text, is_changed=changed) for text, changed in parts if text
    )


def _whole(kind: Kind, text: str) -> Line:
    return Line(kind=kind, pieces=(Piece(text=text, is_changed=kind != "same"),))
