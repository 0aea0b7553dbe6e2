"""What failed, by cause, and trying it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from enrichment import progress, retrying
from enrichment.access import CONTROL, START, VIEW_POSTINGS, SiteRequest, requires
from enrichment.kinds import ERROR_KIND_CHOICES
from enrichment.models import Door, Run
from enrichment.pages import dialogs, failures

KINDS = {retrying.ALL, *(kind for kind, _label in ERROR_KIND_CHOICES)}


@require_safe
@requires(VIEW_POSTINGS)
def failure_list(request: SiteRequest) -> HttpResponse:
    return _page(request, "failures.html")


def _page(request: SiteRequest, template: str, **more: object) -> HttpResponse:
    context = {
        "failures": failures.find(failures.WishForm(request.GET).wish),
        # A second click comes with the same one, and finds a newer run.
        "seen_run": dialogs.newest_run(),
        "may_start": request.user.has_perm(START),
        "may_control": request.user.has_perm(CONTROL),
        **more,
    }
    return render(request, f"enrichment/{template}", context)


@require_POST
@requires(START)
def retry(request: SiteRequest) -> HttpResponse:
    """One posting, or all of a kind; the address says what to show afterwards."""
    posting = request.POST.get("posting", "")
    if posting.isdecimal():
        level, text = _retry_one(request, int(posting[:18]))
    else:
        level, text = _retry_kind(request, request.POST.get("kind", ""))
    if request.htmx:
        outcome = {"level": messages.DEFAULT_TAGS[level], "text": text}
        return _page(request, "_failure_groups.html", outcome=outcome)
    messages.add_message(request, level, text)
    query = failures.WishForm(request.GET).query
    return HttpResponseRedirect(reverse("enrichment:failures") + query)


def _retry_one(request: SiteRequest, posting_id: int) -> tuple[int, str]:
    run = retrying.start_one(posting_id, door=Door.PAGE, user=request.user)
    if run is None:
        return messages.INFO, _("This job is not failed any more.")
    return messages.SUCCESS, _linked(_("This job is tried again."), run)


def _retry_kind(request: SiteRequest, kind: str) -> tuple[int, str]:
    if kind not in KINDS:
        return messages.INFO, _("Nothing of this kind is failed.")
    repeated = _of_first_click(request, kind)
    if repeated:
        text = _("It was started once: the second click changed nothing.")
        return messages.INFO, _linked(text, repeated)
    run, is_new = retrying.start(kind=kind, door=Door.PAGE, user=request.user)
    if run is None:
        return messages.INFO, _("Nothing of this kind is failed.")
    if not is_new:
        return messages.INFO, _linked(_already(run), run)
    return messages.SUCCESS, _linked(_started(progress.of_run(run).left), run)


def _of_first_click(request: SiteRequest, kind: str) -> Run | None:
    """The run of the same person's same click, even where it is over by now."""
    seen = request.POST.get("seen_run", "")
    if not seen.isdecimal():
        return None
    newer = Run.objects.filter(pk__gt=int(seen[:18]), user=request.user, retries=kind)
    return newer.first()


def _started(count: int) -> str:
    duration = progress.duration_text(progress.estimate_seconds(count))
    text = ngettext(
        "%(count)d failed job is tried again. Estimated time: %(duration)s",
        "%(count)d failed jobs are tried again. Estimated time: %(duration)s",
        count,
    )
    return text % {"count": count, "duration": duration}


def _already(run: Run) -> str:
    if run.status == Run.Status.ACTIVE:
        return _("These jobs are being tried again already.")
    return _("A run that tries these jobs again has been stopped: resume that one.")


def _linked(text: str, run: Run) -> str:
    address = reverse("enrichment:run-detail", args=[run.pk])
    return format_html('{} <a href="{}">{}</a>', text, address, _("Look at the run"))
