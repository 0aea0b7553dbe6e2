"""Tokens and what was asked with them; webhooks and what was sent to them."""

from __future__ import annotations

from jobsite.api.models.tokens import ApiToken, StartRequest
from jobsite.api.models.webhooks import Webhook, WebhookDelivery

__all__ = ["ApiToken", "StartRequest", "Webhook", "WebhookDelivery"]
