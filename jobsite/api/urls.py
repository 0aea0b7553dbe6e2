"""Addresses below /api/; each answers in JSON, whatever happens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from enrichment.access import VIEW_POSTINGS
from jobsite.api import errors
from jobsite.api.guard import guarded
from jobsite.api.service import api
from jobsite.api.tokens import recognise

app_name = "api"


def description(request: Any) -> JsonResponse:
    """For a token, or for a person who is logged in: it only tells, and changes nothing."""
    if request.method != "GET":
        refused = errors.of_status(405, f"Not by {request.method} here.")
        refused["Allow"] = "GET"
        return refused
    if not request.user.has_perm(VIEW_POSTINGS):
        recognise(request)
    return JsonResponse(api.get_openapi_schema())


@csrf_exempt
def nothing(request: HttpRequest) -> JsonResponse:
    return errors.nothing_here()


_endpoints: list[Any] = list(api.urls[0])
for _endpoint in _endpoints:
    _endpoint.callback = guarded(_endpoint.callback)
urlpatterns = [
    path("openapi.json", guarded(csrf_exempt(description)), name="description"),
    *_endpoints,
    re_path("", guarded(nothing)),
]
