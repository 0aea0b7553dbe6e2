"""Files of JSON Lines, with what is wrong in them told by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn


class FieldError(Exception):
    """A value of one field is no use."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class BadFileError(Exception):
    """For a person, by file, line and, where it is one field's, field."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line's object."""

    path: str
    line: int
    values: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """Source and id, by which labels find their posting.

        Raises:
            BadFileError: one is missing, or no text.
        """
        return self.text("source"), self.text("external_id")

    def text(self, field: str, *, default: str | None = None) -> str:
        """
        Raises:
            BadFileError: it isn't a text.
        """
        value = self.values.get(field, default)
        if not isinstance(value, str):
            self.refuse(field, "missing" if value is None else "expected a text")
        return value

    def refuse(self, field: str, reason: str) -> NoReturn:
        raise BadFileError(f"{self.path}, line {self.line}, field {field}: {reason}")


def rows(path: str) -> Iterator[Row]:
    """
    Raises:
        BadFileError: it can't be read, or a line isn't a JSON object.
    """
    name = Path(path).name
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _row(name, number, line)
    except UnicodeDecodeError:
        raise BadFileError(f"{name}: not UTF-8") from None
    except OSError as error:
        raise BadFileError(f"{name}: {error.strerror or error}") from error


def _row(name: str, number: int, line: str) -> Row:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"not valid JSON: {error.msg}, column {error.colno}"
        raise BadFileError(f"{name}, line {number}: {reason}") from None
    except (RecursionError, ValueError):
        raise BadFileError(f"{name}, line {number}: not valid JSON") from None
    if not isinstance(values, dict):
        raise BadFileError(f"{name}, line {number}: expected an object")
    return Row(path=name, line=number, values=values)
