"""May a call to the provider start now? One row per account, for all workers together.

A slot is taken by one conditional UPDATE at the moment of the call, by the database's
clock: nothing is reserved ahead, so a worker that dies or pauses leaves no gap, and a hold
takes effect for the very next call.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from enrichment.durable import stubbornly
from enrichment.models import ProviderPace
from enrichment.pace import TOKEN_CATCH_UP, Pace

_TABLE = ProviderPace._meta.db_table
# Whole microseconds since 1970, in each database's words.
_NOW = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
}
_LARGEST = {"sqlite": "MAX", "postgresql": "GREATEST"}
_LEAST = {"sqlite": "MIN", "postgresql": "LEAST"}
_STRETCHED = "CAST(%s AS BIGINT) * stretch / 1000"
MICROSECONDS = 1_000_000
SILENCE_US = 1_000_000


def take(pace: Pace, *, tokens: int = 0) -> float:
    """Take a slot if there is one.

    Args:
        tokens: how many the call will use, as far as known; `settle` corrects it.

    Returns:
        0 when the call may start at once, else the seconds after which to ask again.
    """
    now, largest = _NOW[connection.vendor], _LARGEST[connection.vendor]
    # A late start is made good, a silence is not: two calls at once would follow it.
    base = (
        f"CASE WHEN {{0}} < {now} - {SILENCE_US} THEN {now}"
        f" ELSE {largest}({{0}}, {now} - %s) END"
    )
    statement = (
        f"UPDATE {_TABLE} SET"  # noqa: S608  # all parts stand in this module
        f" next_start_us = {base.format('next_start_us')} + {_STRETCHED},"
        f" next_tokens_us = {base.format('next_tokens_us')} + {_STRETCHED}"
        f" WHERE account = %s AND {largest}(next_start_us, next_tokens_us, hold_until_us)"
        f" <= {now}"
    )
    values: list[Any] = [_us(pace.catch_up), _us(pace.interval)]
    values += [_us(TOKEN_CATCH_UP), _us(pace.seconds_for(tokens)), pace.account]
    if _execute(statement, values):
        return 0.0
    # A hair more than nothing: the moment may have come between the two statements.
    return max(wait(pace.account), 0.001)


def wait(account: str) -> float:
    """Seconds until the next slot, as things stand; makes the account's row if need be."""
    ahead = _ahead(account, "next_start_us, next_tokens_us, hold_until_us")
    if ahead is None:
        ProviderPace.objects.get_or_create(account=account)
        return 0.0
    return ahead


def held_for(account: str) -> float:
    """Seconds until the provider may be asked again after it refused; 0 = at once."""
    return _ahead(account, "0, hold_until_us") or 0.0


def hold(account: str, *, seconds: float) -> None:
    """Let no call start for so long, anywhere: the provider asked for it."""
    now, largest = _NOW[connection.vendor], _LARGEST[connection.vendor]
    statement = (
        f"UPDATE {_TABLE} SET hold_until_us ="  # noqa: S608
        f" {largest}(hold_until_us, {now} + %s) WHERE account = %s"
    )
    if not _execute(statement, [_us(seconds), account]):
        ProviderPace.objects.get_or_create(account=account)
        _execute(statement, [_us(seconds), account])


def settle(pace: Pace, *, estimated: int, used: int) -> None:
    """Correct the token budget by what a call really used."""
    difference = _us(pace.seconds_for(used) - pace.seconds_for(estimated))
    if difference:
        statement = (
            f"UPDATE {_TABLE} SET next_tokens_us = next_tokens_us + {_STRETCHED}"  # noqa: S608
            " WHERE account = %s"
        )
        _execute(statement, [difference, pace.account])


def change(account: str, sets: str, *, where: str) -> int:
    """Change the account's row under a condition; whether it held.

    Both may use {now}, {largest} and {least}, each in the database's words.
    """
    words = {
        "now": _NOW[connection.vendor],
        "largest": _LARGEST[connection.vendor],
        "least": _LEAST[connection.vendor],
    }
    statement = (
        f"UPDATE {_TABLE} SET {sets.format(**words)}"  # noqa: S608
        f" WHERE account = %s AND ({where.format(**words)})"
    )
    return _execute(statement, [account])


def _ahead(account: str, columns: str) -> float | None:
    now, largest = _NOW[connection.vendor], _LARGEST[connection.vendor]
    statement = f"SELECT {largest}({columns}) - {now} FROM {_TABLE} WHERE account = %s"  # noqa: S608

    def ask() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, [account])
            return cursor.fetchone()

    row = stubbornly(ask)
    return None if row is None else max(row[0] / MICROSECONDS, 0.0)


def _execute(statement: str, values: list[Any]) -> int:
    """Done twice where the connection was lost in between: a slot is lost, no more."""

    def write() -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    return stubbornly(write)


def _us(seconds: float) -> int:
    return round(seconds * MICROSECONDS)
