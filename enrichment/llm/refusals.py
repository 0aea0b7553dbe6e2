"""What a provider's refusal means, by remedy: error statuses, and errors inside a 200.

One rule stands before all others: 429 with `insufficient_quota` is an empty account, not a
rate limit, and waiting doesn't fill it.
"""

from __future__ import annotations

import email.utils
import math
import re
import time
from collections.abc import Mapping
from datetime import UTC

from enrichment.llm.errors import ErrorKind, LlmError

QUOTA_CODES = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
)
MODEL_CODES = frozenset({"model_not_found", "invalid_model"})
MAX_RETRY_AFTER = 24 * 3600.0
# With their middle in stars, too: `abcd****wxyz`.
_KEY = re.compile(r"\b(?:sk|pk|key)-[\w*.-]{4,}|Bearer\s+\S+|[\w.-]*\*{3,}\S*", re.I)
SHORTEST_KEY = 8  # `none` and `offline` are words


def from_status(
    status: int,
    body: object,
    *,
    headers: Mapping[str, str],
    request_id: str,
    key: str,
) -> LlmError:
    """The error of an answer with an error status.

    Args:
        status: of HTTP.
        body: the JSON, or the text where it was none.
        headers: for Retry-After and the limits, by lower-case name.
        request_id: the provider's name for the call.
        key: the API key; some providers repeat it in their message.
    """
    said = _inner(body)
    codes = {str(said.get("code") or ""), str(said.get("type") or "")}
    kind, advice = _kind_of_status(status, codes)
    message = without_key(str(said.get("message") or ""), key)
    quoted = f": {cleaned(message)}" if message else ""
    return LlmError(
        kind,
        f"{advice} (HTTP {status}{quoted})",
        retry_after=retry_after(headers),
        status=status,
        request_id=request_id,
        headers=rate_headers(headers),
    )


def rate_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those in which the provider tells of its limits."""
    return {k: v for k, v in headers.items() if k.startswith("x-ratelimit-")}


def from_failure(error: object) -> LlmError:
    """The error that stands in the body of a 200: the code says what it really was."""
    said = _inner(error)
    code = str(said.get("code") or "")
    message = cleaned(str(said.get("message") or "no reason given"))
    kind = ErrorKind.SERVER_ERROR
    if code in QUOTA_CODES:
        kind = ErrorKind.INSUFFICIENT_QUOTA
    elif code in {"rate_limit_exceeded", "429"}:
        kind = ErrorKind.RATE_LIMITED
    elif code in {"invalid_prompt", "invalid_request_error"}:
        kind = ErrorKind.BAD_REQUEST
    return LlmError(kind, f"The provider gave up on the answer: {message}", status=200)


def not_an_answer(body: object) -> LlmError:
    """200 with something else: most often a proxy's HTML page."""
    what = "a web page" if "<" in str(body)[:200] else "no answer of the API"
    return LlmError(
        ErrorKind.SERVER_ERROR,
        f"The provider's address returned {what} with status 200; "
        "if this stays so, check OPENAI_BASE_URL",
        status=200,
    )


def retry_after(
    headers: Mapping[str, str], *, now: float | None = None
) -> float | None:
    """Seconds that the provider asks to wait, at most a day; None where it doesn't say.

    Reads `retry-after-ms`, and `retry-after` as seconds or as an HTTP date (RFC 9110,
    section 10.2.3).
    """
    milliseconds = _finite(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return min(milliseconds / 1000, MAX_RETRY_AFTER)
    raw = headers.get("retry-after")
    seconds = _finite(raw)
    if seconds is None and raw:
        try:
            moment = email.utils.parsedate_to_datetime(raw)
            if moment.tzinfo is None:  # the obsolete forms name no zone and mean GMT
                moment = moment.replace(tzinfo=UTC)
            until = moment.timestamp()
        except (ValueError, OverflowError):
            return None
        seconds = max(until - (time.time() if now is None else now), 0.0)
    return None if seconds is None else min(seconds, MAX_RETRY_AFTER)


def without_key(text: str, key: str) -> str:
    return text.replace(key, "[key]") if len(key) >= SHORTEST_KEY else text


def cleaned(message: str) -> str:
    """One line of at most 300 characters, without anything that looks like a key."""
    return _KEY.sub("[key]", " ".join(storable(message).split()))[:300]


def storable(text: str) -> str:
    """PostgreSQL stores no NUL characters, and a lone surrogate is no text at all."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _inner(body: object) -> Mapping[str, object]:
    """Code, type and message; an HTML page has none worth keeping."""
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        return inner if isinstance(inner, Mapping) else {"message": inner}
    return {}


def _finite(raw: str | None) -> float | None:
    try:
        value = float(raw) if raw else None
    except ValueError:
        return None
    return value if value is not None and math.isfinite(value) and value >= 0 else None


def _kind_of_status(status: int, codes: set[str]) -> tuple[ErrorKind, str]:
    if codes & QUOTA_CODES:
        return ErrorKind.INSUFFICIENT_QUOTA, "The account has no credit left"
    if codes & MODEL_CODES:
        return ErrorKind.UNKNOWN_MODEL, "The provider doesn't know the model"
    match status:
        case 429:
            return ErrorKind.RATE_LIMITED, "Rate limit exceeded"
        case 401:
            return ErrorKind.UNAUTHORIZED, "The provider did not accept the API key"
        case 402:
            return ErrorKind.INSUFFICIENT_QUOTA, "The account has no credit left"
        case 403:
            return ErrorKind.FORBIDDEN, "The account may not do this"
        case 404:
            return ErrorKind.UNKNOWN_MODEL, "No such model or address at the provider"
        case 408 | 409:
            return ErrorKind.SERVER_ERROR, "The provider asks to try again"
        case _ if status >= 500:
            return ErrorKind.SERVER_ERROR, "The provider had an error"
        case _ if status < 400:
            return ErrorKind.UNKNOWN_MODEL, "The provider's address points elsewhere"
        case _:
            return ErrorKind.BAD_REQUEST, "The provider did not accept the request"
