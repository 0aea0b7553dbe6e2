"""JSON Lines: one object a line, empty lines ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jobs.importing.json_values import JSON, object_row, plain_reason
from jobs.importing.rows import BrokenFileError, Row
from jobs.importing.text import read_lines

WHITESPACE = " \t\r\n"


def read_jsonl(file: BinaryIO) -> Iterator[Row]:
    """Each line's object.

    Raises:
        BrokenFileError: a line isn't JSON, or the file isn't one of lines.
    """
    number = 0
    for line, text in enumerate(read_lines(file), 1):
        stripped = text.rstrip(WHITESPACE)
        if not stripped:
            continue
        number += 1
        start = len(stripped) - len(stripped.lstrip(WHITESPACE))
        try:
            value, end = JSON.raw_decode(stripped, start)
        except (ValueError, RecursionError) as error:
            reason, position = plain_reason(error)
            if number == 1 and position == len(stripped):
                reason += "; for one JSON value over several lines use --format json"
            column = (start if position is None else position) + 1
            raise BrokenFileError(reason, line=line, column=column) from error
        if end != len(stripped):
            raise BrokenFileError(
                "not valid JSON: more text after the end of the value",
                line=line,
                column=end + 1,
            )
        if number == 1 and isinstance(value, list):
            raise BrokenFileError(
                "a JSON array, not one object a line; use --format json", line=line
            )
        yield object_row(value, number=number, line=line)
