"""The question before a start, the start, and what is told after it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from enrichment import batches, dialogs
from enrichment.access import START, SiteRequest, requires
from enrichment.batches import Started
from enrichment.models import Door, Run
from enrichment.views import returning

MOST_SELECTED = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@requires(START)
def start(request: SiteRequest) -> HttpResponse:
    """GET asks, POST starts: in a dialog, or on a page of its own without JavaScript."""
    if request.method == "POST":
        return _start(request)
    ids = _selected(request.GET)
    question = dialogs.about_all() if ids is None else dialogs.about_selection(ids)
    context = {
        "question": question,
        "ids": ids or [],
        "next": returning.address(request),
    }
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
    return HttpResponseRedirect(returning.address(request))


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


def _selected(data: Any) -> list[int] | None:
    """Ids of postings in the order given; None where all pending ones are meant."""
    if data.get("scope") != "selected":
        return None
    texts = data.getlist("posting")[:MOST_SELECTED]
    return list(dict.fromkeys(int(text[:18]) for text in texts if text.isdecimal()))
