"""A pace that learns: slower when the provider refuses calls, and back when it doesn't.

The settings may promise more than the account has, and limits change. What is learned is
one number on the account's row, by which the interval is stretched, so that all workers
share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enrichment import pacing
from enrichment.llm.errors import ErrorKind, LlmError

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
# A refusal while so large a part of the limit is free is about something else.
FREE_SHARE = 0.05
LIMIT, REMAINING = "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the headers of an answer say about the account's requests; None = nothing."""

    limit: int | None
    remaining: int | None


def told(headers: Mapping[str, str]) -> Told:
    return Told(limit=_number(headers, LIMIT), remaining=_number(headers, REMAINING))


def is_refusal(error: LlmError | None) -> bool:
    """Whether the account's limit refused the call, as far as the provider tells."""
    if error is None or error.kind is not ErrorKind.RATE_LIMITED:
        return False
    says = told(error.headers)
    if says.limit and says.remaining is not None:
        return says.remaining < max(says.limit * FREE_SHARE, 1)
    return error.retry_after is not None


def refused(account: str) -> None:
    """The account refused a call: all start further apart from now on."""
    pacing.change(
        account,
        f"stretch = {{least}}({MOST}, stretch * CASE"
        f" WHEN stretched_us > {{now}} - {_us(LEARNING_S)} THEN {LARGE_STEP}"
        f" ELSE {SMALL_STEP} END / 1000), stretched_us = {{now}}",
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
