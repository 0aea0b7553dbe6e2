"""The polled panel, and pausing, resuming and cancelling runs from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from enrichment import batches
from enrichment.access import CONTROL, VIEW_POSTINGS, SiteRequest, requires
from enrichment.models import Run
from enrichment.pages import panel
from enrichment.views import returning
from enrichment.views.together import Together

ACTIONS = {
    "pause": batches.pause,
    "resume": batches.resume,
    "cancel": batches.cancel,
}
# Two hundred open pages ask a hundred times a second; a panel is in its reader's language.
_polls: Together[str | None, panel.Panel] = Together(lambda _language: panel.build())


@require_safe
@requires(VIEW_POSTINGS, fragment=True)
def progress_panel(request: SiteRequest) -> HttpResponse:
    """Polled; `seen` says what the last poll showed, so that the list can follow."""
    return _panel(request)


def _panel(request: SiteRequest) -> HttpResponse:
    now = _polls.see(get_language())
    context = {"panel": now, "may_control": request.user.has_perm(CONTROL)}
    response = render(request, "enrichment/_panel.html", context)
    for event in panel.events(request.GET.get("seen", ""), now):
        trigger_client_event(response, event)
    return response


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
    return HttpResponseRedirect(returning.address(request))
