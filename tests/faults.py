"""The ways in which a provider goes wrong, asked for by a marker in the posting's text.

`[[fault:429]]` fails every call for that posting, `[[fault:429 x2]]` the first two,
`[[fault:429 retry-after=7]]` with that header. Several markers take effect one after
the other. `NAMES` lists them all.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from enrichment.offline import replies
from enrichment.offline.http import Reply, Wire, json_reply
from enrichment.offline.request import Api, Ask

MARKER = re.compile(r"\[\[fault:([a-z0-9-]+)([a-z0-9=. -]*)\]\]")
PAGE = b"<!DOCTYPE html><html><body><h1>Bad gateway</h1>cloud-proxy/1.2</body></html>"
BIG_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`times` None = always; `retry_after` as it goes into the header, "" = none."""

    name: str
    times: int | None = None
    retry_after: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"retry-after": self.retry_after} if self.retry_after else {}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a fault plays with; `text` is what the model would have said."""

    ask: Ask
    text: str
    wire: Wire
    drip_seconds: float


def marked(text: str) -> list[Fault]:
    """The faults that a posting's text asks for.

    Raises:
        ValueError: an unknown fault or option; a typing error must not pass as "fine".
    """
    return [_fault(name, options.split()) for name, options in MARKER.findall(text)]


def _fault(name: str, options: list[str]) -> Fault:
    if name not in NAMES:
        raise ValueError(f"unknown fault {name!r}; known are {', '.join(NAMES)}")
    times: int | None = None
    retry_after = ""
    for option in options:
        if re.fullmatch(r"x\d+", option):
            times = int(option[1:])
        elif option.startswith("retry-after="):
            retry_after = option.partition("=")[2]
        else:
            raise ValueError(f"unknown option {option!r} of the fault {name!r}")
    return Fault(name=name, times=times, retry_after=retry_after)


def due(faults: list[Fault], served: int) -> Fault | None:
    """The fault of the call after `served` earlier faults for the same posting."""
    for fault in faults:
        if fault.times is None or served < fault.times:
            return fault
        served -= fault.times
    return None


async def play(fault: Fault, scene: Scene) -> Reply | None:
    """The reply of a fault, or None where it did its worst to the connection itself."""
    if fault.name in ON_WIRE:
        await ON_WIRE[fault.name](scene)
        return None
    if fault.name in SPOKEN:
        body = SPOKEN[fault.name](scene)
        return json_reply(200, body, {"x-request-id": replies.request_id()})
    return REFUSALS[fault.name](fault)


def status_of(fault: Fault, reply: Reply | None) -> int | None:
    """What a call log notes; None where no status line was sent."""
    if reply is not None:
        return reply.status
    return 200 if fault.name in {"reset-body", "drip"} else None


# --- Error statuses ---------------------------------------------------------------------
def _error(status: int, message: str, type_: str, code: str | None) -> Any:
    def reply(fault: Fault) -> Reply:
        return replies.error(
            status, message, type_=type_, code=code, headers=fault.headers
        )

    return reply


def _page(status: int) -> Callable[[Fault], Reply]:
    return lambda fault: Reply(
        status=status, body=PAGE, content_type="text/html", headers=fault.headers
    )


REFUSALS: dict[str, Callable[[Fault], Reply]] = {
    "429": _error(429, "Rate limit reached.", "requests", "rate_limit_exceeded"),
    "quota": _error(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    "400": _error(400, "The prompt is too long.", "invalid_request_error", None),
    "401": _error(
        401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"
    ),
    "403": _error(
        403, "The project may not use this model.", "invalid_request_error", None
    ),
    "404": _error(
        404, "The model does not exist.", "invalid_request_error", "model_not_found"
    ),
    "500": _error(500, "The server had an error.", "server_error", None),
    "503": _error(503, "The engine is overloaded.", "server_error", None),
    "502-html": _page(502),
    "200-html": _page(200),
    "200-bad-body": lambda _: Reply(
        status=200, body=b'{"id": "resp_1", "output": [{"type": "mess'
    ),
    "big": lambda _: Reply(
        status=200, body=b'{"id": "' + b"a" * BIG_BYTES + b'", "output": []}'
    ),
}


# --- Answers of a model that are no use -------------------------------------------------
def _said(scene: Scene, text: str, **options: Any) -> dict[str, Any]:
    make: Any = replies.response if scene.ask.api is Api.RESPONSES else replies.chat
    body: dict[str, Any] = make(text, input_chars=scene.ask.input_chars, **options)
    return body


def _failed(code: str) -> Callable[[Scene], dict[str, Any]]:
    """A response that failed on the way; only the Responses API knows such."""
    return lambda scene: replies.response(
        "",
        input_chars=scene.ask.input_chars,
        failure=(code, "The model could not finish the answer."),
    )


SPOKEN: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "invalid-json": lambda scene: _said(scene, scene.text[:-20] + ",}"),
    "wrong-shape": lambda scene: _said(scene, '{"title": 7, "colour": "blue"}'),
    "refusal": lambda scene: _said(scene, "", refusal="I can't help with that."),
    "truncated": lambda scene: _said(scene, scene.text, max_output_tokens=20),
    "empty": lambda scene: _said(scene, ""),
    "failed": _failed("server_error"),
    "failed-rate": _failed("rate_limit_exceeded"),
}


# --- Connections that go wrong ----------------------------------------------------------
async def _reset(scene: Scene) -> None:
    """TCP RST in place of an answer."""
    raw = scene.wire.writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    scene.wire.writer.transport.abort()


async def _reset_body(scene: Scene) -> None:
    whole = json_reply(200, _said(scene, scene.text)).encode()
    scene.wire.writer.write(whole[: len(whole) - 300])
    await scene.wire.writer.drain()


async def _hang(scene: Scene) -> None:
    """No answer until the caller hangs up or the server stops."""
    while await scene.wire.reader.read(1024):
        pass


async def _drip(scene: Scene) -> None:
    head, _, body = json_reply(200, _said(scene, scene.text)).encode().partition(b"{")
    scene.wire.writer.write(head)
    for byte in b"{" + body:
        scene.wire.writer.write(bytes([byte]))
        await scene.wire.writer.drain()
        await asyncio.sleep(scene.drip_seconds)


ON_WIRE: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "reset": _reset,
    "reset-body": _reset_body,
    "hang": _hang,
    "drip": _drip,
}
NAMES = (*REFUSALS, *SPOKEN, *ON_WIRE)
