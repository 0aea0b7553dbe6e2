"""Enrichments: the state of each posting, and its facts in words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.admin.sheet import NOTHING, facts_table
from enrichment.models import Enrichment


@admin.register(Enrichment)
class EnrichmentAdmin(ReadOnlyAdmin):
    list_display = (
        "posting",
        "status",
        "error_kind",
        "tries",
        "retry_at",
        "model_name",
    )
    list_filter = (
        ("status", admin.ChoicesFieldListFilter),
        ("error_kind", admin.ChoicesFieldListFilter),
    )
    list_select_related = ("posting", "call")
    list_defer: ClassVar[tuple[str, ...]] = (
        *("facts", "call__answer", "call__error_message"),
        *("posting__description", "posting__description_html"),
    )
    fields = (
        *("posting", "status", "priority", "batch", "tries"),
        *("error_kind", "error_message", "retry_at"),
        *("facts_in_words", "facts", "call", "model_name"),
        *("content_hash", "finished_at", "updated_at"),
    )
    readonly_fields = ("facts_in_words", "model_name")

    @admin.display(description=_("model"))
    def model_name(self, enrichment: Enrichment) -> str:
        call = enrichment.call
        return (call.reported_model or call.model) if call else NOTHING

    @admin.display(description=_("facts in words"))
    def facts_in_words(self, enrichment: Enrichment) -> str:
        return facts_table(enrichment.facts)
