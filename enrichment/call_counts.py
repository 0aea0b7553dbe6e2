"""Calls by how they ended, at the same cost with a million of them.

Each statement that closes calls adds entries (`enrichment/entries.py`) in its transaction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from enrichment.entries import Entries

# Upper ends in seconds: an answer takes from a quarter of a second to minutes.
BUCKETS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 30.0, 45.0, 60.0, 120.0)
NO_LATENCY = -1
ENTRIES = Entries(
    table="enrichment_callcount",
    keys=("model", "outcome", "error_kind", "bucket"),
    sums=(
        *("calls", "latency_ms", "input_tokens", "cached_tokens", "output_tokens"),
        *("cost_microusd", "unpriced"),
    ),
)
# Entries that a question may sum; beyond, the sweeper makes them few again.
FEW = 400

Entry = dict[str, Any]
"""A value for each column of `ENTRIES`."""


def bucket_of(latency_ms: int | None) -> int:
    if latency_ms is None:
        return NO_LATENCY
    return bisect_left(BUCKETS, latency_ms / 1000)


def add_closed(closed: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Calls with an answer or an error.

    Args:
        closed: of each, the model asked and what its end set (`RESULT_COLUMNS`).
    """
    entries: defaultdict[tuple[Any, ...], list[int]] = defaultdict(
        lambda: [0] * len(ENTRIES.sums)
    )
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
    ENTRIES.add([(*key, *entry) for key, entry in entries.items()])


def add_unanswered(models: Mapping[str, int], *, outcome: str) -> None:
    """Calls that ended without one: in doubt, abandoned, not sent; how many by model."""
    rest = (0,) * (len(ENTRIES.sums) - 1)
    ENTRIES.add(
        [
            (model, outcome, "", NO_LATENCY, calls, *rest)
            for model, calls in models.items()
            if calls
        ]
    )


def sums() -> list[Entry]:
    """One for each model, outcome, kind of error and bucket."""
    return [dict(zip(ENTRIES.columns, row, strict=True)) for row in ENTRIES.summed()]


def compact() -> None:
    """One entry for each of them, where they have become many."""
    ENTRIES.compact(few=FEW)
