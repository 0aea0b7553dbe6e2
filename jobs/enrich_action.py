"""The admin's action *Enrich selected jobs*: asks, starts, and links to the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment import batches, dialogs
from enrichment.access import START
from enrichment.batches import Started
from enrichment.models import Door, Run
from jobs.models import JobPosting

if TYPE_CHECKING:
    MixinBase = admin.ModelAdmin[JobPosting]
else:
    MixinBase = object


class EnrichActionMixin(MixinBase):
    def has_enrich_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(START)

    @admin.action(
        description=gettext_lazy("Enrich selected jobs"), permissions=["enrich"]
    )
    def enrich_selected(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> TemplateResponse | None:
        """Two steps: first the numbers, then the start.

        The queryset may be all that a filter finds: it is counted and handed on, never read.
        """
        if "confirm" not in request.POST:
            return self._ask(request, queryset)
        with transaction.atomic():
            started = batches.start(
                door=Door.ADMIN, user=request.user, selection=queryset
            )
            if started.run:
                self._log(request, started.run, started)
        self._tell(request, started)
        return None

    def _ask(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> TemplateResponse:
        across = request.POST.get("select_across") == "1"
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Enrich jobs"),
            "opts": self.opts,
            "question": dialogs.about_selection(queryset),
            # The admin wants one at least, even where all are meant.
            "selected_ids": selected[:1] if across else selected,
            "select_across": int(across),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/jobs/jobposting/enrich_confirmation.html", context
        )

    def _log(self, request: HttpRequest, run: Run, started: Started) -> None:
        """One entry for the run; it has as many postings as somebody selected."""
        what = ngettext(
            "Enrich selected jobs: %(count)d queued.",
            "Enrich selected jobs: %(count)d queued.",
            started.queued,
        ) % {"count": started.queued}
        LogEntry.objects.log_actions(
            request.user.pk or 0, [run], ADDITION, what, single_object=True
        )

    def _tell(self, request: HttpRequest, started: Started) -> None:
        outcome = dialogs.outcome(started)
        text = format_html_join(
            " ", "{}", ((line,) for line in (outcome.title, *outcome.lines))
        )
        if outcome.batch is None:
            self.message_user(request, text, messages.INFO)
            return
        link = format_html(
            '{} <a href="{}">{}</a>',
            text,
            outcome.batch.get_absolute_url(),
            _("Look at the batch"),
        )
        self.message_user(request, link, messages.SUCCESS)
        if outcome.warning:
            self.message_user(request, outcome.warning, messages.WARNING)
