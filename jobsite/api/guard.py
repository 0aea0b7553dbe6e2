"""Around each address: bounds before, one shape of refusals and a log line after."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase

from jobsite.api import errors
from jobsite.api.parser import MOST_BYTES

logger = logging.getLogger(__name__)
READING = {"GET", "HEAD", "OPTIONS"}


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _length(request) > MOST_BYTES:
            response: HttpResponseBase = errors.refusal(errors.too_large())
        else:
            response = _answered(view, request, args, kwargs)
        for name, value in getattr(request, "api_allowance", {}).items():
            response[name] = value
        response["Cache-Control"] = "no-store"
        token = getattr(request, "api_token", None)
        logger.log(
            logging.DEBUG if request.method in READING else logging.INFO,
            "API %s %s: %s, token %s",
            request.method,
            ascii(request.path)[1:-1],
            response.status_code,
            token.prefix if token else "none",
        )
        return response

    return answer


def _answered(view: Any, request: Any, args: Any, kwargs: Any) -> HttpResponseBase:
    try:
        response: HttpResponse = view(request, *args, **kwargs)
    except Http404:
        return errors.nothing_here()
    except errors.ApiError as error:
        return errors.refusal(error)
    except Exception:
        logger.exception("❌ API %s %s met a fault", request.method, request.path)
        return errors.fault()
    if response.status_code == 405:
        refused = errors.of_status(405, f"Not by {request.method} here.")
        refused["Allow"] = ", ".join(sorted(response["Allow"].split(", ")))
        return refused
    return response


def _length(request: Any) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text[:18]) if text.isdecimal() else 0
