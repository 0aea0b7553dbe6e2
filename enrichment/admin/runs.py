"""Runs and their batches; runs are steered from here as from the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment import batches, run_sums
from enrichment.access import CONTROL
from enrichment.admin.base import LeanChangeList, ReadOnlyAdmin
from enrichment.audit import log_once
from enrichment.models import Batch, Run
from enrichment.templatetags.enrichment_text import usd

# Runs that one action steers; each is a transaction.
MOST_STEERED = 100
SHOWN_NUMBERS = 20


class RunChangeList(LeanChangeList):
    """With what each run's batches add up to, in one statement for the page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        runs: Any = list(self.result_list)
        sums = run_sums.of_many(runs)
        for run in runs:
            run.sums = sums[run.pk]
        self.result_list = runs


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    actions = ("pause", "resume", "cancel")
    list_display = (
        *("__str__", "status", "what", "enriched", "failed", "cost", "progress"),
        *("batches", "created_at", "finished_at", "user", "door", "priority"),
        *("batch_size", "reason_kind"),
    )
    list_filter = (
        ("status", admin.ChoicesFieldListFilter),
        ("door", admin.ChoicesFieldListFilter),
        "created_at",
    )
    list_select_related = ("user",)
    list_defer: ClassVar[tuple[str, ...]] = ("reason", "settings_used")

    def get_changelist(
        self, request: HttpRequest, **kwargs: Any
    ) -> type[RunChangeList]:
        return RunChangeList

    def has_control_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CONTROL)

    @admin.action(
        description=gettext_lazy("Pause selected runs"), permissions=["control"]
    )
    def pause(self, request: HttpRequest, queryset: QuerySet[Run]) -> None:
        done = self._steer(batches.pause, queryset)
        told = ngettext("%(count)d run paused.", "%(count)d runs paused.", len(done))
        self._tell(request, done, told)

    @admin.action(
        description=gettext_lazy("Resume selected runs"), permissions=["control"]
    )
    def resume(self, request: HttpRequest, queryset: QuerySet[Run]) -> None:
        done = self._steer(batches.resume, queryset)
        told = ngettext("%(count)d run resumed.", "%(count)d runs resumed.", len(done))
        self._tell(request, done, told)

    @admin.action(
        description=gettext_lazy("Cancel selected runs"), permissions=["control"]
    )
    def cancel(self, request: HttpRequest, queryset: QuerySet[Run]) -> None:
        done = self._steer(batches.cancel, queryset)
        told = ngettext(
            "%(count)d run cancelled.", "%(count)d runs cancelled.", len(done)
        )
        self._tell(request, done, told)

    def _steer(self, act: Callable[[int], bool], queryset: QuerySet[Run]) -> list[int]:
        """Those that were in a state for it; among all that are over nobody looks for more."""
        unfinished = queryset.filter(status__in=Run.UNFINISHED).order_by("pk")
        ids = list(unfinished.values_list("pk", flat=True)[:MOST_STEERED])
        return [run_id for run_id in ids if act(run_id)]

    def _tell(self, request: HttpRequest, done: list[int], told: str) -> None:
        """One entry in the log, with the numbers of the runs."""
        if not done:
            text = _("None of the selected runs is in a state for that.")
            self.message_user(request, text, messages.WARNING)
            return
        text = told % {"count": len(done)}
        numbers = ", ".join(map(str, done[:SHOWN_NUMBERS]))
        if len(done) > SHOWN_NUMBERS:
            numbers += ", ..."
        about = Run.objects.get(pk=done[0]) if len(done) == 1 else Run
        log_once(request.user, about, flag=CHANGE, what=f"{text} ({numbers})")
        self.message_user(request, text, messages.SUCCESS)

    @admin.display(description=gettext_lazy("takes"))
    def what(self, run: Run) -> str:
        if run.retries:
            text: str = run.get_retries_display()
        elif run.of_selection:
            text = _("a selection")
        else:
            text = _("batch after batch") if run.continuous else _("one batch")
        return text

    @admin.display(description=gettext_lazy("enriched"))
    def enriched(self, run: Any) -> int:
        return run.sums["successful"]  # type: ignore[no-any-return]

    @admin.display(description=gettext_lazy("failed"))
    def failed(self, run: Any) -> int:
        return run.sums["failed"]  # type: ignore[no-any-return]

    @admin.display(description=gettext_lazy("cost"), empty_value="?")
    def cost(self, run: Any) -> str | None:
        sums = run.sums
        return None if sums["unpriced_calls"] else usd(sums["cost_microusd"])

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, run: Run) -> SafeString:
        address = reverse("enrichment:run-detail", args=[run.pk])
        return format_html('<a href="{}">{}</a>', address, _("look"))

    @admin.display(description=gettext_lazy("batches"))
    def batches(self, run: Run) -> SafeString:
        address = reverse("admin:enrichment_batch_changelist")
        return format_html(
            '<a href="{}?run__id__exact={}">{}</a>', address, run.pk, _("list")
        )


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "run_number", "status", "total", "successful", "failed"),
        *("rate_limited", "calls", "tokens", "cost", "started_at", "finished_at"),
        "page",
    )
    list_filter = (("status", admin.ChoicesFieldListFilter), "created_at")
    readonly_fields = ("page",)

    @admin.display(description=gettext_lazy("run"))
    def run_number(self, batch: Batch) -> int:
        return batch.run_id

    @admin.display(description=gettext_lazy("tokens"))
    def tokens(self, batch: Batch) -> int:
        return batch.input_tokens + batch.output_tokens

    @admin.display(description=gettext_lazy("cost"), empty_value="?")
    def cost(self, batch: Batch) -> str | None:
        return None if batch.unpriced_calls else usd(batch.cost_microusd)

    @admin.display(description=gettext_lazy("progress"))
    def page(self, batch: Batch) -> SafeString:
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), _("look"))
