"""Bounds that the SDK doesn't set: seconds for a whole answer, and its size.

httpx timeouts hold for one read. A server that sends a byte now and then would hold a
thread for ever, and one that never ends would fill the memory.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

MAX_ANSWER_BYTES = 4 * 1024 * 1024


class BodyRefused(httpx2.ReadError):
    """The body is one that must not be read to its end."""


class _BoundedStream(httpx2.SyncByteStream):
    def __init__(
        self, stream: httpx2.SyncByteStream, *, deadline: float, limit: int
    ) -> None:
        self._stream = stream
        self._deadline = deadline
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > self._limit:
                raise BodyRefused(
                    f"The provider's answer is larger than {self._limit} bytes"
                )
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("The answer took too long to arrive")
            yield chunk

    def close(self) -> None:
        self._stream.close()


class _BoundedTransport(httpx2.HTTPTransport):
    def __init__(
        self, *, seconds: float, limits: httpx2.Limits, proxy: str | None
    ) -> None:
        super().__init__(limits=limits, proxy=proxy)
        self._seconds = seconds

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        deadline = time.monotonic() + self._seconds
        response = super().handle_request(request)
        if not isinstance(response.stream, httpx2.SyncByteStream):
            return response
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            # Unpacking comes after this bound, and four megabytes may hold four gigabytes.
            raise BodyRefused("The provider's answer came compressed, unasked")
        response.stream = _BoundedStream(
            response.stream, deadline=deadline, limit=MAX_ANSWER_BYTES
        )
        return response


def bounded_http_client(
    *, base_url: str, timeout: float, connections: int
) -> httpx2.Client:
    """An HTTP client for the SDK; `timeout` is in seconds for a whole call."""
    limits = httpx2.Limits(
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=30,
    )
    return httpx2.Client(
        timeout=httpx2.Timeout(timeout, connect=min(timeout, 10.0)),
        headers={"accept-encoding": "identity"},
        transport=_BoundedTransport(
            seconds=timeout, limits=limits, proxy=_proxy(base_url)
        ),
    )


def _proxy(base_url: str) -> str | None:
    """HTTPS_PROXY minus NO_PROXY; httpx reads them only for a transport of its own."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get("https")
