"""One look at the database for all who watch it through this process, while somebody does.

Two hundred open streams cost what one costs: whoever wants the next look joins the one that
is under way. It is made in a thread, and its connection goes back before the next one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Sight = TypeVar("Sight")


class Feed(Generic[Key, Sight]):
    """
    Args:
        look: sees the same thing in the ways that watchers want it.
        every: seconds from the start of one look to the next.
    """

    def __init__(
        self, look: Callable[[frozenset[Key]], Mapping[Key, Sight]], *, every: float
    ) -> None:
        self._look = look
        self._every = every
        self._wanted: Counter[Key] = Counter()
        self._task: asyncio.Task[Mapping[Key, Sight]] | None = None
        self._looked_at = float("-inf")

    async def watch(self, key: Key) -> AsyncGenerator[Sight, None]:
        """What each look sees, in one way; an error of a look ends it for all."""
        self._wanted[key] += 1
        try:
            while True:
                # One who leaves must not take the look from the others.
                seen = await asyncio.shield(self._next_look())
                if key in seen:  # not, where the look began before the watcher came
                    yield seen[key]
        finally:
            self._wanted[key] -= 1
            self._wanted += Counter()  # forgets what nobody wants

    def _next_look(self) -> asyncio.Task[Mapping[Key, Sight]]:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look_in_turn())
        return self._task

    async def _look_in_turn(self) -> Mapping[Key, Sight]:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(self._looked_at + self._every - clock(), 0))
        self._looked_at = clock()
        return await asyncio.to_thread(self._look, frozenset(self._wanted))
