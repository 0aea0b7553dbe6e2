"""Who may use the API, and which starts were asked for already."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobsite.api.querysets import ApiTokenQuerySet


class Scope(models.TextChoices):
    READ = "read", _("read postings, runs and figures")
    ENRICH = "enrich", _("start runs")
    CONTROL = "control", _("pause, resume and cancel runs")
    WRITE = "write", _("write postings")


class ApiToken(models.Model):
    """A key to the API; of the token itself only a digest is kept.

    It can do what its scopes say and its user may do at that moment, whichever is less.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="api_tokens",
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What the token is for.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(
        _("begins with"), max_length=16, editable=False, help_text=_("To recognise it.")
    )
    may_read = models.BooleanField(Scope.READ.label, default=True)
    may_enrich = models.BooleanField(Scope.ENRICH.label, default=False)
    may_control = models.BooleanField(Scope.CONTROL.label, default=False)
    may_write = models.BooleanField(Scope.WRITE.label, default=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(
        _("good until"), null=True, blank=True, help_text=_("Empty: until revoked.")
    )
    last_used_at = models.DateTimeField(
        _("last used at"), null=True, editable=False, help_text=_("To the minute.")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    # Until when its requests have used the rate up, in microseconds since 1970.
    spent_until_us = models.BigIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="token_has_a_scope",
                condition=Q(may_read=True)
                | Q(may_enrich=True)
                | Q(may_control=True)
                | Q(may_write=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def scopes(self) -> list[str]:
        return [scope for scope in Scope.values if getattr(self, f"may_{scope}")]


class StartRequest(models.Model):
    """A start that was asked for with an Idempotency-Key: asked again, nothing starts."""

    token = models.ForeignKey(
        ApiToken, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=200)
    # Of what was asked: the same key with another wish is a mistake of the caller.
    body_digest = models.CharField(max_length=64)
    run = models.ForeignKey(
        "enrichment.Run", null=True, on_delete=models.CASCADE, related_name="+"
    )
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            # Of two requests at once one starts, and the other one waits for it.
            models.UniqueConstraint(
                fields=["token", "key"], name="start_request_once_per_key"
            ),
        ]
        indexes = [
            # Forgetting old ones.
            models.Index(fields=["created_at"], name="start_request_by_age"),
        ]

    def __str__(self) -> str:
        return self.key
