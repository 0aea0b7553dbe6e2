"""The arrows of runs and batches; a batch is held by a lease."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from enrichment import bulk
from enrichment.llm.errors import ErrorKind

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import Batch, Run  # noqa: F401


class BatchQuerySet(models.QuerySet["Batch"]):
    def live(self) -> BatchQuerySet:
        return self.filter(status__in=["queued", "running"])

    def lease(self, batch_id: int, *, holder: str, seconds: float) -> int:
        """queued, or running with an expired lease -> running, as the next attempt."""
        free = Q(status="queued") | Q(status="running", lease_expires_at__lt=Now())
        return self.filter(free, pk=batch_id).update(
            status="running",
            attempt=F("attempt") + 1,
            holder=holder,
            lease_expires_at=Now() + timedelta(seconds=seconds),
            started_at=models.functions.Coalesce("started_at", Now()),
        )

    def held(self, batch_id: int, attempt: int) -> BatchQuerySet:
        """The batch, only while this attempt still holds it: the fence of every write."""
        return self.filter(pk=batch_id, attempt=attempt, status="running")

    def lost(self, *, after: float, tasks_wait: bool = False) -> BatchQuerySet:
        """Running ones that stalled and queued ones that no worker came for.

        A stalled one counts once, and again where that task is lost as well. None as the
        time of queueing: the queue was away, and the task never got there.

        Args:
            after: seconds of silence.
            tasks_wait: in the queue, so that somebody will come for those that have one.
        """
        silence = Now() - timedelta(seconds=after)
        stalled = Q(status="running", lease_expires_at__lt=Now())
        unsent = Q(enqueued_at=None)
        unheard = Q(enqueued_at__lt=F("lease_expires_at")) | Q(enqueued_at__lt=silence)
        no_task = Q(enqueued_at__lt=silence) | unsent
        if tasks_wait:
            unheard, no_task = Q(enqueued_at__lt=F("lease_expires_at")), unsent
        return self.filter(stalled & (unheard | unsent) | Q(status="queued") & no_task)

    def renew(self, batch_id: int, attempt: int, *, seconds: float) -> int:
        """Of the batch, only while this attempt still holds it; stands before every write."""
        statement = (
            f"UPDATE {self.model._meta.db_table} SET lease_expires_at = {bulk.later()}"  # noqa: S608
            " WHERE id = %s AND attempt = %s AND status = 'running'"
        )
        return bulk.change(statement, [seconds, batch_id, attempt])

    def add(self, batch_id: int, counts: Mapping[str, int]) -> None:
        """To the columns of these names."""
        added = {name: number for name, number in counts.items() if number}
        if added:
            sets = ", ".join(f"{name} = {name} + %s" for name in added)
            statement = f"UPDATE {self.model._meta.db_table} SET {sets} WHERE id = %s"  # noqa: S608
            bulk.change(statement, [*added.values(), batch_id])

    def hand_over(self) -> int:
        """running -> queued: another task goes on with it."""
        return self.filter(status="running").update(
            status="queued", holder="", lease_expires_at=None, enqueued_at=Now()
        )

    def meet_fault(self, *, most: int) -> bool:
        """Count a fault of this program; whether that makes too many."""
        self.update(faults=F("faults") + 1)
        return self.filter(faults__gte=most).exists()

    def finish(self) -> int:
        """running -> finished."""
        return self.filter(status="running").update(
            status="finished", lease_expires_at=None, finished_at=Now()
        )

    def release(self) -> int:
        """queued, running -> given back."""
        return self.live().update(
            status="released", lease_expires_at=None, finished_at=Now()
        )


class RunQuerySet(models.QuerySet["Run"]):
    def unfinished(self) -> RunQuerySet:
        return self.filter(status__in=["active", "paused", "blocked"])

    def pause(self) -> int:
        """active, blocked -> paused, by a person."""
        return self.filter(status__in=["active", "blocked"]).update(
            status="paused", probing=False
        )

    def block(self, *, kind: str, reason: str) -> int:
        """active -> blocked, by a fault of the account."""
        return self.filter(status="active").update(
            status="blocked",
            reason_kind=kind,
            reason=reason,
            blocked_at=Now(),
            probing=False,
        )

    def probe(self, *, after: float) -> int:
        """blocked for so many seconds, by what may heal -> active, with a single call."""
        healing = [kind for kind in ErrorKind if kind.heals_by_itself]
        silence = Now() - timedelta(seconds=after)
        return self.filter(
            status="blocked", reason_kind__in=healing, blocked_at__lte=silence
        ).update(status="active", probing=True)

    def heal(self) -> int:
        """A probe was answered: active as before."""
        return self.filter(status="active", probing=True).update(
            probing=False, reason_kind="", reason="", blocked_at=None
        )

    def resume(self) -> int:
        """paused, blocked -> active."""
        return self.filter(status__in=["paused", "blocked"]).update(
            status="active", reason_kind="", reason="", blocked_at=None
        )

    def resize(self, batch_size: int) -> int:
        """For the batches that come; one that is over keeps what it had."""
        return self.unfinished().update(batch_size=batch_size)

    def cancel(self) -> int:
        """active, paused, blocked -> cancelled."""
        return self.unfinished().update(
            status="cancelled", finished_at=Now(), probing=False
        )

    def finish(self) -> int:
        """active -> finished."""
        return self.filter(status="active").update(
            status="finished", finished_at=Now(), probing=False
        )
