"""What is known about one posting, and where its enrichment stands."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrichment import grounding
from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.llm.errors import ErrorKind
from enrichment.models.calls import LlmCall
from enrichment.models.runs import Batch
from enrichment.querysets import EnrichmentQuerySet


def field_of(key: str) -> str:
    """The fact that a value is of, by its key: `tools` of `tools-0`."""
    return key.partition("-")[0]


class Enrichment(models.Model):
    """The state of one posting, and its facts once there are any.

    `batch` is the last batch that the posting was in; it is live while the status is queued
    or running. `priority` follows the posting's, for the index that batches are chosen by.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        ENRICHED = "enriched", _("enriched")
        FAILED = "failed", _("failed")

    posting = models.OneToOneField(
        "jobs.JobPosting",
        verbose_name=_("posting"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="enrichment",
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PENDING
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    batch = models.ForeignKey(
        Batch,
        verbose_name=_("batch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enrichments",
    )
    tries = models.PositiveSmallIntegerField(
        _("failed tries"),
        default=0,
        help_text=_("How often it ended failed since it last succeeded or changed."),
    )
    error_kind = models.CharField(
        _("error kind"), max_length=24, choices=ERROR_KIND_CHOICES, blank=True
    )
    error_message = models.TextField(_("error"), blank=True)
    retry_at = models.DateTimeField(
        _("next try"),
        null=True,
        blank=True,
        help_text=_("A failed posting without one waits for a person."),
    )
    facts = models.JSONField(
        _("facts"), null=True, blank=True, help_text=_("As the model answered.")
    )
    edits = models.JSONField(
        _("corrections"),
        null=True,
        blank=True,
        help_text=_("By hand; they stand above the model's answer, whatever comes."),
    )
    edit_number = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text=_("How often it was edited.")
    )
    call = models.ForeignKey(
        LlmCall,
        verbose_name=_("answer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The call whose answer gave the facts."),
    )
    content_hash = models.CharField(
        _("content hash"),
        max_length=64,
        blank=True,
        help_text=_("The text that the facts were read from."),
    )
    # What the call that answered was asked with; 0 = unknown, from before it was kept.
    prompt_version = models.PositiveIntegerField(
        _("prompt version"), default=0, db_default=0, editable=False
    )
    schema_version = models.PositiveIntegerField(
        _("schema version"), default=0, db_default=0, editable=False
    )
    # How the facts stand to the text, as `enrichment/grounding` found on their arrival.
    grounding = models.JSONField(null=True, editable=False)
    values_checked = models.PositiveSmallIntegerField(
        _("values checked"), default=0, db_default=0, editable=False
    )
    not_found = models.PositiveSmallIntegerField(
        _("values not found"),
        default=0,
        db_default=0,
        editable=False,
        help_text=_("In the text; they are withheld."),
    )
    terms_version = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects: ClassVar[EnrichmentQuerySet] = EnrichmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("enrichment")
        verbose_name_plural = _("enrichments")
        default_permissions = ("view",)
        permissions = [("edit_facts", "Can correct facts by hand")]
        constraints = [
            models.CheckConstraint(
                name="enrichment_finished_iff_terminal",
                condition=Q(
                    status__in=["enriched", "failed"], finished_at__isnull=False
                )
                | Q(
                    status__in=["pending", "queued", "running"],
                    finished_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="enrichment_error_iff_failed",
                condition=Q(status="failed") & ~Q(error_kind="")
                | ~Q(status="failed") & Q(error_kind=""),
            ),
            models.CheckConstraint(
                name="enrichment_live_has_batch",
                condition=~Q(status__in=["queued", "running"]) | Q(batch__isnull=False),
            ),
            models.CheckConstraint(
                name="enrichment_enriched_has_facts",
                condition=~Q(status="enriched") | Q(facts__isnull=False),
            ),
        ]
        indexes = [
            # Choosing a batch: the pending ones, most urgent first, oldest first.
            models.Index(
                fields=["-priority", "posting"],
                name="enrichment_pending",
                condition=Q(status="pending"),
            ),
            # The sweeper: failed ones whose time has come.
            models.Index(
                fields=["retry_at"],
                name="enrichment_retry",
                condition=Q(status="failed", retry_at__isnull=False),
            ),
            # A selection's failed ones, in the same order.
            models.Index(
                fields=["-priority", "posting"],
                name="enrichment_failed",
                condition=Q(status="failed"),
            ),
            # Lists of one state, and of one kind of error, the newest posting first.
            models.Index(fields=["status", "-posting"], name="enrichment_by_status"),
            models.Index(
                fields=["error_kind", "-posting"],
                name="enrichment_by_error",
                condition=~Q(error_kind=""),
            ),
            # Of one kind of error: how many wait for their time, and when the next is due.
            models.Index(
                fields=["error_kind", "retry_at"],
                name="enrichment_by_wait",
                condition=~Q(error_kind=""),
            ),
            # Facts whose terms are still to be written.
            models.Index(
                fields=["terms_version", "posting"],
                name="enrichment_by_terms",
                condition=Q(facts__isnull=False),
            ),
            # What another prompt was asked for.
            models.Index(
                fields=["prompt_version", "posting"],
                name="enrichment_by_prompt",
                condition=Q(status="enriched"),
            ),
            # Stale ones, in the order in which a run goes through them.
            models.Index(
                fields=["prompt_version", "schema_version", "posting"],
                name="enrichment_by_versions",
                condition=Q(status="enriched"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def effective_facts(self) -> Any:
        """The model's facts without what is withheld, people's corrections above: what counts."""
        return self._corrected(self.supported_facts)

    @property
    def all_facts(self) -> Any:
        """With what is withheld, and people's corrections: what a posting's page shows."""
        return self._corrected(self.facts)

    @property
    def supported_facts(self) -> Any:
        """The model's facts without the values that its posting doesn't bear out."""
        missing = self._not_found_keys
        if not missing or not isinstance(self.facts, dict):
            return self.facts
        return grounding.without(self.facts, missing)

    @property
    def withheld(self) -> frozenset[str]:
        """Keys of values of `all_facts`; nothing that a person entered is withheld."""
        corrected = self.edits or {}
        return frozenset(
            key for key in self._not_found_keys if field_of(key) not in corrected
        )

    @property
    def is_checked(self) -> bool:
        """Whether the facts were checked against the text that they were read from.

        A worker of older code replaces facts, and leaves the check of the ones before.
        """
        stored = self.grounding
        return isinstance(stored, dict) and stored.get("call") == self.call_id

    @property
    def _not_found_keys(self) -> tuple[str, ...]:
        if not self.is_checked or not self.not_found:
            return ()
        return grounding.read(self.grounding).not_found

    def _corrected(self, facts: Any) -> Any:
        if not self.edits or not isinstance(facts, dict):
            return facts
        corrected = {field: edit["value"] for field, edit in self.edits.items()}
        return {**facts, **corrected}

    @property
    def error(self) -> ErrorKind | None:
        return ErrorKind(self.error_kind) if self.error_kind else None
