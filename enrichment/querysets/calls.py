"""Calls are opened once and closed once; workers tell that they live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Now

from enrichment import bulk

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import LlmCall, Worker  # noqa: F401


# What a call's end sets, with the types; a question mark = may be unknown.
RESULT_COLUMNS = {
    "outcome": "text",
    "error_kind": "text",
    "error_message": "text",
    "http_status": "smallint?",
    "request_id": "text",
    "reported_model": "text",
    "input_tokens": "integer",
    "cached_tokens": "integer",
    "output_tokens": "integer",
    "cost_microusd": "bigint?",
    "latency_ms": "integer?",
    "answer": "text",
}
EMPTY: dict[str, Any] = {
    "text": "",
    "integer": 0,
    "smallint?": None,
    "integer?": None,
    "bigint?": None,
}


class CallQuerySet(models.QuerySet["LlmCall"]):
    def open_in(self, batch_id: int) -> CallQuerySet:
        """Calls that nobody has closed: in flight, or lost with their worker."""
        return self.filter(batch_id=batch_id, outcome="open")

    def close(self, results: Mapping[int, Mapping[str, Any]]) -> set[int]:
        """open, in doubt -> answered or failed. A late answer still counts as one.

        Args:
            results: by id, values of `RESULT_COLUMNS`; those left out are empty.

        Returns:
            Ids of those that were closed here.
        """
        rows = [
            (
                pk,
                *(
                    result.get(name, EMPTY[kind])
                    for name, kind in RESULT_COLUMNS.items()
                ),
            )
            for pk, result in results.items()
        ]
        closed = bulk.update_each(
            self.model._meta.db_table,
            rows,
            key="id",
            columns={name: kind.rstrip("?") for name, kind in RESULT_COLUMNS.items()},
            also=f"finished_at = {bulk.now()}",
            condition="t.outcome IN ('open', 'in_doubt')",
        )
        return set(closed)

    def abandon(self, call_ids: Sequence[int]) -> int:
        """open -> abandoned: the worker was told to stop before an answer came."""
        return self.filter(pk__in=call_ids, outcome="open").update(
            outcome="abandoned", finished_at=Now()
        )

    def doubt(self) -> int:
        """open -> in doubt: the worker died before an answer came."""
        return self.filter(outcome="open").update(outcome="in_doubt", finished_at=Now())

    def unsend(self, call_ids: Sequence[int]) -> int:
        """open -> not sent: put on record, but stopped before its start."""
        return self.filter(pk__in=call_ids, outcome="open").update(
            outcome="unsent", finished_at=Now()
        )


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, *, within: float) -> WorkerQuerySet:
        """Those seen in the last so many seconds."""
        return self.filter(seen_at__gt=Now() - timedelta(seconds=within))

    def beat(self, name: str, *, processes: int) -> None:
        """A sign of life."""
        self.update_or_create(
            name=name, defaults={"seen_at": Now(), "processes": processes}
        )

    def forget(self, *, after: float) -> int:
        """Delete those silent for so many seconds."""
        silent = self.filter(seen_at__lt=Now() - timedelta(seconds=after))
        return silent.delete()[0]
