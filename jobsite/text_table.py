"""A table in plain text, by the width that characters have on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP = " "


@dataclass(frozen=True, kw_only=True)
class Column:
    """`width` counts terminal cells; a longer text is cut."""

    name: str
    width: int


def lines(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[str]:
    """The head, a rule, and a line for each row."""
    head = [column.name for column in columns]
    rule = ["─" * column.width for column in columns]
    return [_line(columns, cells) for cells in (head, rule, *rows)]


def _line(columns: Sequence[Column], cells: Sequence[str]) -> str:
    parts = [
        fitted(cell, column.width) for column, cell in zip(columns, cells, strict=True)
    ]
    return GAP.join(parts).rstrip()


def fitted(text: str, width: int) -> str:
    """Of exactly that width, on one line."""
    # Line breaks and escape sequences of a text from outside would spoil the terminal.
    text = "".join(c if c.isprintable() else " " for c in text)
    if width_of(text) > width:
        text = _start_of(text, width - 1) + "…"
    return text + " " * (width - width_of(text))


def width_of(text: str) -> int:
    return sum(map(_cells, text))


def _start_of(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > width:
            return text[:index]
    return text


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
