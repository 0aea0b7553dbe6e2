"""Runs, as people start them, and the batches that workers take from them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.provenance import settings_now
from enrichment.querysets import BatchQuerySet, RunQuerySet


class Door(models.TextChoices):
    """Where a run was started."""

    PAGE = "page", _("jobs page")
    ADMIN = "admin", _("admin")
    COMMAND = "command", _("command")
    SCHEDULE = "schedule", _("schedule")
    SHELL = "shell", _("Python shell")
    API = "api", _("API")


class Run(models.Model):
    """What one person (or schedule) started: a batch, or batch after batch."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        BLOCKED = "blocked", _("blocked")
        FINISHED = "finished", _("finished")
        CANCELLED = "cancelled", _("cancelled")

    class Priority(models.IntegerChoices):
        LOW = -1, _("low")
        NORMAL = 0, _("normal")
        HIGH = 1, _("high")

    LARGEST_BATCH = 1000
    # Of `retries`, beside the kinds of error: enriched ones, of an older prompt or schema.
    STALE = "stale"
    UNFINISHED = (Status.ACTIVE, Status.PAUSED, Status.BLOCKED)

    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.ACTIVE
    )
    door = models.CharField(_("started from"), max_length=12, choices=Door.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    continuous = models.BooleanField(
        _("continuous"),
        default=False,
        help_text=_("Batch after batch, until nothing is pending."),
    )
    of_selection = models.BooleanField(
        _("of a selection"),
        default=False,
        db_default=False,
        help_text=_("Continuous over what was selected, and nothing else."),
    )
    batch_size = models.PositiveIntegerField(_("batch size"))
    priority = models.SmallIntegerField(
        _("priority"),
        choices=Priority.choices,
        default=Priority.NORMAL,
        db_default=Priority.NORMAL,
        help_text=_(
            "Batches of a run of high priority go before those of others, and those of one "
            "of low priority after them."
        ),
    )
    settings_used = models.JSONField(
        _("settings"),
        default=settings_now,
        db_default=models.Value({}, models.JSONField()),
        editable=False,
        help_text=_("As they were at its start."),
    )
    force = models.BooleanField(
        _("force"),
        default=False,
        help_text=_("Ask the model again even where an answer is stored."),
    )
    retries = models.CharField(
        _("retries"),
        max_length=24,
        choices=[
            ("all", _("all failures")),
            (STALE, _("what an older prompt or schema read")),
            *ERROR_KIND_CHOICES,
        ],
        blank=True,
        default="",
        db_default="",
        help_text=_("It takes postings of this kind once more, and no others."),
    )
    # How far it has come, by the ids of postings, and about how many lie ahead.
    retried_to = models.BigIntegerField(default=0, db_default=0, editable=False)
    retries_left = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    reason_kind = models.CharField(
        _("reason"), max_length=24, choices=ERROR_KIND_CHOICES, blank=True
    )
    reason = models.TextField(_("why it stopped"), blank=True)
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True)
    probing = models.BooleanField(
        _("probing"),
        default=False,
        help_text=_("Asks with a single call whether the provider works again."),
    )
    created_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    # Sums of its batches up to this id, added up once: `enrichment/run_sums.py`.
    folded_to = models.BigIntegerField(default=0, editable=False)
    folded = models.JSONField(default=dict, editable=False)

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        default_permissions = ("view",)
        permissions = [
            ("start_run", "Can start enrichment"),
            ("control_run", "Can pause, resume and cancel runs"),
        ]
        constraints = [
            models.CheckConstraint(
                name="run_finished_iff_terminal",
                condition=Q(
                    status__in=["finished", "cancelled"], finished_at__isnull=False
                )
                | Q(
                    status__in=["active", "paused", "blocked"], finished_at__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="run_blocked_has_reason",
                condition=~Q(status="blocked")
                | ~Q(reason_kind="") & Q(blocked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="run_probing_is_active",
                condition=Q(probing=False) | Q(status="active"),
            ),
            # Two clicks on one button start one run.
            models.UniqueConstraint(
                name="run_one_retry_of_a_kind",
                fields=["retries"],
                condition=~Q(retries="")
                & Q(status__in=["active", "paused", "blocked"]),
            ),
        ]
        indexes = [
            # The panel and the sweeper: the few runs that aren't over.
            models.Index(
                fields=["id"],
                name="run_unfinished",
                condition=Q(status__in=["active", "paused", "blocked"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def sources(self) -> list[str]:
        """States of the postings that it takes after its first batch."""
        if self.renews:
            return ["enriched"]
        return ["pending", "failed"] if self.retries else ["pending"]

    @property
    def renews(self) -> bool:
        """It asks about enriched postings: they stay so, whatever becomes of it."""
        return self.retries == self.STALE


class Batch(models.Model):
    """Up to `run.batch_size` postings, worked on by one task under one lease.

    `attempt` is the fencing token: it grows with each delivery, and every write of a worker
    names the attempt it holds. Counts are written in the transaction of what they count.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        RELEASED = "released", _("given back")

    LIVE = (Status.QUEUED, Status.RUNNING)

    run = models.ForeignKey(
        Run,
        verbose_name=_("run"),
        on_delete=models.PROTECT,
        related_name="batches",
        db_index=False,  # `batch_of_run` is one
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.QUEUED
    )
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    faults = models.PositiveSmallIntegerField(
        _("faults"),
        default=0,
        db_default=0,
        help_text=_("Of this program, met by its workers."),
    )
    holder = models.CharField(
        _("worker"), max_length=200, blank=True, help_text=_("host:process id")
    )
    lease_expires_at = models.DateTimeField(_("lease until"), null=True, blank=True)
    total = models.PositiveIntegerField(_("total"), default=0)
    successful = models.PositiveIntegerField(_("successful"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    rate_limited = models.PositiveIntegerField(_("rate limited"), default=0)
    calls = models.PositiveIntegerField(_("calls"), default=0)
    input_tokens = models.BigIntegerField(_("input tokens"), default=0)
    output_tokens = models.BigIntegerField(_("output tokens"), default=0)
    cost_microusd = models.BigIntegerField(
        _("cost"), default=0, help_text=_("Millionths of a US dollar.")
    )
    unpriced_calls = models.PositiveIntegerField(_("calls without a price"), default=0)
    values_checked = models.PositiveIntegerField(
        _("values checked"), default=0, db_default=0
    )
    values_not_found = models.PositiveIntegerField(
        _("values not found"), default=0, db_default=0
    )
    created_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    enqueued_at = models.DateTimeField(_("last put in the task queue"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects: ClassVar[BatchQuerySet] = BatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="batch_finished_iff_terminal",
                condition=Q(
                    status__in=["finished", "released"], finished_at__isnull=False
                )
                | Q(status__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="batch_lease_iff_running",
                condition=Q(status="running", lease_expires_at__isnull=False)
                | Q(~Q(status="running"), lease_expires_at__isnull=True),
            ),
            models.CheckConstraint(
                name="batch_counts_within_total",
                condition=Q(total__gte=F("successful") + F("failed"))
                & Q(failed__gte=F("rate_limited")),
            ),
        ]
        indexes = [
            # A run's batches, the newest first, and those behind a certain one.
            models.Index(fields=["run", "-id"], name="batch_of_run"),
            # Lists of one state, the newest first.
            models.Index(fields=["status", "-id"], name="batch_by_status"),
            # The sweeper and the panel: the few batches that aren't over.
            models.Index(
                fields=["lease_expires_at"],
                name="batch_live",
                condition=Q(status__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("enrichment:batch-detail", args=[self.pk])

    @property
    def is_set_aside(self) -> bool:
        """Nobody works on it: it only keeps what its run comes back to."""
        return not self.total and self.status == self.Status.RELEASED
