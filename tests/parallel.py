"""Actions at one moment, each in a thread with a database connection of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

PATIENCE = 60.0


def awaited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Its result; in a thread, because a browser of the same suite keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result(PATIENCE)


def together(*actions: Callable[[], Any]) -> list[Any]:
    """Start all at once and wait for all; their results, or the first one's error.

    Only in tests with `django_db(transaction=True)`: others can't see each other's rows.
    """
    connections.close_all()  # the pool of the test's own process is a small one
    barrier = threading.Barrier(len(actions))

    def do(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(PATIENCE)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        futures = [pool.submit(do, action) for action in actions]
        return [future.result(PATIENCE) for future in futures]
