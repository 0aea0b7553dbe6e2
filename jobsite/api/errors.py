"""Refusals: one shape, and a closed list of kinds."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

logger = logging.getLogger(__name__)


class Kind(StrEnum):
    MALFORMED = "malformed"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    INVALID = "invalid"
    RATE_LIMITED = "rate_limited"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"

    @property
    def status(self) -> int:
        return _STATUSES[self]


_STATUSES = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHORIZED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.METHOD_NOT_ALLOWED: 405,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED_MEDIA_TYPE: 415,
    Kind.INVALID: 422,
    Kind.RATE_LIMITED: 429,
    Kind.INTERNAL: 500,
    Kind.UNAVAILABLE: 503,
}
_SHAPES = {"Chosen", "Matching"}
_KINDS = {status: kind for kind, status in _STATUSES.items()}


class Refusal(Schema):
    """Why a request was not done."""

    kind: Kind
    message: str = Field(description="For a person.")
    field: str | None = Field(description="What in the request is wrong, where known.")


class ApiError(Exception):
    """A request can't be done, by no fault of this program."""

    def __init__(
        self,
        kind: Kind,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.field = field
        self.headers = headers or {}


def refusal(error: ApiError) -> JsonResponse:
    data = {"kind": error.kind, "message": error.message, "field": error.field}
    return JsonResponse(data, status=error.kind.status, headers=dict(error.headers))


def of_status(status: int, message: str) -> JsonResponse:
    return refusal(ApiError(_KINDS.get(status, Kind.MALFORMED), message))


def answer_by(api: NinjaAPI) -> None:
    """Let all that can go wrong be told in this one shape."""
    handlers: dict[type[Exception], Any] = {
        ApiError: lambda _request, error: refusal(error),
        AuthenticationError: lambda _request, _error: refusal(unauthorized()),
        ValidationError: lambda _request, error: refusal(_invalid(error)),
        HttpError: lambda _request, error: _http(error),
        Http404: lambda _request, _error: nothing_here(),
        RequestDataTooBig: lambda _request, _error: refusal(too_large()),
        OperationalError: _away,
        InterfaceError: _away,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def unauthorized(message: str = "") -> ApiError:
    return ApiError(
        Kind.UNAUTHORIZED,
        message or "Send a token: Authorization: Bearer …",
        headers={"WWW-Authenticate": "Bearer"},
    )


def too_large() -> ApiError:
    return ApiError(Kind.TOO_LARGE, "The body is larger than 2 MB.")


def nothing_here() -> JsonResponse:
    return of_status(404, "There is nothing at this address.")


def fault() -> JsonResponse:
    return of_status(500, "A fault of this program; its log says more.")


def _http(error: HttpError) -> JsonResponse:
    """Of a body that could not be read; the parser says what it was."""
    if isinstance(error.__cause__, ApiError):
        return refusal(error.__cause__)
    return of_status(error.status_code, error.message)


def _invalid(error: ValidationError) -> ApiError:
    """The first thing that is wrong: mending one at a time is clear enough."""
    # Of several shapes that a value could have, the one that it came closest to.
    first = max(error.errors, key=lambda one: len(one["loc"]))
    # After where it came from (body, query, path) stands the name of the whole body.
    place = [str(part) for part in first["loc"]]
    named = place[2:] if place[0] == "body" else place[1:]
    # Names of shapes are no part of what was sent.
    named = [part for part in named if part not in _SHAPES and "[" not in part]
    message = str(first["msg"])[:500]
    return ApiError(Kind.INVALID, message, field=".".join(named)[:200] or place[0])


def _away(_request: HttpRequest, error: Exception) -> JsonResponse:
    logger.warning("⚠️  The database does not answer the API (%s)", error)
    away = ApiError(
        Kind.UNAVAILABLE,
        "The database does not answer; try again soon.",
        headers={"Retry-After": "5"},
    )
    return refusal(away)


def _fault(request: HttpRequest, error: Exception) -> JsonResponse:
    logger.error(
        "❌ API %s %s met a fault", request.method, request.path, exc_info=error
    )
    return fault()
