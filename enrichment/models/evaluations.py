"""How good a model's answers were, by labels, each time that it was measured."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evaluation(models.Model):
    """One model over one set of labelled postings; rows are added and never change.

    Runs compare where `digest` is one: the same postings with the same labels.
    """

    labels = models.CharField(_("labels"), max_length=200)
    digest = models.CharField(_("digest"), max_length=64)
    provider = models.CharField(_("provider"), max_length=200)
    model = models.CharField(_("model"), max_length=200)
    prompt_version = models.PositiveIntegerField(_("prompt version"))
    schema_version = models.PositiveIntegerField(_("schema version"))
    postings = models.PositiveIntegerField(_("postings"))
    calls = models.PositiveIntegerField(_("calls"))
    failed = models.PositiveIntegerField(_("failed"))
    seconds = models.FloatField(_("seconds"))
    cost_microusd = models.BigIntegerField(
        _("cost"), null=True, blank=True, help_text=_("Millionths of a US dollar.")
    )
    figures = models.JSONField(_("figures"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        default_permissions = ("view",)
        indexes = [
            # The runs that one compares with, the newest first.
            models.Index(fields=["digest", "model", "-id"], name="evaluation_compared")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
