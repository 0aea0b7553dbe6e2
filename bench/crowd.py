"""Readers of the site, on one event loop: HTTP/1.1 over plain sockets, which costs little."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

POLL_SECONDS = 2.0
PATIENCE = 30.0
# How long a person looks at a page.
LOOKS = (10.0, 30.0)
# Within so many seconds all have come.
COMING = 4.0
LIST, POSTING, POLL = "list", "posting", "panel poll"
LISTS = ("/jobs/", "/jobs/?state=enriched", "/jobs/?skill=excel", "/jobs/?q=engineer")
PANEL, STREAM = "/enrichment/progress/", "/enrichment/progress/stream/"


@dataclass(kw_only=True)
class Crowd:
    """`seconds` and `errors` by kind of page; `gave_up` counts who waited for `PATIENCE`.

    `unanswered` are those that still wait at the end: with many of them, times are too low.
    """

    address: str
    cookie: str
    postings: int
    pushed: bool = False
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    gave_up: int = 0
    unanswered: int = 0
    events: int = 0

    def visit(self, readers: int, *, lasting: float) -> None:
        """People, who look at what they opened while its panel asks every two seconds."""
        asyncio.run(self._all(self._person, readers, lasting))

    def flood(self, readers: int, *, lasting: float) -> None:
        """Each asks for the next page as soon as it has one."""
        asyncio.run(self._all(self._hurry, readers, lasting))

    async def _all(
        self,
        reader: Callable[[random.Random], Awaitable[None]],
        readers: int,
        lasting: float,
    ) -> None:
        tasks = [
            asyncio.create_task(self._begin(reader, number, readers))
            for number in range(readers)
        ]
        await asyncio.sleep(lasting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _begin(
        self,
        reader: Callable[[random.Random], Awaitable[None]],
        number: int,
        readers: int,
    ) -> None:
        # Not all of them at one moment.
        await asyncio.sleep(number / readers * COMING)
        await reader(random.Random(number))

    async def _person(self, chance: random.Random) -> None:
        line = Line(self)
        while True:
            await line.get(LIST, chance.choice(LISTS))
            until = time.monotonic() + chance.uniform(*LOOKS)
            if self.pushed:
                await self._follow(until - time.monotonic())
            while not self.pushed and time.monotonic() + POLL_SECONDS < until:
                await asyncio.sleep(POLL_SECONDS)
                await line.get(POLL, PANEL)
            await line.get(POSTING, self._posting(chance))
            await asyncio.sleep(chance.uniform(*LOOKS))

    async def _hurry(self, chance: random.Random) -> None:
        line = Line(self)
        while True:
            await line.get(LIST, chance.choice(LISTS))
            await line.get(POSTING, self._posting(chance))
            await line.get(POLL, PANEL)

    def _posting(self, chance: random.Random) -> str:
        return f"/jobs/{chance.randint(1, self.postings)}/"

    async def _follow(self, seconds: float) -> None:
        """The open page's stream."""
        line = Line(self)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                try:
                    reader = await line.send(STREAM)
                    status, _length = await read_head(reader)
                    while status == 200 and (text := await reader.readline()):
                        self.events += text.startswith(b"event:")
                except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                    self.errors[f"stream: {type(error).__name__}"] += 1
                else:
                    self.errors[f"stream ended, {status}"] += 1
        line.close()


class Line:
    """One browser's connection; opened again where the server has closed it."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, page: str, path: str) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                status = await self._ask(path)
            if status != 200:
                self._crowd.errors[f"{page}: {status}"] += 1
        except asyncio.CancelledError:
            self._crowd.unanswered += 1
            raise
        except TimeoutError:
            self._crowd.gave_up += 1
            self.close()
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            self._crowd.errors[f"{page}: {type(error).__name__}"] += 1
            self.close()
            await asyncio.sleep(1)
        else:
            self._crowd.seconds[page].append(time.monotonic() - started)

    async def _ask(self, path: str) -> int:
        is_new = self._streams is None
        try:
            reader = await self.send(path)
            status, length = await read_head(reader)
        except (OSError, asyncio.IncompleteReadError):
            if is_new:
                raise
            # It was closed while nobody asked, as every browser knows.
            self.close()
            reader = await self.send(path)
            status, length = await read_head(reader)
        await reader.readexactly(length)
        return status

    async def send(self, path: str) -> asyncio.StreamReader:
        host = urlsplit(self._crowd.address).netloc
        if self._streams is None:
            name, _colon, port = host.partition(":")
            self._streams = await asyncio.open_connection(
                name, int(port), limit=1 << 20
            )
        reader, writer = self._streams
        fragment = "HX-Request: true\r\n" if path == PANEL else ""
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {self._crowd.cookie}\r\n"
            f"{fragment}\r\n".encode()
        )
        await writer.drain()
        return reader

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def read_head(reader: asyncio.StreamReader) -> tuple[int, int]:
    """Status and length of the body."""
    first, *lines = (
        (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    )
    named = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return int(first.split()[1]), int(named.get("content-length", "0"))
