"""Tokens, webhooks and what was sent to them, in the admin."""

from __future__ import annotations

from jobsite.api.admin import tokens, webhooks

__all__ = ["tokens", "webhooks"]
