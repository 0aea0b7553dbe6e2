"""A JSON array of objects, an object that has one under `jobs` or `postings`, or one job.

Read through a window of text that grows to the longest row, so that a file of any size
takes little memory and every fault has a line and a column.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from jobs.importing import shapes
from jobs.importing.json_values import (
    JSON,
    is_cut_off,
    object_row,
    plain_reason,
    type_name,
)
from jobs.importing.rows import MAX_ROW_BYTES, MAX_ROW_TEXT, BrokenFileError, Row
from jobs.importing.text import not_utf8, nul_byte, without_mark

BLOCK = 256 * 1024
WHITESPACE = " \t\r\n"
LIST_KEYS = ("jobs", "postings")


def read_json(file: BinaryIO) -> Iterator[Row]:
    """Each object of the list.

    Raises:
        BrokenFileError: not JSON, or JSON without such a list.
    """
    window = Window(file)
    match window.peek():
        case "[":
            yield from _array(window)
        case "{":
            yield from _object(window)
        case "":
            raise BrokenFileError("the file is empty", line=1)
        case _:
            raise window.broken("expected a list of objects: [ or {")
    if following := window.peek():
        hint = "; for one object a line use --format jsonl" if following == "{" else ""
        raise window.broken(f"more text after the end of the JSON value{hint}")


def _array(window: Window) -> Iterator[Row]:
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    number = 0
    while True:
        number += 1
        window.peek()
        line, _column = window.place()
        yield object_row(window.value(), number=number, line=line)
        if window.peek() != ",":
            break
        window.take(",")
        if window.peek() == "]":
            raise window.broken("not valid JSON: a comma before the closing ]")
    window.take("]")


def _object(window: Window) -> Iterator[Row]:
    """The rows of the one list; every other key is read over, unless all are one job's."""
    found = ""
    line, _column = window.place()
    start = window.offset
    whole: dict[str, object] = {}
    window.take("{")
    while window.peek() != "}":
        if window.peek() != '"':
            raise window.broken("not valid JSON: expected a name in double quotes")
        name = str(window.value())
        window.take(":")
        if name in LIST_KEYS:
            if found:
                raise window.broken(f'two lists, "{found}" and "{name}"')
            found, whole = name, {}
            if window.peek() != "[":
                raise window.broken(f'"{name}" is not a list')
            yield from _array(window)
        elif found or window.offset - start > MAX_ROW_BYTES:
            window.value()
        else:
            whole[name] = window.value()
        if window.peek() != ",":
            break
        window.take(",")
        if window.peek() == "}":
            raise window.broken("not valid JSON: a comma before the closing }")
    window.take("}")
    if found:
        return
    if window.offset - start > MAX_ROW_BYTES:
        raise window.broken(
            f'an object of over {MAX_ROW_TEXT}, without a list under "jobs" or "postings"'
        )
    # Of one line, with another in the next, it is JSON Lines.
    if shapes.of(whole) and not window.peek():
        yield object_row(whole, number=1, line=line)
    else:
        hint = "; for one object a line use --format jsonl"
        raise window.broken(
            'an object without a list under "jobs" or "postings"'
            + (hint if window.peek() == "{" else "")
        )


class Window:
    """The part of the file's text from the current position on."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._position = 0
        self._passed = 0
        self._started = False
        self._ended = False
        # The line of `_counted`, and where that line starts (negative: before the window).
        self._counted = 0
        self._line = 1
        self._line_start = 0

    @property
    def offset(self) -> int:
        """How many characters were passed."""
        return self._passed + self._position

    def place(self, position: int | None = None) -> tuple[int, int]:
        """Line and column, from 1, of the current position or one after it."""
        end = self._position if position is None else position
        newlines = self._text.count("\n", self._counted, end)
        if newlines:
            self._line += newlines
            self._line_start = self._text.rindex("\n", self._counted, end) + 1
        self._counted = max(self._counted, end)
        return self._line, end - self._line_start + 1

    def broken(self, reason: str, position: int | None = None) -> BrokenFileError:
        line, column = self.place(position)
        return BrokenFileError(reason, line=line, column=column)

    def peek(self) -> str:
        """The next character that isn't white space; nothing at the end."""
        while True:
            while self._position < len(self._text):
                character = self._text[self._position]
                if character not in WHITESPACE:
                    return character
                self._position += 1
            if self._ended:
                return ""
            self._grow()

    def take(self, expected: str) -> None:
        found = self.peek()
        if not found:
            raise self.broken(f"not valid JSON: the file ends before {expected}")
        if found != expected:
            raise self.broken(f"not valid JSON: expected {expected}")
        self._position += 1

    def value(self) -> object:
        """The JSON value at the current position, and move past it."""
        if not self.peek():
            raise self.broken("not valid JSON: the file ends before a value")
        while True:
            try:
                value, end = JSON.raw_decode(self._text, self._position)
            except (ValueError, RecursionError) as error:
                if self._ended or not is_cut_off(error):
                    raise self.broken(*plain_reason(error)) from error
                # Perhaps only the window ends here.
                if self._length() > MAX_ROW_BYTES:
                    raise self.broken(
                        f"a value of over {MAX_ROW_TEXT}, or one that never ends"
                    ) from error
                self._grow()
                continue
            if end == len(self._text) and not self._ended:
                self._grow()
                continue
            if end - self._position > MAX_ROW_BYTES:
                raise self.broken(f"{type_name(value)} of over {MAX_ROW_TEXT}")
            self._position = end
            return value

    def _length(self) -> int:
        return len(self._text) - self._position

    def _grow(self) -> None:
        """Read on, twice as much each time that a value doesn't fit."""
        self.place()
        self._text = self._text[self._position :]
        self._line_start -= self._position
        self._passed += self._position
        self._position = self._counted = 0
        raw = self._file.read(max(BLOCK, len(self._text)))
        if not self._started:
            raw = without_mark(raw)
            self._started = True
        self._ended = not raw
        try:
            self._text += self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            self._text += error.object[: error.start].decode()
            raise self.broken(not_utf8(error), len(self._text)) from error
        if "\0" in self._text:
            raise self.broken(nul_byte(), self._text.index("\0"))
