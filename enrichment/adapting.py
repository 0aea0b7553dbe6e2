"""A pace that learns: slower when the provider refuses calls, and back when it doesn't.

The settings may promise more than the account has, and limits change. What is learned is
one number on the account's row, by which the interval is stretched, so that all workers
share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enrichment import pacing
from enrichment.llm.completion import Completion
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.pace import Pace

# Stretches are in thousandths: 1000 = as the settings say.
NONE = 1000
MOST = 20_000
# The first refusals teach in large steps, later ones in small steps around the true limit.
LARGE_STEP = 1250
SMALL_STEP = 1080
LEARNING_S = 20.0
# Calls refused together count once.
TOGETHER_S = 2.0
# Back by so much after each so many seconds without a refusal.
BACK_BY = 20
BACK_EVERY_S = 10.0
# Seconds of a hold where the provider names none.
SHORT_HOLD = 1.0
# Where nothing but a Retry-After tells that it was the limit, no slower than this: it may
# as well be a provider that refuses now and then for reasons of its own.
UNPROVEN_MOST = 2000
# A refusal while more than so small a part of the limit is free is about something else.
USED_UP_SHARE = 0.005
# A call is refused by a token limit while less is free than it needs; so many, at least.
CALL_TOKENS = 4000
LIMIT, REMAINING = "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests"
TOKEN_LIMIT = "x-ratelimit-limit-tokens"  # noqa: S105  # a header's name
TOKENS_LEFT = "x-ratelimit-remaining-tokens"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the headers of an answer say about the account; None = nothing."""

    limit: int | None = None
    remaining: int | None = None
    token_limit: int | None = None
    tokens_left: int | None = None

    @property
    def is_used_up(self) -> bool | None:
        """Whether one of the limits is; None where nothing is told."""
        found: list[bool] = []
        if self.limit and self.remaining is not None:
            found.append(self.remaining < max(self.limit * USED_UP_SHARE, 1))
        if self.token_limit and self.tokens_left is not None:
            found.append(self.tokens_left < min(CALL_TOKENS, self.token_limit))
        return any(found) if found else None


def told(headers: Mapping[str, str]) -> Told:
    return Told(
        limit=_number(headers, LIMIT),
        remaining=_number(headers, REMAINING),
        token_limit=_number(headers, TOKEN_LIMIT),
        tokens_left=_number(headers, TOKENS_LEFT),
    )


def is_refusal(error: LlmError | None) -> bool:
    """Whether the account's limit refused the call, as far as the provider tells."""
    if error is None or error.kind is not ErrorKind.RATE_LIMITED:
        return False
    is_used_up = told(error.headers).is_used_up
    return error.retry_after is not None if is_used_up is None else is_used_up


def note(
    pace: Pace, *, completion: Completion | None, error: LlmError | None, tokens: int
) -> float:
    """Follow a call's end: correct the token budget, and hold all calls where it asks for it.

    Args:
        tokens: what `pacing.take` was told.

    Returns:
        Seconds for which no call may start.
    """
    if pace.per_thousand_tokens:
        _settle(pace, completion=completion, error=error, tokens=tokens)
    if error is None or not is_refusal(error):
        return 0.0
    seconds = error.retry_after or SHORT_HOLD
    pacing.hold(pace.account, seconds=seconds)
    return seconds


def _settle(
    pace: Pace, *, completion: Completion | None, error: LlmError | None, tokens: int
) -> None:
    """A refused call used nothing; one that failed otherwise may have cost what it could."""
    if completion is not None:
        pacing.settle(pace, estimated=tokens, used=completion.usage.total)
    elif error is not None and error.kind is ErrorKind.RATE_LIMITED:
        pacing.settle(pace, estimated=tokens, used=0)


def refused(account: str, *, is_proven: bool = True) -> None:
    """The account refused a call: all start further apart from now on.

    In small steps and not far where it isn't proven that its limit did.
    """
    most, large = (MOST, LARGE_STEP) if is_proven else (UNPROVEN_MOST, SMALL_STEP)
    pacing.change(
        account,
        f"stretch = {{largest}}(stretch, {{least}}({most}, stretch * CASE"
        f" WHEN stretched_us > {{now}} - {_us(LEARNING_S)} THEN {large}"
        f" ELSE {SMALL_STEP} END / 1000)), stretched_us = {{now}}",
        where=f"stretched_us < {{now}} - {_us(TOGETHER_S)}",
    )


def recover(account: str) -> None:
    """After some time without a refusal: a little closer together again."""
    pacing.change(
        account,
        f"stretch = {{largest}}({NONE}, stretch - {BACK_BY}), recovered_us = {{now}}",
        where=f"stretch > {NONE} AND {{largest}}(stretched_us, recovered_us)"
        f" < {{now}} - {_us(BACK_EVERY_S)}",
    )


def hear(account: str, limit: int) -> None:
    """The provider tells its limit; another one than before: faster or slower by that much.

    Only the change counts: whether it is for a minute, a day or ten seconds isn't told.
    """
    pacing.change(
        account,
        f"stretch = CASE WHEN told_limit IS NULL THEN stretch ELSE {{largest}}({NONE},"
        f" {{least}}({MOST}, CAST(stretch AS BIGINT) * told_limit / {limit})) END, told_limit = {limit}",
        where=f"told_limit IS NULL OR told_limit <> {limit}",
    )


def _number(headers: Mapping[str, str], name: str) -> int | None:
    raw = headers.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else None


def _us(seconds: float) -> int:
    return round(seconds * pacing.MICROSECONDS)
