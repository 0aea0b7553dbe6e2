"""What can go wrong with one call, sorted by remedy; the closed list of error kinds.

A kind is stored with a failed posting and with a call in the ledger; pages group by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Remedy(StrEnum):
    """Who can do something about an error, and when."""

    RATE_BACKOFF = "rate_backoff"  # call again after 5, 10, 20 s
    API_BACKOFF = "api_backoff"  # call again after 3, 6, 12 s
    POSTING = "posting"  # this posting is done for now; the next one may be fine
    ACCOUNT = "account"  # every posting would fail alike: stop the run


class ErrorKind(StrEnum):
    """The closed list. `meaning` of each stands in `docs/errors.md` and on the pages."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    INVALID_JSON = "invalid_json"
    BAD_OUTPUT = "bad_output"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    EMPTY_OUTPUT = "empty_output"
    BAD_REQUEST = "bad_request"
    NO_TEXT = "no_text"
    INSUFFICIENT_QUOTA = "insufficient_quota"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    UNKNOWN_MODEL = "unknown_model"
    PROVIDER_DOWN = "provider_down"
    WORKER_DIED = "worker_died"
    INTERNAL_ERROR = "internal_error"

    @property
    def remedy(self) -> Remedy:
        return _REMEDIES.get(self, Remedy.POSTING)

    @property
    def heals_by_itself(self) -> bool:
        """Whether an account in this trouble may work again without a change here."""
        return self in _HEALING


_REMEDIES = {
    ErrorKind.RATE_LIMITED: Remedy.RATE_BACKOFF,
    ErrorKind.SERVER_ERROR: Remedy.API_BACKOFF,
    ErrorKind.CONNECTION: Remedy.API_BACKOFF,
    ErrorKind.TIMEOUT: Remedy.API_BACKOFF,
    ErrorKind.INSUFFICIENT_QUOTA: Remedy.ACCOUNT,
    ErrorKind.UNAUTHORIZED: Remedy.ACCOUNT,
    ErrorKind.FORBIDDEN: Remedy.ACCOUNT,
    ErrorKind.UNKNOWN_MODEL: Remedy.ACCOUNT,
    ErrorKind.PROVIDER_DOWN: Remedy.ACCOUNT,
}


_HEALING = frozenset({ErrorKind.INSUFFICIENT_QUOTA, ErrorKind.PROVIDER_DOWN})


class LlmError(Exception):
    """One call, or its answer, was no use.

    Attributes:
        kind: from the closed list.
        message: for a person, without posting text, prompt or key.
        retry_after: seconds the provider asked to wait, or None.
        status: HTTP status, or None where no answer came.
        request_id: the provider's name for the call, or "".
        headers: the x-ratelimit-* ones, by lower-case name.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        retry_after: float | None = None,
        status: int | None = None,
        request_id: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.retry_after = retry_after
        self.status = status
        self.request_id = request_id
        self.headers = dict(headers or {})
