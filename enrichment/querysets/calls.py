"""Calls are opened once and closed once; workers tell that they live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import LlmCall, Worker  # noqa: F401


class CallQuerySet(models.QuerySet["LlmCall"]):
    def open_in(self, batch_id: int) -> CallQuerySet:
        """Calls that nobody has closed: in flight, or lost with their worker."""
        return self.filter(batch_id=batch_id, outcome="open")

    def close(self, call_id: int, **result: Any) -> int:
        """open, in doubt -> answered or failed. A late answer still counts as one."""
        return self.filter(pk=call_id, outcome__in=["open", "in_doubt"]).update(
            finished_at=Now(), **result
        )

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
