"""Request and token limits over a sliding window, the way providers count them.

A refused call counts as a request too, so who keeps knocking is kept out.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a call may go on; `kind` names the limit that refused it."""

    allowed: bool
    kind: str
    retry_after: int
    headers: dict[str, str]


@dataclass(kw_only=True)
class Window:
    """At most `limit` units in any `seconds`; None = no limit."""

    limit: int | None
    seconds: float
    used: int = 0
    entries: deque[tuple[float, int]] = field(default_factory=deque)

    def forget(self, now: float) -> None:
        while self.entries and self.entries[0][0] <= now - self.seconds:
            self.used -= self.entries.popleft()[1]

    def add(self, now: float, units: int) -> None:
        self.entries.append((now, units))
        self.used += units

    def wait(self, now: float, units: int) -> float:
        """Seconds until `units` more fit; a whole window where they never would."""
        if self.limit is None or self.used + units <= self.limit:
            return 0.0
        excess = self.used + units - self.limit
        for moment, amount in self.entries:
            excess -= amount
            if excess <= 0:
                return moment + self.seconds - now
        return self.seconds

    def headers(self, name: str, now: float) -> dict[str, str]:
        if self.limit is None:
            return {}
        reset = self.entries[-1][0] + self.seconds - now if self.entries else 0.0
        return {
            f"x-ratelimit-limit-{name}": str(self.limit),
            f"x-ratelimit-remaining-{name}": str(max(self.limit - self.used, 0)),
            f"x-ratelimit-reset-{name}": duration(reset),
        }


class Limits:
    """Both windows of one account; used by one thread."""

    def __init__(
        self,
        *,
        requests: int | None,
        window_seconds: float,
        tokens: int | None,
        token_window_seconds: float = 60.0,
    ) -> None:
        self.requests = Window(limit=requests, seconds=window_seconds)
        self.tokens = Window(limit=tokens, seconds=token_window_seconds)

    def admit(self, *, tokens: int, now: float) -> Verdict:
        """Count a call that comes in at `now` (monotonic seconds)."""
        for window in (self.requests, self.tokens):
            window.forget(now)
        request_wait = self.requests.wait(now, 1)
        token_wait = self.tokens.wait(now, tokens)
        self.requests.add(now, 1)
        wait = max(request_wait, token_wait)
        if wait <= 0:
            self.tokens.add(now, tokens)
        return Verdict(
            allowed=wait <= 0,
            kind="requests" if request_wait >= token_wait else "tokens",
            retry_after=max(math.ceil(wait), 1),
            headers=self.headers(now),
        )

    def headers(self, now: float) -> dict[str, str]:
        return {
            **self.requests.headers("requests", now),
            **self.tokens.headers("tokens", now),
        }


def duration(seconds: float) -> str:
    """As the x-ratelimit-reset headers have it: 120ms, 7s, 6m0s, 1h0m0s."""
    if seconds <= 0:
        return "0s"
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}h{minutes}m{rest}s"
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"
