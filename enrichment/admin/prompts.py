"""Prompts and pilots: their history, to read; they change on pages of their own."""

from __future__ import annotations

from django.contrib import admin

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.models import Pilot, Prompt


@admin.register(Prompt)
class PromptAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "status", "note", "created_at", "created_by"),
        *("used_at", "promoted_at", "promoted_by"),
    )
    list_defer = ("instructions",)
    list_filter = ("status",)
    list_select_related = ("created_by", "promoted_by")


@admin.register(Pilot)
class PilotAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "prompt", "model", "status", "user"),
        *("created_at", "finished_at"),
    )
    list_filter = ("status",)
    list_select_related = ("prompt", "user")
