"""A real HTTP stand-in for the provider: limits, latency, faults, and a log of all calls.

`with Provider(requests_per_window=200) as provider:` in a test, or as a process of its
own: `python -m tests.provider --port 8091 --requests 200 --window 10 --latency 1`, read
by GET /_stats and /_calls and steered by POST /_config and /_reset.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

from enrichment.llm.posting import PostingText
from enrichment.offline import extractor, replies
from enrichment.offline.http import HttpServer, Reply, Request, Wire, json_reply
from enrichment.offline.limits import Limits
from enrichment.offline.request import Ask, parse_body, read
from enrichment.offline.server import ROUTES, completed, fixed_reply, too_many
from tests import faults, provider_config
from tests.faults import Fault, Scene
from tests.provider_config import Config

Say = Callable[[PostingText], str]


@lru_cache(maxsize=20_000)
def say_facts(posting: PostingText) -> str:
    """What the model says by default; kept, so that load tests measure their subject."""
    return extractor.extract(posting).model_dump_json()


@dataclass(kw_only=True)
class Call:
    """One call about a posting. Times are `time.monotonic()`.

    `outcome` is "answered", "refused" (by a limit), a fault's name, or "open" until then.
    """

    number: int
    at: float
    title: str
    fingerprint: str
    status: int | None = None
    outcome: str = "open"
    ended_at: float | None = None


class Provider:
    """In-process; the keywords are the fields of `Config`."""

    def __init__(self, *, port: int = 0, say: Say = say_facts, **settings: Any) -> None:
        self.config = Config()
        self.config.change(settings)
        self.say = say  # may be another one from some moment on
        self._server = HttpServer(answer=self._answer, host="127.0.0.1", port=port)
        self.reset()

    def reset(self) -> None:
        """Forget all calls and what counts against the limits; the settings stay."""
        self._calls: list[Call] = []
        self._faults_served: Counter[str] = Counter()
        self._random = random.Random(self.config.seed)
        self._limits = Limits(
            requests=None, window_seconds=60, tokens=None, token_window_seconds=60
        )
        self._quota_used = 0
        self.in_flight = 0
        self.max_in_flight = 0
        self.connections: set[tuple[str, int]] = set()  # where calls came from
        self.last_request: dict[str, Any] = {}
        self.problems: list[str] = []

    # --- What tests read and set --------------------------------------------------------
    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"

    @property
    def calls(self) -> list[Call]:
        """In the order of arrival."""
        return list(self._calls)

    @property
    def mode(self) -> str | None:
        return self.config.mode

    @mode.setter
    def mode(self, mode: str | None) -> None:
        self.configure(mode=mode)

    def configure(self, **changes: Any) -> None:
        self.config.change(changes)

    def refill(self) -> None:
        """The account has credit again; `quota_after` counts anew."""
        self._quota_used = 0

    def answered_per_posting(self) -> Counter[str]:
        """Good answers by fingerprint (`PostingText.content_hash`)."""
        return Counter(c.fingerprint for c in self.calls if c.outcome == "answered")

    def answered_per_title(self) -> Counter[str]:
        return Counter(c.title for c in self.calls if c.outcome == "answered")

    def calls_per_title(self) -> Counter[str]:
        return Counter(c.title for c in self.calls)

    def stats(self) -> dict[str, Any]:
        calls = self.calls
        answered = self.answered_per_posting()
        span = calls[-1].at - calls[0].at if calls else 0.0
        return {
            "calls": len(calls),
            "outcomes": dict(Counter(call.outcome for call in calls)),
            "statuses": dict(Counter(str(call.status) for call in calls)),
            "postings": len({call.fingerprint for call in calls}),
            "answered_more_than_once": sum(n > 1 for n in answered.values()),
            "in_flight": self.in_flight,
            "max_in_flight": self.max_in_flight,
            "connections": len(self.connections),
            "seconds": round(span, 3),
            "problems": self.problems,
        }

    # --- Life ---------------------------------------------------------------------------
    def start(self) -> Self:
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    # --- One request --------------------------------------------------------------------
    async def _answer(self, request: Request, wire: Wire) -> Reply | None:
        reply = self._steered(request) or fixed_reply(request)
        if reply is not None:
            return reply
        ask = read(request, ROUTES[request.path])
        self.last_request = json.loads(request.body)
        self.connections.add(wire.writer.get_extra_info("peername")[:2])
        call = Call(
            number=len(self._calls) + 1,
            at=time.monotonic(),
            title=ask.posting.title,
            fingerprint=ask.posting.content_hash,
        )
        self._calls.append(call)
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)
        try:
            return await self._serve(request, ask, call, wire)
        except ValueError as error:
            self.problems.append(str(error))
            raise
        finally:
            self.in_flight -= 1
            call.ended_at = time.monotonic()

    async def _serve(
        self, request: Request, ask: Ask, call: Call, wire: Wire
    ) -> Reply | None:
        text = self.say(ask.posting)
        verdict = self._admit(ask, text, call.at)
        if not verdict.allowed:
            call.status, call.outcome = 429, "refused"
            return too_many(verdict)
        fault = self._fault(request, ask, call)
        if fault is not None:
            call.outcome = fault.name
            scene = Scene(
                ask=ask, text=text, wire=wire, drip_seconds=self.config.drip_seconds
            )
            if fault.name in faults.SPOKEN:
                await self._think()
            reply = await faults.play(fault, scene)
            call.status = faults.status_of(fault, reply)
            return reply
        await self._think()
        call.status, call.outcome = 200, "answered"
        return completed(ask, text, headers=verdict.headers)

    def _admit(self, ask: Ask, text: str, now: float) -> Any:
        config, limits = self.config, self._limits
        limits.requests.limit = config.requests_per_window
        limits.requests.seconds = config.window_seconds
        limits.tokens.limit = config.tokens_per_minute
        limits.tokens.seconds = config.token_window_seconds
        used = replies.tokens(ask.input_chars) + replies.tokens(len(text))
        return limits.admit(tokens=used, now=now)

    def _fault(self, request: Request, ask: Ask, call: Call) -> Fault | None:
        config = self.config
        authorization = request.headers.get("authorization")
        if config.api_key is not None and authorization != f"Bearer {config.api_key}":
            return Fault(name="401")
        if config.mode is not None:
            return Fault(name="503" if config.mode == "down" else config.mode)
        if config.quota_after is not None:
            if self._quota_used >= config.quota_after:
                return Fault(name="quota")
            self._quota_used += 1
        text = f"{ask.posting.title}\n{ask.posting.description}"
        fault = faults.due(faults.marked(text), self._faults_served[call.fingerprint])
        if fault is not None:
            self._faults_served[call.fingerprint] += 1
            return fault
        return self._chance()

    def _chance(self) -> Fault | None:
        draw, config = self._random.random(), self.config
        for rate, fault in (
            (config.rate_429, Fault(name="429", retry_after=config.retry_after)),
            (config.rate_500, Fault(name="500")),
            (config.rate_reset, Fault(name="reset")),
            (config.rate_html, Fault(name="502-html")),
        ):
            if draw < rate:
                return fault
            draw -= rate
        return None

    async def _think(self) -> None:
        if self.config.latency > 0:
            spread = self.config.jitter * self._random.uniform(-1, 1)
            await asyncio.sleep(self.config.latency * (1 + spread))

    def _steered(self, request: Request) -> Reply | None:
        match request.method, request.path:
            case "GET", "/_stats":
                return json_reply(200, self.stats())
            case "GET", "/_calls":
                return json_reply(200, [dataclasses.asdict(c) for c in self.calls])
            case "POST", "/_reset":
                self.reset()
            case "POST", "/_refill":
                self.refill()
            case "POST", "/_config":
                try:
                    self.configure(**parse_body(request))
                except ValueError as error:
                    return replies.error(400, str(error))
            case _:
                return None
        return json_reply(200, dataclasses.asdict(self.config))


def main(arguments: list[str]) -> None:
    options = provider_config.parser().parse_args(arguments)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with Provider(**vars(options)) as provider:
        print(f"listening on {provider.base_url}", flush=True)
        stopping.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
