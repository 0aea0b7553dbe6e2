"""Pilots: a few postings asked with a draft, beside what is known of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.models.calls import LlmCall
from enrichment.models.prompts import Prompt
from enrichment.querysets import PilotQuerySet


class Pilot(models.Model):
    """One trial of a prompt; nothing of it gets into an enrichment.

    Its answers stand in the ledger like all others: after a promotion they serve for free.
    A worker holds it by a lease, as it holds a batch.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped")
        CANCELLED = "cancelled", pgettext_lazy("a pilot", "cancelled")

    prompt = models.ForeignKey(
        Prompt,
        verbose_name=_("prompt"),
        on_delete=models.PROTECT,
        related_name="pilots",
    )
    model = models.CharField(_("model"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.QUEUED
    )
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    deaths = models.PositiveSmallIntegerField(
        _("deaths"),
        default=0,
        db_default=0,
        help_text=_("Of its workers, in the middle of it."),
    )
    holder = models.CharField(_("worker"), max_length=200, blank=True)
    lease_expires_at = models.DateTimeField(_("lease until"), null=True)
    error_kind = models.CharField(
        _("error kind"), max_length=24, choices=ERROR_KIND_CHOICES, blank=True
    )
    error_message = models.TextField(_("error"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    enqueued_at = models.DateTimeField(_("last put in the task queue"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    cancel_requested_at = models.DateTimeField(_("asked to be cancelled at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects: ClassVar[PilotQuerySet] = PilotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="pilot_finished_iff_terminal",
                condition=Q(
                    status__in=["finished", "stopped", "cancelled"],
                    finished_at__isnull=False,
                )
                | Q(status__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="pilot_lease_iff_running",
                condition=Q(status="running", lease_expires_at__isnull=False)
                | Q(~Q(status="running"), lease_expires_at__isnull=True),
            ),
            models.CheckConstraint(
                name="pilot_error_iff_stopped",
                condition=Q(status="stopped") & ~Q(error_kind="")
                | ~Q(status="stopped") & Q(error_kind=""),
            ),
            models.CheckConstraint(
                name="pilot_cancelled_by_request",
                condition=~Q(status="cancelled") | Q(cancel_requested_at__isnull=False),
            ),
            # Two clicks, one pilot.
            models.UniqueConstraint(
                name="pilot_one_at_a_time",
                fields=["prompt"],
                condition=Q(status__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("enrichment:pilot", args=[self.pk])


class PilotPosting(models.Model):
    """One posting of a pilot: what was known when it was chosen, and what the draft gave."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="postings")
    posting = models.ForeignKey(
        "jobs.JobPosting", on_delete=models.CASCADE, related_name="+"
    )
    content_hash = models.CharField(max_length=64)
    before = models.JSONField()
    before_version = models.PositiveIntegerField()
    after = models.JSONField(null=True)
    # Keys of values that are not in the text.
    before_missing = models.JSONField(default=list)
    after_missing = models.JSONField(default=list)
    call = models.ForeignKey(
        LlmCall, null=True, on_delete=models.PROTECT, related_name="+"
    )
    error_kind = models.CharField(max_length=24, choices=ERROR_KIND_CHOICES, blank=True)
    error_message = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="pilot_posting_once", fields=["pilot", "posting"]
            ),
            models.CheckConstraint(
                name="pilot_posting_ended_with_facts_or_error",
                condition=Q(ended_at__isnull=True, after__isnull=True, error_kind="")
                | Q(ended_at__isnull=False, after__isnull=False, error_kind="")
                | Q(ended_at__isnull=False, after__isnull=True) & ~Q(error_kind=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.posting_id}"
