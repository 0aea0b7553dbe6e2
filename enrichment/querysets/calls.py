"""Calls are opened once and closed once; workers tell that they live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from django.db.models.functions import Now

from enrichment import bulk, call_counts

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import LlmCall, Worker  # noqa: F401


# What a call is put on record with.
OPENING_COLUMNS = (
    *("posting_id", "batch_id", "batch_attempt", "try_number", "provider"),
    *("model", "prompt_version", "schema_version", "content_hash"),
)
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


class Stored(NamedTuple):
    """A stored answer, and the schema that it was asked by."""

    pk: int
    content_hash: str
    answer: str
    schema_version: int


class CallQuerySet(models.QuerySet["LlmCall"]):
    def open_in(self, batch_id: int) -> CallQuerySet:
        """Calls that nobody has closed: in flight, or lost with their worker."""
        return self.filter(batch_id=batch_id, outcome="open")

    def open(self, calls: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Put calls on record by one statement.

        Args:
            calls: values of all `OPENING_COLUMNS`.

        Returns:
            Their ids by content hash: no two open calls have one text.

        Raises:
            IntegrityError: a text is being asked about, or a posting is gone.
        """
        unknown = {
            name: "0" if kind == "integer" else "''"
            for name, kind in RESULT_COLUMNS.items()
            if not kind.endswith("?")
        }
        fixed = {**unknown, "outcome": "'open'", "started_at": bulk.now()}
        row = f"({bulk.marks(len(OPENING_COLUMNS))}, {', '.join(fixed.values())})"
        statement = (
            f"INSERT INTO {self.model._meta.db_table}"  # noqa: S608
            f" ({', '.join([*OPENING_COLUMNS, *fixed])})"
            f" VALUES {', '.join([row] * len(calls))} RETURNING content_hash, id"
        )
        values = [call[name] for call in calls for name in OPENING_COLUMNS]
        return dict(bulk.fetch(statement, values))

    def answers_to(
        self, content_hashes: Sequence[str], *, batch_id: int | None, **asked: Any
    ) -> list[Stored]:
        """Stored answers, the oldest first.

        Args:
            content_hashes: of the texts looked for.
            batch_id: whose calls are looked at; None = all.
            asked: model and version of the prompt that the calls had.
        """
        if not content_hashes:
            return []
        conditions = asked if batch_id is None else {**asked, "batch_id": batch_id}
        # A join and a literal, else SQLite goes through all answers for the few texts.
        statement = (
            f"WITH given (text) AS (VALUES {bulk.marks(len(content_hashes), columns=1)})"  # noqa: S608
            f" SELECT id, content_hash, answer, schema_version FROM given"
            f" JOIN {self.model._meta.db_table} ON content_hash = given.text"
            f" WHERE outcome = 'ok' AND {' AND '.join(f'{name} = %s' for name in conditions)}"
        )
        rows = bulk.fetch(statement, [*content_hashes, *conditions.values()])
        return sorted(Stored(*row) for row in rows)

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
        with transaction.atomic(savepoint=False):
            closed = bulk.update_each(
                self.model._meta.db_table,
                rows,
                key="id",
                columns={
                    name: kind.rstrip("?") for name, kind in RESULT_COLUMNS.items()
                },
                also=f"finished_at = {bulk.now()}",
                condition="t.outcome IN ('open', 'in_doubt')",
                returning=["model"],
            )
            call_counts.add_closed((model, results[pk]) for pk, model in closed)
        return {pk for pk, _model in closed}

    def abandon(self, call_ids: Sequence[int]) -> int:
        """open -> abandoned: the worker was told to stop before an answer came."""
        return self._end(call_ids, "abandoned")

    def doubt(self) -> int:
        """open -> in doubt: the worker died before an answer came."""
        ids = self.filter(outcome="open").values_list("pk", flat=True)
        return self._end(list(ids), "in_doubt")

    def unsend(self, call_ids: Sequence[int]) -> int:
        """open -> not sent: put on record, but stopped before its start."""
        return self._end(call_ids, "unsent")

    def _end(self, call_ids: Sequence[int], outcome: str) -> int:
        """Without an answer; how many were open until now."""
        if not call_ids:
            return 0
        statement = (
            f"UPDATE {self.model._meta.db_table}"  # noqa: S608
            f" SET outcome = %s, finished_at = {bulk.now()}"
            f" WHERE outcome = 'open' AND id IN ({bulk.marks(len(call_ids))})"
            " RETURNING model"
        )
        with transaction.atomic(savepoint=False):
            ended = bulk.fetch(statement, [outcome, *call_ids])
            models = Counter(model for (model,) in ended)
            call_counts.add_unanswered(models, outcome=outcome)
        return len(ended)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, *, within: float) -> WorkerQuerySet:
        """Those seen in the last so many seconds."""
        return self.filter(seen_at__gt=Now() - timedelta(seconds=within))

    def beat(
        self, name: str, *, processes: int, settings: dict[str, Any] | None = None
    ) -> None:
        """A sign of life, with what the worker is set to."""
        told = {"seen_at": Now(), "processes": processes, "settings": settings or {}}
        self.update_or_create(name=name, defaults=told)

    def forget(self, *, after: float) -> int:
        """Delete those silent for so many seconds."""
        silent = self.filter(seen_at__lt=Now() - timedelta(seconds=after))
        return silent.delete()[0]
