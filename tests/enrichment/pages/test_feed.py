"""Many watchers share one look, and none is made while nobody watches."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import pytest

from enrichment.pages.feed import Feed


class Window:
    """Counts the looks; what is seen is their number, in the way that was wanted."""

    def __init__(self) -> None:
        self.looks = 0
        self.wanted: list[frozenset[str]] = []

    def look(self, keys: frozenset[str]) -> Mapping[str, str]:
        self.looks += 1
        self.wanted.append(keys)
        return {key: f"{key} {self.looks}" for key in keys}


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """In a thread: in this one the browser of other tests may have its loop running."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()


async def see(feed: Feed[str, str], key: str, times: int) -> list[str]:
    seen = []
    async with aclosing(feed.watch(key)) as sights:
        async for sight in sights:
            seen.append(sight)
            if len(seen) == times:
                break
    return seen


def test_fifty_watchers_cost_what_one_costs() -> None:
    window = Window()

    async def watch() -> None:
        feed = Feed(window.look, every=0.01)
        await asyncio.gather(*(see(feed, "en", 5) for _number in range(50)))

    run(watch())

    assert window.looks == 5


def test_each_sees_it_in_its_own_way() -> None:
    window = Window()

    async def watch() -> tuple[list[str], list[str]]:
        feed = Feed(window.look, every=0.01)
        en, nl = await asyncio.gather(see(feed, "en", 2), see(feed, "nl", 2))
        return en, nl

    assert run(watch()) == (["en 1", "en 2"], ["nl 1", "nl 2"])


def test_nobody_watching_is_no_look() -> None:
    window = Window()

    async def watch() -> None:
        feed = Feed(window.look, every=0.01)
        await see(feed, "en", 2)
        await asyncio.sleep(0.1)
        await see(feed, "nl", 1)

    run(watch())

    assert window.wanted == [{"en"}, {"en"}, {"nl"}]


def test_one_who_leaves_takes_nothing_from_the_others() -> None:
    window = Window()

    async def watch() -> list[str]:
        feed = Feed(window.look, every=0.05)
        leaver = asyncio.create_task(see(feed, "en", 100))
        stayer = asyncio.create_task(see(feed, "en", 3))
        await asyncio.sleep(0.07)
        leaver.cancel()
        return await stayer

    assert run(watch()) == ["en 1", "en 2", "en 3"]


def test_failed_look_ends_all_and_the_next_watcher_looks_anew() -> None:
    window = Window()
    troubles = [OSError("away")]

    def look(keys: frozenset[str]) -> Mapping[str, str]:
        if troubles:
            raise troubles.pop()
        return window.look(keys)

    async def watch() -> tuple[list[object], list[str]]:
        feed = Feed(look, every=0.01)
        both = (see(feed, "en", 1), see(feed, "en", 1))
        ended = await asyncio.gather(*both, return_exceptions=True)
        return [type(one) for one in ended], await see(feed, "en", 1)

    ended, seen = run(watch())

    assert ended == [OSError, OSError]
    assert seen == ["en 1"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_looks_keep_their_distance(how_many: int) -> None:
    window = Window()

    async def watch() -> float:
        feed = Feed(window.look, every=0.1)
        clock = asyncio.get_running_loop().time
        started_at = clock()
        await asyncio.gather(*(see(feed, "en", 3) for _number in range(how_many)))
        return clock() - started_at

    assert run(watch()) > 0.19
