"""What one process learns from the answers to its calls, for the pace of all workers.

Holds, the stretch and the token budget are on the account's row. What only this process
knows are its own last answers: they tell whether a refusal is the limit's, and how many
tokens a call really uses.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from enrichment import adapting
from enrichment.adapting import Told
from enrichment.llm.completion import Completion
from enrichment.llm.errors import LlmError
from enrichment.pace import Pace

# So many refusals among the last few calls are the limit's, whatever is told.
CLOSE_TOGETHER = 3
LAST_CALLS = 10
# While more than this of the limit was free, a refusal is about something else.
FREE_SHARE = 0.05
# How much each answer weighs in what calls are known to use.
WEIGHT = 1 / 8

# By account: tokens used for each one of the estimate. Outlasts a task of this process.
_use: dict[str, float] = {}


def expected_tokens(account: str, estimated: int) -> int:
    """What a call will use, by its estimate and what others before it have used."""
    return round(estimated * _use.get(account, 1.0))


def learn_use(account: str, *, estimated: int, used: int) -> None:
    if estimated > 0 and used > 0:
        known = _use.setdefault(account, used / estimated)
        _use[account] = known + (used / estimated - known) * WEIGHT


@dataclass(frozen=True, kw_only=True)
class _Room:
    """Requests that were free when a call came in, by `time.monotonic()`."""

    limit: int
    remaining: int
    at: float


class Hearing:
    """Told of each call's end, in their order."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._told_limit: int | None = None
        self._room: _Room | None = None
        self._refusals: deque[bool] = deque(maxlen=LAST_CALLS)

    def note(
        self,
        *,
        completion: Completion | None,
        error: LlmError | None,
        tokens: int,
        estimated: int = 0,
    ) -> float:
        """As `adapting.note`; and the pace follows what is told or shown of the limit.

        Args:
            estimated: what `expected_tokens` was asked about, for `tokens`.
        """
        said = completion or error
        told = adapting.told(said.headers) if said else Told()
        is_explained = self._follow_limit(told)
        if completion is not None:
            self._see_room(told, seconds_ago=completion.latency_ms / 1000)
            used = completion.usage.total
            learn_use(self._pace.account, estimated=estimated, used=used)
        hold = adapting.note(
            self._pace, completion=completion, error=error, tokens=tokens
        )
        self._refusals.append(hold > 0)
        if hold and self._pace.learns and not is_explained:
            self._learn(told)
        return hold

    def _follow_limit(self, told: Told) -> bool:
        """Whether the limit is another than before."""
        if not told.limit or not self._pace.catch_up or told.limit == self._told_limit:
            return False
        before, self._told_limit = self._told_limit, told.limit
        adapting.hear(self._pace.account, told.limit)
        return before is not None

    def _learn(self, told: Told) -> None:
        account = self._pace.account
        if told.is_used_up or sum(self._refusals) >= CLOSE_TOGETHER:
            adapting.refused(account)
        elif not self._has_room():
            adapting.refused(account, is_proven=False)

    def _see_room(self, told: Told, *, seconds_ago: float) -> None:
        if told.limit and told.remaining is not None:
            at = time.monotonic() - seconds_ago
            self._room = _Room(limit=told.limit, remaining=told.remaining, at=at)

    def _has_room(self) -> bool:
        """Whether much of the limit is free for sure, after all that may have started since."""
        room = self._room
        if room is None or not self._pace.interval:
            return False
        started_since = (time.monotonic() - room.at) / self._pace.interval
        return room.remaining - started_since > max(room.limit * FREE_SHARE, 1)
