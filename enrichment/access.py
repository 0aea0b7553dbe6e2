"""Who may open a page: the same answer to a person, to a fragment and to a stranger."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.middleware import HtmxDetails

VIEW_POSTINGS = "jobs.view_jobposting"
START = "enrichment.start_run"
CONTROL = "enrichment.control_run"
EDIT = "enrichment.edit_facts"
MANAGE_PROMPTS = "enrichment.manage_prompts"

View = Callable[..., HttpResponseBase]


class SiteRequest(HttpRequest):
    """What the middleware makes of a request, once somebody is logged in."""

    user: Any
    htmx: HtmxDetails


def requires(permission: str, *, fragment: bool = False) -> Callable[[View], View]:
    """Let in who has the permission; others get 403.

    Anonymous ones are sent to the login page, but never where htmx would swap that page
    into another one: then it is a 403 that has the browser load its page again.

    Args:
        permission: its full name.
        fragment: the address only ever gives a part of a page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.has_perm(permission):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            if fragment or request.htmx:
                headers = {"HX-Refresh": "true"} if request.htmx else {}
                return HttpResponse("Log in first.", status=403, headers=headers)
            return redirect_to_login(request.get_full_path())

        return checked

    return decorate
