"""The admin's actions that start enrichment: each asks or starts, and links to what it started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment import batches
from enrichment.access import START
from enrichment.audit import log_once
from enrichment.batches import Started
from enrichment.models import Door, Run
from enrichment.pages import dialogs
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
            return self._ask(request, queryset, action="enrich_selected")
        self._start(request, queryset, what=_("Enrich selected jobs"))
        return None

    @admin.action(
        description=gettext_lazy("Enrich selected jobs with high priority"),
        permissions=["enrich"],
    )
    def enrich_first(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> TemplateResponse | None:
        """As above; its batches go before those of other runs."""
        if "confirm" not in request.POST:
            return self._ask(request, queryset, action="enrich_first")
        what = _("Enrich selected jobs with high priority")
        self._start(request, queryset, what=what, priority=Run.Priority.HIGH)
        return None

    @admin.action(
        description=gettext_lazy("Retry the failed ones of the selected jobs"),
        permissions=["enrich"],
    )
    def retry_failed(
        self, request: HttpRequest, queryset: QuerySet[JobPosting]
    ) -> None:
        """All of them, batch after batch, and nothing else."""
        failed = queryset.filter(enrichment__status="failed")
        self._start(request, failed, what=_("Retry failed jobs"), continuous=True)

    def _start(
        self,
        request: HttpRequest,
        selection: QuerySet[JobPosting],
        *,
        what: str,
        **options: Any,
    ) -> None:
        with transaction.atomic():
            started = batches.start(
                door=Door.ADMIN, user=request.user, selection=selection, **options
            )
            if started.run:
                self._log(request, started.run, what=what, count=started.taken)
        self._tell(request, started)

    def _ask(
        self, request: HttpRequest, queryset: QuerySet[JobPosting], *, action: str
    ) -> TemplateResponse:
        across = request.POST.get("select_across") == "1"
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Enrich jobs"),
            "opts": self.opts,
            "question": dialogs.about_selection(queryset),
            "is_first": action == "enrich_first",
            # The admin wants one at least, even where all are meant.
            "selected_ids": selected[:1] if across else selected,
            "select_across": int(across),
            "action": action,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/jobs/jobposting/enrich_confirmation.html", context
        )

    def _log(self, request: HttpRequest, run: Run, *, what: str, count: int) -> None:
        """One entry for the run; it has as many postings as somebody selected."""
        told = ngettext(
            "%(what)s: %(count)d queued.", "%(what)s: %(count)d queued.", count
        )
        told %= {"what": what, "count": count}
        log_once(request.user, run, flag=ADDITION, what=told)

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
