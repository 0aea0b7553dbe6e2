"""`/metrics`: for Prometheus, which knows the token, and for people who may see runs."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from enrichment import metrics


@require_safe
def metrics_text(request: HttpRequest) -> HttpResponse:
    """403 for anybody else; 503 while the database does not answer."""
    if not (_knows_the_token(request) or _may_look(request)):
        return HttpResponse(
            "Not for the public.\n", status=403, content_type="text/plain"
        )
    try:
        text = metrics.text()
    except Error:
        return HttpResponse(
            "The database does not answer.\n", status=503, content_type="text/plain"
        )
    return HttpResponse(text, content_type=metrics.CONTENT_TYPE)


def _knows_the_token(request: HttpRequest) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    expected = settings.METRICS_TOKEN
    if not expected or scheme.casefold() != "bearer":
        return False
    return secrets.compare_digest(token.strip().encode(), expected.encode())


def _may_look(request: HttpRequest) -> bool:
    return request.user.has_perm("enrichment.view_run")
