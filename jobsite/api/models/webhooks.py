"""Addresses that are told of a run's end, and each message to them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrichment.models import Run
from jobsite.api.hooks import signing
from jobsite.api.querysets import DeliveryQuerySet, WebhookQuerySet

# What is kept of an answer, and of an error.
LONGEST_ANSWER = 300


class Event(models.TextChoices):
    FINISHED = "run.finished", _("run finished")
    CANCELLED = "run.cancelled", _("run cancelled")
    BLOCKED = "run.blocked", _("run blocked")
    TEST = "test", _("test")


class Webhook(models.Model):
    """An address of another program that wants to know."""

    url = models.URLField(_("address"), max_length=1000)
    secret = models.CharField(
        max_length=100, default=signing.new_secret, editable=False
    )
    on_finished = models.BooleanField(_("when a run finishes"), default=True)
    on_cancelled = models.BooleanField(_("when a run is cancelled"), default=True)
    on_blocked = models.BooleanField(_("when a run is blocked"), default=True)
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "An inactive one is told nothing; what waits for it goes on waiting."
        ),
    )
    failures = models.PositiveSmallIntegerField(
        _("messages given up in a row"), default=0, db_default=0, editable=False
    )
    stopped_because = models.CharField(
        _("switched off because"),
        max_length=LONGEST_ANSWER,
        blank=True,
        default="",
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects: ClassVar[WebhookQuerySet] = WebhookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One message to one address, from the run's end until it arrived or was given up.

    `next_try_at` is the lease as well: whoever takes it for a try moves it on first, so
    that a sender's death costs a wait and nothing else.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    webhook = models.ForeignKey(
        Webhook,
        verbose_name=_("webhook"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    # The same at each try, so that the receiver can tell a repeat.
    key = models.UUIDField(_("id"), unique=True, default=uuid.uuid4, editable=False)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    run = models.ForeignKey(
        Run,
        verbose_name=_("run"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    happened_at = models.DateTimeField(_("happened at"), auto_now_add=True)
    # Written at the first try, and sent as it is at each one.
    body = models.TextField(_("message"), blank=True, default="")
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PENDING
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    answer = models.CharField(
        _("answer"), max_length=LONGEST_ANSWER, blank=True, default=""
    )
    error = models.CharField(
        _("error"), max_length=LONGEST_ANSWER, blank=True, default=""
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="delivery_ended_iff_terminal",
                condition=Q(
                    status="pending", ended_at__isnull=True, next_try_at__isnull=False
                )
                | Q(
                    status__in=["delivered", "given_up"],
                    ended_at__isnull=False,
                    next_try_at__isnull=True,
                ),
            ),
            # A run ends once.
            models.UniqueConstraint(
                name="delivery_once_per_end",
                fields=["webhook", "run", "event"],
                condition=Q(event__in=["run.finished", "run.cancelled"]),
            ),
        ]
        indexes = [
            # The sender: what is due.
            models.Index(
                fields=["next_try_at"],
                name="delivery_due",
                condition=Q(status="pending"),
            ),
            # Forgetting old ones.
            models.Index(
                fields=["ended_at"],
                name="delivery_by_age",
                condition=Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
