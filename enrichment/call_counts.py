"""Calls by how they ended, at the same cost with a million of them.

Each statement that closes calls adds entries in its transaction, so that nobody waits for a
counter's row; their sums are what counts. The sweeper makes them few again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from enrichment import bulk

TABLE = "enrichment_callcount"
# Upper ends in seconds: an answer takes from a quarter of a second to minutes.
BUCKETS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 30.0, 45.0, 60.0, 120.0)
NO_LATENCY = -1
KEYS = ("model", "outcome", "error_kind", "bucket")
SUMS = (
    *("calls", "latency_ms", "input_tokens", "cached_tokens", "output_tokens"),
    *("cost_microusd", "unpriced"),
)
COLUMNS = (*KEYS, *SUMS)
# Entries that a question may sum; beyond, the sweeper makes them few again.
FEW = 400
SUMMED = f"SELECT {', '.join(KEYS)}, {', '.join(f'sum({name})' for name in SUMS)}"
# One statement sees one moment: see `enrichment/tally.py`.
COMPACT = (
    f"WITH taken AS (DELETE FROM {TABLE} RETURNING {', '.join(COLUMNS)})"  # noqa: S608
    f" INSERT INTO {TABLE} ({', '.join(COLUMNS)})"
    f" {SUMMED} FROM taken GROUP BY {', '.join(KEYS)}"
)

Entry = dict[str, Any]
"""A value for each of `COLUMNS`."""


def bucket_of(latency_ms: int | None) -> int:
    if latency_ms is None:
        return NO_LATENCY
    return bisect_left(BUCKETS, latency_ms / 1000)


def add_closed(closed: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Calls with an answer or an error.

    Args:
        closed: of each, the model asked and what its end set (`RESULT_COLUMNS`).
    """
    entries: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * 7)
    for model, result in closed:
        latency, cost = result.get("latency_ms"), result.get("cost_microusd")
        kind = str(result.get("error_kind", ""))
        answered = latency is not None
        key = (model, str(result["outcome"]), kind, bucket_of(latency))
        amounts = (
            *(1, latency or 0, result.get("input_tokens", 0)),
            *(result.get("cached_tokens", 0), result.get("output_tokens", 0)),
            *(cost or 0, int(answered and cost is None)),
        )
        entry = entries[key]
        for number, amount in enumerate(amounts):
            entry[number] += amount
    _insert([(*key, *entry) for key, entry in entries.items()])


def add_unanswered(models: Mapping[str, int], *, outcome: str) -> None:
    """Calls that ended without one: in doubt, abandoned, not sent; how many by model."""
    rest = (0,) * (len(SUMS) - 1)
    _insert(
        [
            (model, outcome, "", NO_LATENCY, calls, *rest)
            for model, calls in models.items()
            if calls
        ]
    )


def sums() -> list[Entry]:
    """One for each model, outcome, kind of error and bucket."""
    statement = f"{SUMMED} FROM {TABLE} GROUP BY {', '.join(KEYS)}"
    rows = bulk.fetch(statement, [])
    return [
        {name: _whole(value) for name, value in zip(COLUMNS, row, strict=True)}
        for row in sorted(rows)
    ]


def compact() -> None:
    """One entry for each of them, where they have become many."""
    [(count,)] = bulk.fetch(f"SELECT count(*) FROM {TABLE}", [])  # noqa: S608
    if count <= FEW:
        return
    if connection.vendor == "postgresql":
        bulk.change(COMPACT, [])
        return
    with transaction.atomic():  # SQLite's transactions are alone
        summed = sums()
        bulk.change(f"DELETE FROM {TABLE}", [])  # noqa: S608
        _insert([tuple(entry[name] for name in COLUMNS) for entry in summed])


def _insert(rows: list[tuple[Any, ...]]) -> None:
    if rows:
        bulk.change(
            f"INSERT INTO {TABLE} ({', '.join(COLUMNS)})"  # noqa: S608
            f" VALUES {bulk.marks(len(rows), columns=len(COLUMNS))}",
            [value for row in rows for value in row],
        )


def _whole(value: Any) -> Any:
    """PostgreSQL's sums of bigint are decimals."""
    return value if isinstance(value, str) else int(value)
