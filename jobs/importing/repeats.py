"""Which rows of a file name a posting that an earlier row of it named.

Remembered in a temporary database file, so that a file of any length takes little memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Repeat:
    row: int
    earlier_row: int


class SeenKeys:
    """The keys of one file's rows with their row numbers and, in a dry run, their states."""

    def __init__(self) -> None:
        # An empty name is SQLite's for a temporary file that it removes by itself.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(
            "CREATE TABLE seen (key BLOB PRIMARY KEY, row INTEGER, state BLOB)"
            " WITHOUT ROWID"
        )

    def close(self) -> None:
        self._database.close()

    def add(self, rows: Sequence[tuple[int, Key]]) -> list[Repeat]:
        """Remember a chunk's rows (number and key), and tell which of them are repeats."""
        earlier = {
            key: row for key, (row, _state) in self._find(k for _, k in rows).items()
        }
        repeats = []
        for number, key in rows:
            if key in earlier:
                repeats.append(Repeat(row=number, earlier_row=earlier[key]))
            earlier[key] = number
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO seen (key, row) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET row = excluded.row",
            [(_name(key), earlier[key]) for _number, key in rows],
        )
        self._database.execute("COMMIT")
        return repeats

    def states(self, keys: Iterable[Key]) -> dict[Key, bytes]:
        return {key: state for key, (_row, state) in self._find(keys).items() if state}

    def keep_states(self, states: Mapping[Key, bytes]) -> None:
        """For keys that were added."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "UPDATE seen SET state = ? WHERE key = ?",
            [(state, _name(key)) for key, state in states.items()],
        )
        self._database.execute("COMMIT")

    def _find(self, keys: Iterable[Key]) -> dict[Key, tuple[int, bytes | None]]:
        names = {_name(key): key for key in keys}
        marks = ",".join("?" * len(names))
        found = self._database.execute(
            f"SELECT key, row, state FROM seen WHERE key IN ({marks})",  # noqa: S608
            list(names),
        )
        return {names[name]: (row, state) for name, row, state in found}


def _name(key: Key) -> bytes:
    return blake2b("\0".join(key).encode(), digest_size=16).digest()
