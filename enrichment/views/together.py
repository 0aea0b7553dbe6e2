"""Requests of one process that want the same thing at the same moment: it is looked up once.

Nobody gets what was looked up before they came, so that a page shows what its reader has
just done; under a crowd a look serves all who came while the one before it was under way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Key = TypeVar("Key")
Sight = TypeVar("Sight")


class Together(Generic[Key, Sight]):
    def __init__(self, look: Callable[[Key], Sight]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._next: dict[Key, Future[Sight]] = {}
        self._turns: dict[Key, threading.Lock] = {}

    def see(self, key: Key) -> Sight:
        """By a look that begins now, or soon; an error of it is everybody's."""
        with self._lock:
            wanted = self._next.setdefault(key, Future())
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            if not wanted.done():
                with self._lock:
                    del self._next[key]  # who comes from now on wants a later one
                try:
                    wanted.set_result(self._look(key))
                except Exception as error:
                    wanted.set_exception(error)
        return wanted.result()
