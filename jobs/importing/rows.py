"""What a reader gives and raises: rows in the order of the file, or where it is broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# No posting is this long; a line that is comes from a file of another kind.
MAX_ROW_BYTES = 5_000_000
MAX_ROW_TEXT = "5 MB"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a row is rejected: `summary` is the same for all rows with the same fault."""

    summary: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.summary} ({self.detail})" if self.detail else self.summary


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the employer says beside the text; see `jobs/importing/given.py`."""

    facts: Mapping[str, Any]
    raw: Mapping[str, str]
    more: Mapping[str, Any]

    @property
    def stored(self) -> dict[str, Any]:
        """As a posting keeps it."""
        parts = {"facts": self.facts, "raw": self.raw, "more": self.more}
        return {name: dict(part) for name, part in parts.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record; with a `problem` where it isn't a set of named values at all.

    `number` counts records from 1. `line` is where the record starts, which differs as soon
    as there is a header, an empty line or a record of several lines.

    `given` is None where the file's format has no facts beside the text: those that are
    stored stay. `notes` tell of values that were left out. `skipped` says why a record is
    none of a posting, and no fault either.
    """

    number: int
    line: int
    values: Mapping[str, object]
    problem: Reason | None = None
    given: Given | None = None
    notes: tuple[Reason, ...] = ()
    skipped: str = ""


class BrokenFileError(Exception):
    """The file can't be read as what it claims to be, so nothing of it is imported."""

    def __init__(
        self, reason: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column

    def located(self, name: str) -> str:
        """`FILE:LINE:COLUMN: reason`, as far as they are known."""
        place = ":".join(str(part) for part in (self.line, self.column) if part)
        return f"{name}:{place}: {self.reason}" if place else f"{name}: {self.reason}"
