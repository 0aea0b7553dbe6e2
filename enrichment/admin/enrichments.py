"""Enrichments: the state of each posting, and its facts in words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from enrichment import progress, retrying
from enrichment.access import START
from enrichment.admin.base import ReadOnlyAdmin
from enrichment.admin.sheet import NOTHING, facts_table
from enrichment.audit import log_once
from enrichment.models import Door, Enrichment


@admin.register(Enrichment)
class EnrichmentAdmin(ReadOnlyAdmin):
    actions = ("retry_failed",)
    list_display = (
        *("posting", "status", "error_kind", "tries", "retry_at"),
        *("finished_at", "priority", "model_name"),
    )
    list_filter = (
        ("status", admin.ChoicesFieldListFilter),
        ("error_kind", admin.ChoicesFieldListFilter),
    )
    list_select_related = ("posting", "call")
    list_defer: ClassVar[tuple[str, ...]] = (
        *("facts", "grounding", "call__answer", "call__error_message"),
        *("posting__description", "posting__description_html"),
    )
    fields = (
        *("posting", "status", "priority", "batch", "tries"),
        *("error_kind", "error_message", "retry_at"),
        *("facts_in_words", "facts", "values_checked", "not_found"),
        *("call", "model_name", "prompt_version", "schema_version"),
        *("content_hash", "finished_at", "updated_at"),
    )
    readonly_fields = (
        *("facts_in_words", "model_name", "values_checked", "not_found"),
        *("prompt_version", "schema_version"),
    )

    def has_start_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(START)

    @admin.action(description=_("Retry selected failed ones"), permissions=["start"])
    def retry_failed(
        self, request: HttpRequest, queryset: QuerySet[Enrichment]
    ) -> None:
        """All of them, batch after batch, and nothing else."""
        run = retrying.start_some(queryset, door=Door.ADMIN, user=request.user)
        if run is None:
            text = gettext("None of the selected ones is failed.")
            self.message_user(request, text, messages.INFO)
            return
        count = progress.of_run(run).left
        text = ngettext(
            "%(count)d failed job is tried again.",
            "%(count)d failed jobs are tried again.",
            count,
        ) % {"count": count}
        log_once(request.user, run, flag=ADDITION, what=text)
        address = reverse("enrichment:run-detail", args=[run.pk])
        link = format_html(
            '{} <a href="{}">{}</a>', text, address, _("Look at the run")
        )
        self.message_user(request, link, messages.SUCCESS)

    @admin.display(description=_("model"))
    def model_name(self, enrichment: Enrichment) -> str:
        call = enrichment.call
        return (call.reported_model or call.model) if call else NOTHING

    @admin.display(description=_("facts in words"))
    def facts_in_words(self, enrichment: Enrichment) -> str:
        return facts_table(enrichment)
