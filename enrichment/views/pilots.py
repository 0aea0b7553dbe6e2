"""Trying a version of the prompt on a few postings, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from enrichment import pilots, sampling
from enrichment.access import MANAGE_PROMPTS, SiteRequest, requires
from enrichment.models import Pilot, Prompt
from enrichment.pages import pilot_results
from enrichment.pages import prompts as pages


@require_safe
@requires(MANAGE_PROMPTS)
def choose(request: SiteRequest) -> HttpResponse:
    """Which version to try on the postings that were ticked in the list."""
    if request.htmx:  # the list's form would put it into a dialog
        return HttpResponseClientRedirect(request.get_full_path())
    rows = Prompt.objects.exclude(status="current").defer("instructions")
    context = {
        "prompts": rows.order_by("-version")[: pages.SHOWN],
        "ids": _ids(request),
    }
    return render(request, "enrichment/pilot_choice.html", context)


@require_POST
@requires(MANAGE_PROMPTS)
def start(request: SiteRequest) -> HttpResponse:
    version = request.POST.get("version", "")
    prompt = get_object_or_404(
        Prompt, version=int(version[:9]) if version.isdecimal() else 0
    )
    ids = _ids(request)
    form = pages.PilotForm(request.POST)
    if not ids and not form.is_valid():
        context = {"page": pages.page(prompt), "pilot_form": form}
        return render(request, "enrichment/prompt.html", context, status=422)
    wish = {} if ids else form.cleaned_data
    pilot, is_new = pilots.start(
        version=prompt.version,
        user=request.user,
        ids=ids,
        size=wish.get("size", pilots.USUAL),
        at_random=wish.get("sample") == "random",
    )
    if pilot is None:
        messages.info(request, _("No job is enriched yet that it could be tried on."))
        return redirect(prompt)
    if not is_new:
        messages.info(request, _("This version is being tried already."))
    return redirect(pilot)


@require_safe
@requires(MANAGE_PROMPTS)
def page(request: SiteRequest, pk: int) -> HttpResponse:
    return render(request, "enrichment/pilot.html", _context(pk))


@require_safe
@requires(MANAGE_PROMPTS, fragment=True)
def pilot_progress(request: SiteRequest, pk: int) -> HttpResponse:
    """Polled until the pilot is over; then the page is loaded with its results."""
    context = _context(pk)
    if request.htmx and context["results"].is_over:
        return HttpResponseClientRefresh()
    return render(request, "enrichment/_pilot_progress.html", context)


@require_POST
@requires(MANAGE_PROMPTS)
def cancel(request: SiteRequest, pk: int) -> HttpResponse:
    pilot = get_object_or_404(Pilot, pk=pk)
    if not Pilot.objects.cancel(pk):
        messages.info(request, _("This pilot was over or cancelled already."))
    return redirect(pilot)


def _context(pk: int) -> dict[str, Any]:
    pilot = get_object_or_404(Pilot.objects.select_related("prompt", "user"), pk=pk)
    current = Prompt.objects.filter(status="current").first()
    return {"results": pilot_results.of(pilot), "current": current}


def _ids(request: SiteRequest) -> list[int]:
    data = request.POST if request.method == "POST" else request.GET
    texts = data.getlist("posting")[: sampling.MOST]
    return list(dict.fromkeys(int(text[:18]) for text in texts if text.isdecimal()))
