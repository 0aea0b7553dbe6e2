"""The ledger of paid calls, and the pace that they keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.models.runs import Batch
from enrichment.querysets import CallQuerySet


class LlmCall(models.Model):
    """The ledger: one row per call to the provider, written before the call.

    A row is closed once, when the answer came, and never changed after that. `content_hash`,
    versions and model name what was asked, so that a stored answer can serve every posting
    with the same text.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("in flight")
        OK = "ok", _("answered")
        ERROR = "error", _("failed")
        # The worker died, or was told to stop, before an answer came: perhaps billed.
        IN_DOUBT = "in_doubt", _("in doubt")
        ABANDONED = "abandoned", _("abandoned")
        UNSENT = "unsent", _("not sent")

    posting = models.ForeignKey(
        "jobs.JobPosting",
        verbose_name=_("posting"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="llm_calls",
    )
    batch = models.ForeignKey(
        Batch,
        verbose_name=_("batch"),
        null=True,
        on_delete=models.PROTECT,
        related_name="llm_calls",
    )
    batch_attempt = models.PositiveIntegerField(_("attempt at the batch"), default=0)
    try_number = models.PositiveSmallIntegerField(_("try"), default=1)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.OPEN
    )
    error_kind = models.CharField(
        _("error kind"), max_length=24, choices=ERROR_KIND_CHOICES, blank=True
    )
    error_message = models.TextField(_("error"), blank=True)
    provider = models.CharField(_("provider"), max_length=200)
    model = models.CharField(_("model"), max_length=200)
    reported_model = models.CharField(
        _("model that answered"), max_length=200, blank=True
    )
    prompt_version = models.PositiveIntegerField(_("prompt version"))
    schema_version = models.PositiveIntegerField(_("schema version"))
    content_hash = models.CharField(_("content hash"), max_length=64)
    request_id = models.CharField(_("request id"), max_length=200, blank=True)
    http_status = models.PositiveSmallIntegerField(
        _("HTTP status"), null=True, blank=True
    )
    input_tokens = models.PositiveIntegerField(_("input tokens"), default=0)
    cached_tokens = models.PositiveIntegerField(_("cached input tokens"), default=0)
    output_tokens = models.PositiveIntegerField(_("output tokens"), default=0)
    cost_microusd = models.BigIntegerField(
        _("cost"), null=True, blank=True, help_text=_("Millionths of a US dollar.")
    )
    latency_ms = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    answer = models.TextField(_("raw answer"), blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="call_finished_iff_closed",
                condition=Q(outcome="open", finished_at__isnull=True)
                | Q(~Q(outcome="open"), finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_error_iff_failed",
                condition=Q(outcome="error") & ~Q(error_kind="")
                | ~Q(outcome="error") & Q(error_kind=""),
            ),
            # Two batches at once with one text: the second waits for the first's answer.
            models.UniqueConstraint(
                fields=["content_hash", "prompt_version", "schema_version", "model"],
                name="call_one_in_flight_per_text",
                condition=Q(outcome="open"),
            ),
        ]
        indexes = [
            # Reuse: is there an answer for this text, prompt, schema and model?
            models.Index(
                fields=["content_hash", "prompt_version", "schema_version", "model"],
                name="call_answers",
                condition=Q(outcome="ok"),
            ),
            # Takeover: which calls of this batch were in flight?
            models.Index(
                fields=["batch"], name="call_open", condition=Q(outcome="open")
            ),
            # The ledger in the admin, filtered: the newest first.
            models.Index(fields=["outcome", "-id"], name="call_by_outcome"),
            models.Index(
                fields=["error_kind", "-id"],
                name="call_by_error",
                condition=~Q(error_kind=""),
            ),
            models.Index(fields=["started_at"], name="call_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ProviderPace(models.Model):
    """When the next call to one provider account may start, over all workers together.

    Moments are microseconds since 1970 by the database's clock: whole numbers that both
    databases add and compare alike.
    """

    account = models.CharField(_("account"), max_length=200, unique=True)
    next_start_us = models.BigIntegerField(_("next call may start (µs)"), default=0)
    next_tokens_us = models.BigIntegerField(_("tokens free again (µs)"), default=0)
    stretch = models.IntegerField(
        _("stretch"),
        default=1000,
        help_text=_("Thousandths of the interval that the settings ask for."),
    )
    stretched_us = models.BigIntegerField(_("last refusal (µs)"), default=0)
    recovered_us = models.BigIntegerField(_("last step back (µs)"), default=0)
    told_limit = models.IntegerField(
        _("limit told by the provider"), null=True, blank=True
    )
    hold_until_us = models.BigIntegerField(_("held until (µs)"), default=0)

    class Meta:
        verbose_name = _("provider pace")
        verbose_name_plural = _("provider paces")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.account
