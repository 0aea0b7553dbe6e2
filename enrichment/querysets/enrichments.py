"""The arrows of a posting's state machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Now

from enrichment import bulk
from enrichment.querysets.answered import AnsweredQuerySet

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import Enrichment  # noqa: F401

# What leaves with an error or a result when a posting goes back to work.
_NO_ERROR: dict[str, Any] = {
    "error_kind": "",
    "error_message": "",
    "retry_at": None,
    "finished_at": None,
}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody who edits facts had on screen: which edit, of which call's answer."""

    edit_number: int
    call_id: int | None


class EnrichmentQuerySet(AnsweredQuerySet):
    def adopt_postings(self, postings: Iterable[Any]) -> None:
        """Give each saved posting its row, where it has none: every posting has one."""
        self.bulk_create(
            [self.model(posting_id=p.pk, priority=p.priority) for p in postings],
            ignore_conflicts=True,
        )

    def adopt_newer_than(self, posting_id: int, *, limit: int) -> int:
        """As `adopt_postings`, for those beyond an id that were stored past the models.

        Returns:
            How many there were, up to the limit.
        """
        posting_model: Any = self.model._meta.get_field("posting").related_model
        orphans = posting_model.objects.filter(pk__gt=posting_id, enrichment=None)
        found = list(orphans.only("pk", "priority").order_by("pk")[:limit])
        self.adopt_postings(found)
        return len(found)

    def posting_changed(self, postings: Iterable[Any]) -> int:
        """Follow saved postings: their priority, and pending again where the text changed.

        One that is queued or running keeps its state: its runner compares the text when it
        writes the answer (`outdated`). Needs a transaction: the rows are locked first, so
        that the runner's comparison comes either before this or after it.

        Returns:
            How many became pending.
        """
        ids = [posting.pk for posting in postings]
        rows = self.filter(posting_id__in=ids)
        self.lock(ids)
        posting_model: Any = self.model._meta.get_field("posting").related_model
        priority = posting_model.objects.filter(pk=OuterRef("pk")).values("priority")
        rows.exclude(priority=F("posting__priority")).update(
            priority=Subquery(priority)
        )
        return rows.filter(status__in=["enriched", "failed"]).outdated().requeue()

    def lock(self, ids: Sequence[int]) -> None:
        """Until the transaction ends; by id, as everybody does it, so that none wait in a circle.

        SQLite needs no such thing: its transactions are alone.
        """
        if connection.features.has_select_for_update and ids:
            rows = self.filter(pk__in=ids).order_by("pk").select_for_update()
            list(rows.values_list("pk"))

    def outdated(self) -> EnrichmentQuerySet:
        """Those whose posting reads differently from what was answered."""
        return self.exclude(content_hash=F("posting__content_hash"))

    def outdated_among(self, ids: Sequence[int]) -> list[int]:
        """Which of a few are `outdated`."""
        if not ids:
            return []
        posting_model: Any = self.model._meta.get_field("posting").related_model
        statement = (
            f"SELECT t.posting_id FROM {self.model._meta.db_table} t"  # noqa: S608
            f" JOIN {posting_model._meta.db_table} p ON p.id = t.posting_id"
            f" WHERE t.posting_id IN ({bulk.marks(len(ids))})"
            " AND t.content_hash <> p.content_hash"
        )
        return [row[0] for row in bulk.fetch(statement, ids)]

    def next_pending(self, count: int, *, first: Any = None) -> list[int]:
        """Ids to queue next, locked until the transaction ends.

        Rows that another starter has locked are passed over: it is about to take them.
        """
        turns = [first] if first is not None else []
        rows = self.filter(status="pending").order_by(*turns, "-priority", "posting_id")
        locked = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
        return list(locked.values_list("pk", flat=True)[:count])

    def next_failed(self, count: int, *, kind: str, after: int) -> list[int]:
        """Ids of the next failed ones beyond an id, of a kind or `all`, locked as above.

        In the order in which everybody locks, so that it waits for a row, and passes none over.
        """
        # Only failed ones have a kind; said twice, PostgreSQL would expect far fewer.
        rows = (
            self.filter(error_kind=kind)
            if kind != "all"
            else self.filter(status="failed")
        )
        rows = rows.filter(posting_id__gt=after)
        locked = rows.order_by("posting_id").select_for_update(
            no_key=True, of=("self",)
        )
        return list(locked.values_list("pk", flat=True)[:count])

    def live_in(self, batch_id: int) -> EnrichmentQuerySet:
        """Those of a batch that still wait for their end."""
        return self.filter(batch_id=batch_id, status__in=["queued", "running"])

    def requeue(self) -> int:
        """enriched, failed -> pending, with a clean slate; facts stay until replaced."""
        return self.filter(status__in=["enriched", "failed"]).update(
            status="pending", tries=0, updated_at=Now(), **_NO_ERROR
        )

    def retry(self) -> int:
        """failed -> pending for another try; how often it failed stays counted."""
        return self.filter(status="failed").update(
            status="pending", updated_at=Now(), **_NO_ERROR
        )

    def take(self, batch_id: int, *, sources: Sequence[str]) -> int:
        """One of `sources` (pending, failed, enriched) -> queued in this batch."""
        return self.filter(status__in=sources).update(
            status="queued",
            batch_id=batch_id,
            # Of an enriched one: that it was asked again in vain, once.
            tries=models.Case(
                models.When(status="enriched", then=0),
                default=F("tries"),
                output_field=models.IntegerField(),
            ),
            updated_at=Now(),
            **_NO_ERROR,
        )

    def set_aside(self, batch_id: int, *, sources: Sequence[str]) -> int:
        """pending, failed -> pending, to be taken by the run of this batch."""
        waiting = [status for status in sources if status in ("pending", "failed")]
        return self.filter(status__in=waiting).update(
            status="pending", batch_id=batch_id, updated_at=Now(), **_NO_ERROR
        )

    def claim(self, batch_id: int) -> int:
        """queued -> running, all of a batch; those that a dead worker held stay running."""
        return self.filter(batch_id=batch_id, status="queued")._move(status="running")

    def fail(
        self,
        batch_id: int,
        *,
        kind: str,
        message: str,
        content_hash: str,
        retry_after: timedelta,
        max_tries: int,
    ) -> int:
        """running -> failed; without a next try after `max_tries` of them."""
        again = models.Case(
            models.When(tries__lt=max_tries - 1, then=Now() + retry_after),
            default=None,
            output_field=models.DateTimeField(),
        )
        return self.filter(batch_id=batch_id, status="running").update(
            status="failed",
            error_kind=kind,
            error_message=message,
            content_hash=content_hash,
            tries=F("tries") + 1,
            retry_at=again,
            finished_at=Now(),
            updated_at=Now(),
        )

    def edit(self, edits: dict[str, Any], *, seen: Seen) -> int:
        """Keep people's corrections, only of what the person saw."""
        return self.filter(
            facts__isnull=False, edit_number=seen.edit_number, call_id=seen.call_id
        ).update(
            edits=edits or None, edit_number=F("edit_number") + 1, updated_at=Now()
        )

    def hand_over(self, batch_id: int) -> int:
        """running -> queued in the same batch, for the next worker."""
        return self.filter(batch_id=batch_id, status="running")._move(status="queued")

    def release(self, batch_ids: Sequence[int]) -> int:
        """queued, running -> pending, without a mark: pause, cancel, a blocked account."""
        live = self.filter(batch_id__in=batch_ids, status__in=["queued", "running"])
        return live._move(status="pending")

    def _move(self, *, status: str, **also: Any) -> int:
        """All of these, locked by id before, as everybody locks them: see `lock`."""
        with transaction.atomic(savepoint=False):
            if connection.features.has_select_for_update:
                turn = self.order_by("pk").select_for_update(no_key=True)
                list(turn.values_list("pk"))
            return self.update(status=status, updated_at=Now(), **also)

    def retry_due(self) -> EnrichmentQuerySet:
        """Failed ones whose time has come."""
        return self.filter(status="failed", retry_at__lte=Now())
