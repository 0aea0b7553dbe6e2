"""The offline extractor as an OpenAI-compatible provider on loopback.

`OfflineProvider` runs in a thread of the process that starts it; what it answers comes
from `enrichment/offline/extractor.py`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from types import TracebackType
from typing import Any, Self

from enrichment.offline import extractor, replies
from enrichment.offline.http import HttpServer, Reply, Request, Wire, json_reply
from enrichment.offline.limits import Limits, Verdict
from enrichment.offline.request import Api, Ask, read

ROUTES = {"/v1/responses": Api.RESPONSES, "/v1/chat/completions": Api.CHAT}
# From here on an extraction takes long enough to be noticed by the other connections.
LONG_TEXT = 30_000


class NotLoopbackError(ValueError):
    """The server reads texts without asking who sends them, so it stays at home."""


def loopback_host(host: str) -> str:
    """The address to listen on.

    Raises:
        NotLoopbackError: other machines could reach it.
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError as error:
        raise NotLoopbackError(_refusal(host)) from error
    if not address.is_loopback:
        raise NotLoopbackError(_refusal(host))
    return str(address)


def _refusal(host: str) -> str:
    return (
        f"{host!r} is not a loopback address; the offline extractor has no access "
        "control and listens on this machine only: use 127.0.0.1, ::1 or localhost"
    )


class OfflineProvider:
    """`with OfflineProvider() as provider: provider.base_url`."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
    ) -> None:
        self._host = loopback_host(host)
        self._server = HttpServer(answer=self._answer, host=self._host, port=port)
        self._limits = Limits(
            requests=requests_per_minute, window_seconds=60.0, tokens=tokens_per_minute
        )

    @property
    def address(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.port}"

    @property
    def base_url(self) -> str:
        """What OPENAI_BASE_URL has to be."""
        return f"{self.address}/v1"

    def start(self) -> None:
        """
        Raises:
            OSError: the port is in use, or may not be used.
        """
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    async def _answer(self, request: Request, wire: Wire) -> Reply:
        fixed = fixed_reply(request)
        if fixed is not None:
            return fixed
        ask = read(request, ROUTES[request.path])
        now = time.monotonic()
        verdict = self._limits.admit(tokens=replies.tokens(ask.input_chars), now=now)
        if not verdict.allowed:
            return too_many(verdict)
        if len(ask.posting.description) > LONG_TEXT:
            text = await asyncio.to_thread(extracted, ask)
        else:
            text = extracted(ask)
        return completed(ask, text, headers=verdict.headers)


def fixed_reply(request: Request) -> Reply | None:
    """The reply to anything that is not a call of the model."""
    headers = {"x-request-id": replies.request_id()}
    match request.method, request.path:
        case "GET", "/health":
            return json_reply(200, {"status": "ok", "model": replies.MODEL}, headers)
        case "GET", "/v1/models":
            return json_reply(200, replies.models(), headers)
        case "GET", path if path == f"/v1/models/{replies.MODEL}":
            return json_reply(200, replies.models()["data"][0], headers)
        case "POST", path if path in ROUTES:
            return None
        case method, path if path in {*ROUTES, "/health", "/v1/models"}:
            return replies.error(405, f"{path} doesn't take {method}")
        case method, path:
            message = f"Unknown address: {method} {path}"
            return replies.error(404, message, code="unknown_url")


def extracted(ask: Ask) -> str:
    """What the model says: `JobFacts` as JSON."""
    return extractor.extract(ask.posting).model_dump_json()


def completed(ask: Ask, text: str, *, headers: dict[str, str]) -> Reply:
    """The reply of a model that said `text`."""
    make: Any = replies.response if ask.api is Api.RESPONSES else replies.chat
    body = make(
        text, input_chars=ask.input_chars, max_output_tokens=ask.max_output_tokens
    )
    return json_reply(200, body, {"x-request-id": replies.request_id(), **headers})


def too_many(verdict: Verdict) -> Reply:
    return replies.error(
        429,
        f"Rate limit reached for {verdict.kind}. "
        f"Please try again in {verdict.retry_after}s.",
        type_=verdict.kind,
        code="rate_limit_exceeded",
        headers={"retry-after": str(verdict.retry_after), **verdict.headers},
    )
