"""Where a form leads back to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from enrichment.access import SiteRequest


def address(request: SiteRequest) -> str:
    """Where the person was: the list with its search, or what the form names."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("jobs:job-list")
