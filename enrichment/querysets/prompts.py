"""The arrows of prompts, and of pilots, which ask a few postings with a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Now

from enrichment.llm.prompt import SHIPPED
from enrichment.llm.prompt import Prompt as Told

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import Pilot, Prompt  # noqa: F401


class PromptQuerySet(models.QuerySet["Prompt"]):
    def in_force(self) -> Told:
        """What is asked now; the release's own prompt where none is stored yet."""
        row = self.filter(status="current").values("version", "instructions").first()
        return Told(**row) if row else SHIPPED

    def mark_used(self, version: int) -> int:
        """Before its first call: from now on its instructions never change."""
        return self.filter(version=version).update(used_at=Coalesce("used_at", Now()))

    def rewrite(self, version: int, *, instructions: str, note: str) -> int:
        """Of a draft that nobody was asked with yet."""
        return self.filter(version=version, status="draft", used_at=None).update(
            instructions=instructions, note=note
        )

    def retire_current(self, seen: int) -> int:
        """current -> retired, only where it is the one that the person saw."""
        return self.filter(status="current", version=seen).update(status="retired")

    def make_current(self, version: int, *, user: Any) -> int:
        """draft, retired -> current, after the one before was retired."""
        return self.filter(version=version, status__in=["draft", "retired"]).update(
            status="current",
            promoted_at=Now(),
            promoted_by=user,
            used_at=Coalesce("used_at", Now()),
        )

    def discard(self, version: int) -> int:
        """draft -> retired: kept, since answers may name it."""
        return self.filter(version=version, status="draft").update(status="retired")


class PilotQuerySet(models.QuerySet["Pilot"]):
    def unfinished(self) -> PilotQuerySet:
        return self.filter(status__in=["queued", "running"])

    def lease(self, pilot_id: int, *, holder: str, seconds: float) -> int:
        """queued, or running with an expired lease -> running, as the next attempt.

        In the second case its worker died.
        """
        free = Q(status="queued") | Q(status="running", lease_expires_at__lt=Now())
        died = Case(When(status="running", then=1), default=0)
        return self.filter(free, pk=pilot_id).update(
            status="running",
            attempt=F("attempt") + 1,
            deaths=F("deaths") + died,
            holder=holder,
            lease_expires_at=Now() + timedelta(seconds=seconds),
            started_at=Coalesce("started_at", Now()),
        )

    def held(self, pilot_id: int, attempt: int) -> PilotQuerySet:
        """The pilot, only while this attempt holds it."""
        return self.filter(pk=pilot_id, attempt=attempt, status="running")

    def renew(self, *, seconds: float) -> int:
        return self.update(lease_expires_at=Now() + timedelta(seconds=seconds))

    def hand_over(self) -> int:
        """running -> queued: another task goes on with it."""
        return self.filter(status="running").update(
            status="queued", holder="", lease_expires_at=None, enqueued_at=Now()
        )

    def cancel(self, pilot_id: int) -> int:
        """queued -> cancelled; a running one is asked to end by the worker that has it."""
        is_queued = Q(status="queued")
        return (
            self.unfinished()
            .filter(pk=pilot_id, cancel_requested_at=None)
            .update(
                status=Case(
                    When(is_queued, then=Value("cancelled")), default=F("status")
                ),
                finished_at=Case(When(is_queued, then=Now())),
                cancel_requested_at=Now(),
            )
        )

    def end(self, *, error_kind: str = "", error_message: str = "") -> int:
        """running -> finished; stopped where there is an error, cancelled where asked for."""
        asked = When(cancel_requested_at__isnull=False, then=Value("cancelled"))
        return self.filter(status="running").update(
            status="stopped" if error_kind else Case(asked, default=Value("finished")),
            error_kind=error_kind,
            error_message=error_message,
            lease_expires_at=None,
            finished_at=Now(),
        )

    def lost(self, *, after: float) -> PilotQuerySet:
        """Running ones that fell silent, and queued ones that no worker came for."""
        silence = Now() - timedelta(seconds=after)
        stalled = Q(status="running", lease_expires_at__lt=Now())
        unheard = Q(enqueued_at__lt=silence) | Q(enqueued_at=None)
        again = Q(enqueued_at__lt=F("lease_expires_at")) | unheard
        return self.filter(stalled & again | Q(status="queued") & unheard)
