"""CSV with a header line; the delimiter is a comma, a semicolon or a tab."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from jobs.importing.rows import (
    MAX_ROW_BYTES,
    MAX_ROW_TEXT,
    BrokenFileError,
    Reason,
    Row,
)
from jobs.importing.text import read_lines

DELIMITERS = ",;\t"
REQUIRED = ("title", "description")
MAX_COLUMNS = 1000

# Python's own limit on one field (128 kB) is less than some descriptions. The row's limit
# is kept by `_Record`, which also knows where a quote that stays open began.
csv.field_size_limit(MAX_ROW_BYTES * 2)


def read_csv(file: BinaryIO) -> Iterator[Row]:
    """Each record under its header's names; those names are taken in lower case.

    Raises:
        BrokenFileError: no header with title and description, a quote that is never closed,
            or one in the wrong place.
    """
    lines = read_lines(file)
    first = next(lines, "")
    if not first.strip():
        raise BrokenFileError("no header line", line=1)
    delimiter = _delimiter(first)
    record = _Record(chain([first], lines))
    records = csv.reader(record.lines(), delimiter=delimiter, strict=True)
    header = [name.strip().lower() for name in _next(records, record) or []]
    _check_header(header)
    number = 0
    while (cells := _next(records, record)) is not None:
        if not cells:
            continue
        number += 1
        yield _row(header, cells, number=number, record=record)


class _Record:
    """The lines of the record that is being read: where it starts, how long it gets."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.start = 0
        self.line = 0
        self.size = 0
        self.ended = True

    def lines(self) -> Iterator[str]:
        for text in self._lines:
            self.line += 1
            self.size += len(text)
            self.ended = text.endswith("\n")
            if self.size > MAX_ROW_BYTES:
                raise BrokenFileError(
                    f"a row of over {MAX_ROW_TEXT}; perhaps a quote is never closed",
                    line=self.start,
                )
            yield text

    def begin(self) -> None:
        self.start = self.line + 1
        self.size = 0


def _next(records: Iterator[list[str]], record: _Record) -> list[str] | None:
    record.begin()
    try:
        return next(records, None)
    except csv.Error as error:
        if str(error) == "unexpected end of data":
            reason = "a quoted field of this row is never closed"
            raise BrokenFileError(reason, line=record.start) from error
        reason = f"not valid CSV: {error}".replace("\t", r"\t")
        if reason.startswith("not valid CSV: new-line character"):
            reason = "a carriage return without a line feed; save with other line ends"
        raise BrokenFileError(reason, line=record.line) from error


def _delimiter(header: str) -> str:
    """The one under which the header has the most of what it must have."""

    def rank(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        names = {cell.strip().lower() for cell in cells}
        return len(names.intersection(REQUIRED)), len(cells)

    return max(DELIMITERS, key=rank)


def _check_header(header: list[str]) -> None:
    if len(header) > MAX_COLUMNS:
        raise BrokenFileError(
            f"the header has {len(header):,} columns; at most {MAX_COLUMNS:,} are read",
            line=1,
        )
    for name in REQUIRED:
        if name not in header:
            columns = ", ".join(repr(column)[1:-1] for column in header)[:200]
            raise BrokenFileError(
                f'the header has no column "{name}"; its columns: {columns}', line=1
            )
    for name in header:
        if name and header.count(name) > 1:
            raise BrokenFileError(f"the header has {name!r} twice", line=1)


def _row(header: list[str], cells: list[str], *, number: int, record: _Record) -> Row:
    problem = None
    if len(cells) != len(header):
        if len(cells) < len(header) and not record.ended:
            raise BrokenFileError(
                "the file ends in the middle of this row", line=record.start
            )
        problem = Reason(
            summary="not as many cells as the header has",
            detail=f"{len(cells)} instead of {len(header)}",
        )
    values = {} if problem else dict(zip(header, cells, strict=True))
    values.pop("", None)
    return Row(number=number, line=record.start, values=values, problem=problem)
