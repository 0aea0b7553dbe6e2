"""Tokens: made once, shown once, recognised by a digest."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security.http import HttpAuthBase

from jobsite.api.errors import ApiError, Kind, unauthorized
from jobsite.api.models import ApiToken
from jobsite.api.models.tokens import Scope
from jobsite.api.querysets import MINUTE_US, now_us

# So that those who search texts for secrets find one.
BEGINNING = "jobsite_"
RANDOM_BYTES = 32
# Of the random part, kept to recognise it: 48 of 256 bits.
SHOWN = 8
MINUTE = timedelta(minutes=1)


def new_text() -> str:
    return BEGINNING + secrets.token_urlsafe(RANDOM_BYTES)


def digest(text: str) -> str:
    """Without a salt: nobody guesses 256 random bits."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def prefix(text: str) -> str:
    return text[: len(BEGINNING) + SHOWN]


def make(
    *,
    user: Any,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """The token's row, and the token itself, which nobody can tell again."""
    text = new_text()
    allowed = {f"may_{scope}": scope in scopes for scope in Scope.values}
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest(text),
        prefix=prefix(text),
        expires_at=expires_at,
        **allowed,
    )
    return token, text


class Needs(HttpAuthBase):
    """Lets in a token with the scope whose user has the permissions, and counts it.

    Django's session is never asked: a browser that is logged in has no power here, so there
    is nothing for another site to forge.
    """

    openapi_scheme = "bearer"

    def __init__(self, scope: Scope, *permissions: str) -> None:
        super().__init__()
        self._scope = scope
        self._permissions = permissions

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = recognise(request)
        if self._scope not in token.scopes:
            raise ApiError(
                Kind.FORBIDDEN, f"The token lacks the scope {self._scope.value!r}."
            )
        for permission in self._permissions:
            if not token.user.has_perm(permission):
                raise ApiError(
                    Kind.FORBIDDEN, f"The token's user lacks {permission!r}."
                )
        return token


def recognise(request: Any) -> ApiToken:
    """The request's token, counted.

    Raises:
        ApiError: none that is good, or its rate is used up.
    """
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise unauthorized()
    rows = ApiToken.objects.select_related("user")
    token = rows.filter(digest=digest(text.strip())).first()
    if token is None:
        raise unauthorized("There is no such token.")
    request.api_token = token
    now = timezone.now()
    if token.revoked_at is not None:
        raise unauthorized("The token was revoked.")
    if token.expires_at is not None and token.expires_at <= now:
        raise unauthorized("The token is no longer good: make a new one.")
    if not token.user.is_active:
        raise unauthorized("The token's user is not active.")
    count(request, token)
    return token


def count(request: Any, token: ApiToken) -> None:
    """Against the token's rate; headers tell what is left of it."""
    rows = ApiToken.objects.filter(pk=token.pk)
    limit = settings.API_REQUESTS_PER_MINUTE
    step = MINUTE_US // limit
    if won := rows.take_turn(per_minute=limit):
        spent = max(token.spent_until_us, now_us()) + step
    else:
        spent = rows.values_list("spent_until_us", flat=True).get()
    ahead = max(spent - now_us(), 0)
    request.api_allowance = {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(max((MINUTE_US - ahead) * limit // MINUTE_US, 0)),
        "RateLimit-Reset": str(math.ceil(ahead / 1_000_000)),
    }
    if not won:
        wait = (ahead + step - MINUTE_US) / 1_000_000
        raise ApiError(
            Kind.RATE_LIMITED,
            f"More than {limit} requests a minute.",
            headers={"Retry-After": str(max(math.ceil(wait), 1))},
        )
    if token.last_used_at is None or timezone.now() - token.last_used_at > MINUTE:
        rows.used()
