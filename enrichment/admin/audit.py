"""Who did what in the admin, to read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ("action_time", "user", "content_type", "object_repr", "what")
    list_filter = (("action_flag", admin.ChoicesFieldListFilter),)
    list_select_related = ("user", "content_type")
    fields: ClassVar[tuple[str, ...]] = (
        *("action_time", "user", "content_type", "object_id", "object_repr"),
        *("action_flag", "what"),
    )
    readonly_fields = ("what",)

    @admin.display(description=_("what"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()
