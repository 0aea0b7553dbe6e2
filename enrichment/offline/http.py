"""A small HTTP/1.1 server for loopback: one thread, one event loop, started and stopped.

Enough for JSON APIs called by one machine; `enrichment/offline/server.py` gives it routes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

logger = logging.getLogger(__name__)

MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 16 * 1024 * 1024
LINGER_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Request:
    """`headers` by lower-case name; `path` without the query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def encode(self, *, keep_alive: bool = True) -> bytes:
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"content-type: {self.content_type}",
            f"content-length: {len(self.body)}",
            f"connection: {'keep-alive' if keep_alive else 'close'}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


@dataclass(frozen=True, kw_only=True)
class Wire:
    """The connection itself, for who answers with something other than a reply."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


Answer = Callable[[Request, Wire], Awaitable[Reply | None]]
"""Told of each request; None = the connection is done with and gets closed."""


class HttpError(Exception):
    """A request that ends here, with the reply that says why."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def json_reply(
    status: int, data: Any, headers: Mapping[str, str] | None = None
) -> Reply:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate in a posting is no reason to fail.
    encoded = body.encode("utf-8", "replace")
    return Reply(status=status, body=encoded, headers=headers or {})


def plain_error(status: int, message: str) -> HttpError:
    body = {"error": {"message": message, "type": "invalid_request_error"}}
    return HttpError(json_reply(status, body))


class HttpServer:
    """Listens from `start()` to `stop()`; a port of 0 takes a free one."""

    def __init__(self, *, answer: Answer, host: str, port: int) -> None:
        self._answer = answer
        self._address = (host, port)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._connections: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self.port = port

    def start(self) -> None:
        """Listening when it returns.

        Raises:
            OSError: the address can't be had, most often because the port is in use.
        """
        host, port = self._address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=1024)
        self.port = listener.getsockname()[1]
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listener, ready)),
            name=f"offline-http-{self.port}",
            daemon=True,
        )
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Drops what is open; nothing of the server is left when it returns."""
        if self._thread is None or self._loop is None or self._stopping is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = None

    async def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        server = await asyncio.start_server(
            self._accept, sock=listener, limit=MAX_HEAD_BYTES
        )
        ready.set()
        await self._stopping.wait()
        # Accept no more, and let what is being accepted become a connection: a server
        # that is closed amid an accept leaks the socket.
        self._loop.remove_reader(listener)
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for task, writer in self._connections.items():
                writer.transport.abort()
                task.cancel()
            await asyncio.wait(tasks)
        server.close()
        await asyncio.sleep(0)  # transports close their sockets in the next round

    def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        # Known from here on, not from the task's first step: `stop()` may come before it.
        wire = Wire(reader=reader, writer=writer)
        task = asyncio.create_task(self._connection(wire))
        self._connections[task] = writer
        task.add_done_callback(lambda task: self._connections.pop(task).close())

    async def _connection(self, wire: Wire) -> None:
        try:
            while await self._exchange(wire):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the caller is gone, or the server is

    async def _exchange(self, wire: Wire) -> bool:
        """One request and its reply; whether another may follow."""
        try:
            request = await _read(wire)
        except HttpError as error:
            await _refuse(wire, error.reply)
            return False
        reply = await self._reply(request, wire)
        if reply is None:
            return False
        # What follows a HEAD's reply would be read amid the body that it may not have.
        keep_alive = (
            request.headers.get("connection", "").lower() != "close"
            and request.method != "HEAD"
        )
        wire.writer.write(reply.encode(keep_alive=keep_alive))
        await wire.writer.drain()
        return keep_alive

    async def _reply(self, request: Request, wire: Wire) -> Reply | None:
        try:
            return await self._answer(request, wire)
        except HttpError as error:
            return error.reply
        except ConnectionError:
            return None
        except Exception:
            # Like any server: a fault of its own is a 500 to the caller, not silence.
            logger.exception("%s %s failed", request.method, request.path)
            return plain_error(
                500, "The server had an error of its own; see its log"
            ).reply


async def _refuse(wire: Wire, reply: Reply) -> None:
    """Reply, then read on for a moment: closing on unread bytes would undo the reply."""
    wire.writer.write(reply.encode(keep_alive=False))
    wire.writer.write_eof()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while await wire.reader.read(MAX_HEAD_BYTES):
                pass


async def _read(wire: Wire) -> Request:
    try:
        head = await wire.reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise plain_error(431, "The request's headers are too large") from error
    first, *lines = head.decode("latin-1")[:-4].split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise plain_error(400, "This is not an HTTP/1.1 request")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    if words[2] == "HTTP/1.0":
        headers.setdefault("connection", "close")
    return Request(
        method=words[0],
        path=words[1].partition("?")[0],
        headers=headers,
        body=await _read_body(wire, headers),
    )


async def _read_body(wire: Wire, headers: Mapping[str, str]) -> bytes:
    if "transfer-encoding" in headers:
        raise plain_error(411, "Send the body with a Content-Length")
    raw = headers.get("content-length", "0")
    if not (raw.isascii() and raw.isdigit()):
        raise plain_error(400, "The Content-Length is not a number")
    if len(raw) > 12 or int(raw) > MAX_BODY_BYTES:
        raise plain_error(413, f"The body is larger than {MAX_BODY_BYTES} bytes")
    if headers.get("expect", "").lower() == "100-continue":
        wire.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    return await wire.reader.readexactly(int(raw))
