"""Counts kept as entries that add up, so that nobody waits for a counter's row.

Entries are added in the transaction of what they count. Their sums are what counts, and the
sweeper makes them few again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from enrichment import bulk


@dataclass(frozen=True, kw_only=True)
class Entries:
    """A table of them: entries alike in the columns of `keys` add up in those of `sums`."""

    table: str
    keys: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.keys, *self.sums)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """By one statement; each row has a value for each of `columns`."""
        if rows:
            bulk.change(
                f"INSERT INTO {self.table} ({', '.join(self.columns)})"  # noqa: S608
                f" VALUES {bulk.marks(len(rows), columns=len(self.columns))}",
                [value for row in rows for value in row],
            )

    def summed(self) -> list[tuple[Any, ...]]:
        """A row for each group, in the order of the keys."""
        keys = len(self.keys)
        rows = bulk.fetch(f"{self._sum} FROM {self.table} {self._group}", [])
        # PostgreSQL's sums of bigint are decimals.
        return sorted((*row[:keys], *map(int, row[keys:])) for row in rows)

    def compact(self, *, few: int) -> None:
        """One entry for each group, where there are more than so many entries."""
        [(count,)] = bulk.fetch(f"SELECT count(*) FROM {self.table}", [])  # noqa: S608
        if count <= few:
            return
        if connection.vendor == "postgresql":
            self._compact_at_once()
            return
        with transaction.atomic():  # SQLite's transactions are alone
            summed = self.summed()
            bulk.change(f"DELETE FROM {self.table}", [])  # noqa: S608
            self.add([row for row in summed if any(row[len(self.keys) :])])

    def _compact_at_once(self) -> None:
        """One statement sees one moment, so no entry that comes meanwhile is lost.

        Of two at once the second finds the entries gone that the first took.
        """
        columns = ", ".join(self.columns)
        nonzero = " OR ".join(f"sum({name}) <> 0" for name in self.sums)
        bulk.change(
            f"WITH taken AS (DELETE FROM {self.table} RETURNING {columns})"  # noqa: S608
            f" INSERT INTO {self.table} ({columns})"
            f" {self._sum} FROM taken {self._group} HAVING {nonzero}",
            [],
        )

    @property
    def _sum(self) -> str:
        sums = (f"sum({name})" for name in self.sums)
        return f"SELECT {', '.join((*self.keys, *sums))}"

    @property
    def _group(self) -> str:
        return f"GROUP BY {', '.join(self.keys)}"
