"""The page's side of the engine: the panel, the dialog, pause and resume, runs and batches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_htmx.http import trigger_client_event

from enrichment import batches, dialogs, panel
from enrichment.access import CONTROL, START, VIEW_POSTINGS, SiteRequest, requires
from enrichment.batches import Started
from enrichment.models import Batch, Door, Run

ACTIONS = {
    "pause": batches.pause,
    "resume": batches.resume,
    "cancel": batches.cancel,
}
MOST_SELECTED = 1000
ROWS_SHOWN = 100


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def progress_panel(request: SiteRequest) -> HttpResponse:
    """Polled; `seen` says what the last poll showed, so that the list can follow."""
    return _panel(request)


def _panel(request: SiteRequest) -> HttpResponse:
    now = panel.build()
    context = {"panel": now, "may_control": request.user.has_perm(CONTROL)}
    response = render(request, "enrichment/_progress.html", context)
    for event in panel.events(request.GET.get("seen", ""), now):
        trigger_client_event(response, event)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(START)
def start(request: SiteRequest) -> HttpResponse:
    """GET asks, POST starts: in a dialog, or on a page of its own without JavaScript."""
    if request.method == "POST":
        return _start(request)
    ids = _selected(request.GET)
    question = dialogs.about_all() if ids is None else dialogs.about_selection(ids)
    context = {"question": question, "ids": ids or [], "next": _next(request)}
    name = "_enrich_dialog.html" if request.htmx else "enrich.html"
    return render(request, f"enrichment/{name}", context)


def _start(request: SiteRequest) -> HttpResponse:
    ids = _selected(request.POST)
    if ids is None:
        started, repeated = _start_all(request)
    else:
        # Twice is harmless: what the first one queued, the second one skips.
        started = batches.start(door=Door.PAGE, user=request.user, selection=ids)
        repeated = False
    outcome = dialogs.outcome(started, repeated=repeated)
    if request.htmx:
        response = render(
            request, "enrichment/_enrich_outcome.html", {"outcome": outcome}
        )
        return trigger_client_event(response, "enrichment-changed")
    say = messages.success if started.run else messages.info
    say(request, "\n".join(outcome.texts))
    return HttpResponseRedirect(_next(request))


def _start_all(request: SiteRequest) -> tuple[Started, bool]:
    """Start the next batch, unless the same person's yes to the same question came before.

    The person's row is locked, so that of two clicks the second one sees the first one's run.
    """
    asked_at = request.POST.get("seen_run", "")
    with transaction.atomic():
        users = get_user_model().objects.select_for_update(no_key=True)
        users.get(pk=request.user.pk)
        if asked_at.isdigit():
            newer = Run.objects.filter(user=request.user, pk__gt=int(asked_at[:18]))
            run = newer.filter(door=Door.PAGE).order_by("pk").first()
            if run:
                return dialogs.replay(run), True
        started = batches.start(
            door=Door.PAGE,
            user=request.user,
            continuous=request.POST.get("continuous") == "on",
        )
    return started, False


@require_POST
@requires(START)
def enrich_again(request: SiteRequest, pk: int) -> HttpResponse:
    """Ask the model anew about one posting, whatever is stored."""
    started = batches.start(
        door=Door.PAGE, user=request.user, selection=[pk], force=True
    )
    if started.run:
        messages.success(request, _("This job will be enriched again."))
    else:
        messages.info(request, _("This job is on its way already."))
    return HttpResponseRedirect(reverse("jobs:job-detail", args=[pk]))


@require_POST
@requires(CONTROL)
def control(request: SiteRequest, pk: int, action: str) -> HttpResponse:
    if action not in ACTIONS:
        raise Http404
    get_object_or_404(Run, pk=pk)
    done = ACTIONS[action](pk)
    if request.htmx:
        return _panel(request)
    if not done:
        messages.info(request, _("The run was in another state already."))
    return HttpResponseRedirect(_next(request))


@require_safe
@requires(VIEW_POSTINGS)
def run_detail(request: SiteRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.select_related("user"), pk=pk)
    context = {
        "card": panel.card(run),
        "batches": run.batches.order_by("-pk")[:ROWS_SHOWN],
        "next": request.get_full_path(),
        "may_control": request.user.has_perm(CONTROL),
    }
    return render(request, "enrichment/run_detail.html", context)


@require_safe
@requires(VIEW_POSTINGS)
def batch_detail(request: SiteRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch.objects.select_related("run__user"), pk=pk)
    rows = (
        batch.enrichments.select_related("posting")
        .only(
            "status",
            "error_kind",
            "error_message",
            "finished_at",
            "posting__title",
            "posting__company",
        )
        .order_by("-priority", "pk")
    )
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "cost": None if batch.unpriced_calls else batch.cost_microusd,
        "page": page,
        "moved_on": max(batch.total - page.paginator.count, 0),
    }
    return render(request, "enrichment/batch_detail.html", context)


def _selected(data: Any) -> list[int] | None:
    """Ids of postings in the order given; None where all pending ones are meant."""
    if data.get("scope") != "selected":
        return None
    texts = data.getlist("posting")[:MOST_SELECTED]
    return list(dict.fromkeys(int(text[:18]) for text in texts if text.isdecimal()))


def _next(request: SiteRequest) -> str:
    """Where the person was: the list with its search, or what the form names."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("jobs:job-list")
