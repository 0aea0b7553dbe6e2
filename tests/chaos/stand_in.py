"""The stand-in for the provider as a process of its own, which no kill of ours can touch."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections import Counter
from types import TracebackType
from typing import Any, Self

from tests.installation import Installation
from tests.site_processes import Service, answers, free_port


class StandIn:
    """Answers a good deal slower than loopback, and goes wrong now and then."""

    def __init__(self, site: Installation, **options: object) -> None:
        self._site = site
        self._port = free_port()
        self._options = {
            "latency": 0.65,
            "jitter": 0.55,
            "rate-429": 0.02,
            "rate-500": 0.02,
            "rate-reset": 0.02,
            **options,
        }
        self._service: Service | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        flags = [f"--{name}={value}" for name, value in self._options.items()]
        command = (sys.executable, "-m", "tests.provider", f"--port={self._port}")
        self._service = self._site.start("stand-in", *command, *flags)
        self._site.wait_until(lambda: answers(self._port), 30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._service:
            self._service.stop()

    @property
    def in_flight(self) -> int:
        return int(self._get("/_stats")["in_flight"])

    @property
    def count(self) -> int:
        """Calls so far."""
        return int(self._get("/_stats")["calls"])

    def calls(self) -> list[dict[str, Any]]:
        """All calls, once none is in flight any more."""
        deadline = time.monotonic() + 10
        while self.in_flight and time.monotonic() < deadline:
            time.sleep(0.1)
        calls: list[dict[str, Any]] = self._get("/_calls")
        return calls

    def calls_per_text(self) -> Counter[str]:
        return Counter(call["fingerprint"] for call in self.calls())

    def answers_per_text(self) -> Counter[str]:
        good = (call for call in self.calls() if call["outcome"] == "answered")
        return Counter(call["fingerprint"] for call in good)

    def refill(self) -> None:
        self._ask("/_refill", b"")

    def _get(self, path: str) -> Any:
        return self._ask(path, None)

    def _ask(self, path: str, body: bytes | None) -> Any:
        address = f"http://127.0.0.1:{self._port}{path}"
        with urllib.request.urlopen(address, body, timeout=10) as answer:
            return json.load(answer)
