"""Writes that outlast a database's bad minute: a restart, a lock, a lost connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_delay,
    wait_exponential,
)

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
GIVE_UP_AFTER = 120.0
# What a database that is away, busy or restarting answers; other errors are faults.
AWAY = (OperationalError, InterfaceError)


def stubbornly(action: Callable[[], Result]) -> Result:
    """Do a whole transaction, again and again for two minutes while the database is away.

    The action must bear being done twice: a connection lost during a commit doesn't tell
    whether it was one.
    """
    if connection.in_atomic_block:
        return action()  # only the outermost block can be done again
    retrying = Retrying(
        retry=retry_if_exception_type(AWAY),
        wait=wait_exponential(multiplier=0.1, max=5),
        stop=stop_after_delay(GIVE_UP_AFTER),
        before_sleep=_start_afresh,
        reraise=True,
    )
    return retrying(action)


def _start_afresh(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    reason = (str(error) or type(error).__name__).splitlines()[0]
    logger.warning(
        "⚠️  The database does not answer (%s). Waiting %.1fs before trying again",
        reason,
        state.upcoming_sleep,
    )
    forget_connection()


def forget_connection() -> None:
    """The next query starts afresh.

    Also without the pool: after an outage of a minute one that lived through it may wait
    another minute before it tries to connect.
    """
    connection.close()
    wrapper: Any = connection
    if connection.vendor == "postgresql":
        wrapper.close_pool()
