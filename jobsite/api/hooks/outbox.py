"""A row for each message, written in the transaction that ends the run."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from enrichment.signals import run_ended
from jobsite.api.models.webhooks import Event, Webhook, WebhookDelivery


def listen() -> None:
    run_ended.connect(_run_ended, dispatch_uid="api.outbox")


def _run_ended(sender: object, *, run_id: int, status: str, **_more: Any) -> None:
    """Two statements and no more: the engine's rows are locked meanwhile."""
    hooks = Webhook.objects.filter(active=True, **{f"on_{status}": True})
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            webhook_id=hook_id,
            run_id=run_id,
            event=Event(f"run.{status}"),
            next_try_at=Now(),
        )
        for hook_id in list(hooks.values_list("pk", flat=True))
    )


def put_test(webhook: Webhook) -> WebhookDelivery:
    """A message that says nothing, by the way of all others."""
    return WebhookDelivery.objects.create(
        webhook=webhook, event=Event.TEST, next_try_at=Now()
    )
