"""The question before a start, the start, and what is told after it."""

from __future__ import annotations

from collections.abc import Sequence
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

from enrichment import batches, conf
from enrichment.access import START, SiteRequest, requires
from enrichment.batches import Started
from enrichment.choosing import Selection
from enrichment.models import Door, Run
from enrichment.pages import dialogs
from enrichment.views import returning

MOST_SELECTED = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@requires(START)
def start(request: SiteRequest) -> HttpResponse:
    """All that is pending, or the postings that were ticked."""
    data = request.POST if request.method == "POST" else request.GET
    ids = _selected(data)
    if ids is None:
        return respond(request, selection=None, repeated=[("scope", "all")])
    again = [("scope", "selected"), *(("posting", str(pk)) for pk in ids)]
    return respond(request, selection=ids, repeated=again)


def respond(
    request: SiteRequest,
    *,
    selection: Selection | None,
    repeated: Sequence[tuple[str, str]],
) -> HttpResponse:
    """GET asks, POST starts: in a dialog, or on a page of its own without JavaScript.

    For any address that knows what is selected; the caller has checked the permission, and
    the form comes back to the same address.

    Args:
        selection: ids, or a query for postings; None = all that is pending.
        repeated: fields, names with values, by which the selection is found again.
    """
    if request.method == "POST":
        return _start(request, selection)
    size = _size(request.GET)
    question = (
        dialogs.about_all(size=size)
        if selection is None
        else dialogs.about_selection(selection, size=size)
    )
    context = {
        "question": question,
        "address": request.path,
        "repeated": repeated,
        "next": returning.address(request),
    }
    name = "_enrich_dialog.html" if request.htmx else "enrich.html"
    return render(request, f"enrichment/{name}", context)


def _start(request: SiteRequest, selection: Selection | None) -> HttpResponse:
    started, repeated = _start_once(request, selection)
    outcome = dialogs.outcome(started, repeated=repeated)
    if request.htmx:
        response = render(
            request, "enrichment/_enrich_outcome.html", {"outcome": outcome}
        )
        return trigger_client_event(response, "enrichment-changed")
    say = messages.success if started.run else messages.info
    say(request, "\n".join(outcome.texts))
    return HttpResponseRedirect(returning.address(request))


def _start_once(
    request: SiteRequest, selection: Selection | None
) -> tuple[Started, bool]:
    """Start, unless the same person's yes to the same question came before.

    The person's row is locked, so that of two clicks the second one sees the first one's run.
    """
    asked_at = request.POST.get("seen_run", "")
    with transaction.atomic():
        users = get_user_model().objects.select_for_update(no_key=True)
        users.get(pk=request.user.pk)
        if asked_at.isdigit():
            newer = Run.objects.filter(user=request.user, pk__gt=int(asked_at[:18]))
            # Of a selection within one batch the second one skips what the first one queued.
            same = newer.filter(door=Door.PAGE, of_selection=selection is not None)
            run = same.order_by("pk").first()
            if run:
                return dialogs.replay(run), True
        started = batches.start(
            door=Door.PAGE,
            user=request.user,
            selection=selection,
            size=_size(request.POST),
            continuous=request.POST.get("continuous") == "on",
            priority=_priority(request.POST),
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


def _size(data: Any) -> int:
    """Postings per batch; the setting's where none or an odd one is given."""
    text = data.get("size", "")
    if text.isdecimal() and 1 <= int(text[:9]) <= Run.LARGEST_BATCH:
        return int(text)
    return conf.current().batch_size


def _priority(data: Any) -> int:
    high = data.get("priority") == "high"
    return Run.Priority.HIGH if high else Run.Priority.NORMAL
