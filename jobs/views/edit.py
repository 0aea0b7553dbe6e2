"""Correcting the facts of one posting by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enrichment import edits, restoring
from enrichment.access import EDIT, SiteRequest, requires
from enrichment.models import Enrichment
from enrichment.models.enrichments import field_of
from enrichment.pages import edit_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires(EDIT)
def job_edit(request: SiteRequest, pk: int) -> HttpResponse:
    """The form, and what was entered in it.

    Where somebody else came first nothing is kept: the form shows how it is now, and
    beside it what this person had entered.
    """
    enrichment = _with_facts(pk)
    if request.method != "POST":
        return _form(request, edit_page.Page(enrichment))
    page = edit_page.Page(enrichment, data=request.POST)
    seen = edits.seen(request.POST.get("seen", ""))
    is_current = request.POST.get("seen") == edits.token(enrichment)
    values = page.entered()
    if values is None and is_current:
        return _form(request, page, status=422)
    if (
        seen is None
        or not is_current
        or not edits.correct(enrichment, values or {}, user=request.user, seen=seen)
    ):
        return _conflict(request, pk, values or {})
    if values:
        messages.success(request, _("Your corrections are kept."))
    else:
        messages.info(request, _("Nothing was changed."))
    return _back(pk)


@require_POST
@requires(EDIT)
def job_take_back(request: SiteRequest, pk: int, field: str) -> HttpResponse:
    """Back to what the model said about one fact."""
    enrichment = _with_facts(pk)
    if field not in (enrichment.edits or {}):
        messages.info(request, _("That correction was taken back already."))
        return _back(pk)
    won = _by_hand(request, partial(edits.take_back, enrichment, field))
    return _told(request, pk, won=won, text=_("The model's value counts again."))


@require_POST
@requires(EDIT)
def job_take_in(request: SiteRequest, pk: int, field: str) -> HttpResponse:
    """What the model said about one fact is right, though it isn't found in the text."""
    enrichment = _with_facts(pk)
    if field not in {field_of(key) for key in enrichment.withheld}:
        messages.info(request, _("Nothing is left out there any more."))
        return _back(pk)
    won = _by_hand(request, partial(edits.take_in, enrichment, field))
    return _told(request, pk, won=won, text=_("It counts now, as your correction."))


@require_POST
@requires(EDIT)
def job_restore(request: SiteRequest, pk: int, call: int) -> HttpResponse:
    """An earlier answer about the posting counts again."""
    enrichment = get_object_or_404(Enrichment.objects.select_related("posting"), pk=pk)
    won = _by_hand(request, partial(restoring.restore, enrichment, call))
    return _told(request, pk, won=won, text=_("The earlier answer counts again."))


def _by_hand(request: SiteRequest, change: Callable[..., object]) -> bool:
    """Whether it is done: not where the job isn't as the person has seen it."""
    seen = edits.seen(request.POST.get("seen", ""))
    return bool(seen and change(user=request.user, seen=seen))


def _told(request: SiteRequest, pk: int, *, won: bool, text: str) -> HttpResponse:
    if won:
        messages.success(request, text)
    else:
        messages.error(
            request, _("This job has changed since you opened it: look again.")
        )
    return _back(pk)


def _with_facts(pk: int) -> Enrichment:
    enrichment = get_object_or_404(Enrichment.objects.select_related("posting"), pk=pk)
    if not isinstance(enrichment.facts, dict):
        raise Http404
    return enrichment


def _form(
    request: SiteRequest, page: edit_page.Page, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"page": page, "posting": page.enrichment.posting, **more}
    return render(request, "jobs/job_edit.html", context, status=status)


def _conflict(request: SiteRequest, pk: int, values: dict[str, Any]) -> HttpResponse:
    now = edit_page.Page(_with_facts(pk))
    return _form(
        request, now, status=409, unsaved=now.in_words(values), is_conflict=True
    )


def _back(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("jobs:job-detail", args=[pk]))
