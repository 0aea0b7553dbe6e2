"""The retry table, as tenacity objects: 5, 10, 20 s on rate limits, 3, 6, 12 s on API errors.

`retrying()` is for a caller that may sleep (the Python shell); `Attempts` asks the same
policy without sleeping, so that a posting that waits for its retry holds no thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
)

from enrichment.llm.errors import LlmError, Remedy


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """Seconds: retry n waits 2^(n-1) times the backoff of its kind of error."""

    max_retries: int
    rate_limit_backoff: float
    api_error_backoff: float

    def wait(self, error: LlmError, attempt: int) -> float:
        """Seconds to wait after failed try number `attempt`, from 1.

        The provider's own wish counts where it is longer.
        """
        backoff = (
            self.rate_limit_backoff
            if error.kind.remedy is Remedy.RATE_BACKOFF
            else self.api_error_backoff
        )
        return max(backoff * 2.0 ** (attempt - 1), error.retry_after or 0.0)


OnWait = Callable[[LlmError, float, int], None]
"""Told of each retry to come: the error, seconds until the retry, its number from 1."""


def is_retryable(error: BaseException) -> bool:
    return isinstance(error, LlmError) and error.kind.remedy in {
        Remedy.RATE_BACKOFF,
        Remedy.API_BACKOFF,
    }


def retrying(
    policy: RetryPolicy,
    *,
    on_wait: OnWait,
    sleep: Callable[[float], None] = time.sleep,
) -> Retrying:
    """The policy as a tenacity object; the last error is raised as it is."""

    def wait(state: RetryCallState) -> float:
        return policy.wait(_error(state), state.attempt_number)

    def before_sleep(state: RetryCallState) -> None:
        on_wait(_error(state), state.upcoming_sleep, state.attempt_number)

    return Retrying(
        retry=retry_if_exception(is_retryable),
        wait=wait,
        stop=stop_after_attempt(policy.max_retries + 1),
        before_sleep=before_sleep,
        sleep=sleep,
        reraise=True,
    )


class Attempts:
    """The tries at one posting, counted by tenacity, without its sleeping."""

    def __init__(self, policy: RetryPolicy, *, on_wait: OnWait) -> None:
        self._retrying = retrying(policy, on_wait=on_wait)
        self._state = RetryCallState(self._retrying, None, (), {})

    @property
    def number(self) -> int:
        """The current try, from 1."""
        return self._state.attempt_number

    def failed(self, error: LlmError) -> float | None:
        """Count the failure; seconds until the next try, or None if there is none."""
        self._retrying.begin()  # its statistics are per thread, and this may be another
        self._state.set_exception((type(error), error, error.__traceback__))
        try:
            self._retrying.iter(self._state)
        except LlmError:
            return None
        self._state.prepare_for_next_attempt()
        return self._state.upcoming_sleep


def _error(state: RetryCallState) -> LlmError:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, LlmError):  # `is_retryable` lets nothing else come here
        raise TypeError(f"not a call's error: {error!r}")
    return error
