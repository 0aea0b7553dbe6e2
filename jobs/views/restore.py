"""Putting an earlier answer about one posting back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enrichment import edits, restoring
from enrichment.access import EDIT, SiteRequest, requires
from enrichment.models import Enrichment


@require_POST
@requires(EDIT)
def job_restore(request: SiteRequest, pk: int, call: int) -> HttpResponse:
    enrichment = get_object_or_404(Enrichment.objects.select_related("posting"), pk=pk)
    seen = edits.seen(request.POST.get("seen", ""))
    if seen and restoring.restore(enrichment, call, user=request.user, seen=seen):
        messages.success(request, _("The earlier answer counts again."))
    else:
        messages.error(
            request, _("This job has changed since you opened it: look again.")
        )
    return HttpResponseRedirect(reverse("jobs:job-detail", args=[pk]))
