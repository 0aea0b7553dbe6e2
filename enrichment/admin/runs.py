"""Runs and their batches."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.models import Batch, Run
from enrichment.templatetags.enrichment_text import usd


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "status", "door", "user", "continuous", "batch_size"),
        *("created_at", "finished_at", "progress"),
    )
    list_filter = (
        ("status", admin.ChoicesFieldListFilter),
        ("door", admin.ChoicesFieldListFilter),
        "created_at",
    )
    list_select_related = ("user",)

    @admin.display(description=_("progress"))
    def progress(self, run: Run) -> SafeString:
        address = reverse("enrichment:run-detail", args=[run.pk])
        return format_html('<a href="{}">{}</a>', address, _("look"))


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "run_number", "status", "total", "successful", "failed"),
        *("rate_limited", "calls", "tokens", "cost", "started_at", "finished_at"),
    )
    list_filter = (("status", admin.ChoicesFieldListFilter), "created_at")
    readonly_fields = ("page",)

    @admin.display(description=_("run"))
    def run_number(self, batch: Batch) -> int:
        return batch.run_id

    @admin.display(description=_("tokens"))
    def tokens(self, batch: Batch) -> int:
        return batch.input_tokens + batch.output_tokens

    @admin.display(description=_("cost"), empty_value="?")
    def cost(self, batch: Batch) -> str | None:
        return None if batch.unpriced_calls else usd(batch.cost_microusd)

    @admin.display(description=_("progress"))
    def page(self, batch: Batch) -> SafeString:
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), _("look"))
