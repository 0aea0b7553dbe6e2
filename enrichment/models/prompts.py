"""Prompts as versioned things: what the model was told, is told, and may be told next."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enrichment.querysets import PromptQuerySet


class Prompt(models.Model):
    """One version of the instructions; every answer names the version that it was asked with.

    `used_at` is set before the first call: from then on a trigger of the database keeps
    the instructions as they are (migration 0013).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        CURRENT = "current", _("current")
        RETIRED = "retired", _("retired")

    version = models.PositiveIntegerField(_("version"), unique=True)
    instructions = models.TextField(_("instructions"))
    note = models.TextField(
        _("note"), blank=True, help_text=_("What is different, and why.")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    used_at = models.DateTimeField(_("first used at"), null=True)
    promoted_at = models.DateTimeField(_("promoted at"), null=True)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("promoted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[PromptQuerySet] = PromptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        default_permissions = ("view",)
        permissions = [
            ("manage_prompts", "Can write, try, promote and roll back prompts")
        ]
        constraints = [
            models.UniqueConstraint(
                name="prompt_one_current",
                fields=["status"],
                condition=Q(status="current"),
            ),
            models.CheckConstraint(
                name="prompt_version_from_one", condition=Q(version__gte=1)
            ),
            models.CheckConstraint(
                name="prompt_has_instructions", condition=~Q(instructions="")
            ),
            models.CheckConstraint(
                name="prompt_current_was_promoted",
                condition=~Q(status="current")
                | Q(promoted_at__isnull=False, used_at__isnull=False),
            ),
            models.CheckConstraint(
                name="prompt_draft_was_never_promoted",
                condition=~Q(status="draft") | Q(promoted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("enrichment:prompt", args=[self.version])

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT and self.used_at is None
