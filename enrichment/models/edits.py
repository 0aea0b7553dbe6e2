"""What people corrected by hand, one row for each change: who, when, from what to what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrichment.models.enrichments import Enrichment


class Edit(models.Model):
    """A change of one fact by a person; rows are added and never change.

    What counts now stands in `Enrichment.edits`; this is how it came about.
    """

    class Action(models.TextChoices):
        CORRECTED = "corrected", _("corrected")
        TAKEN_BACK = "taken_back", _("taken back")

    enrichment = models.ForeignKey(
        Enrichment,
        verbose_name=_("enrichment"),
        on_delete=models.CASCADE,
        related_name="edit_history",
    )
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    field = models.CharField(_("fact"), max_length=40)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Kept when the account is deleted.
    username = models.CharField(_("user name"), max_length=150)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
