"""A file sent as it is made, under WSGI and ASGI alike."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse


def send(
    request: HttpRequest, chunks: Iterator[bytes], *, name: str, content_type: str
) -> StreamingHttpResponse:
    """Where the reader goes away no further piece is made."""
    is_async = isinstance(request, ASGIRequest)
    return StreamingHttpResponse(
        # Django would collect the whole of the other kind before it sends any.
        in_threads(chunks) if is_async else chunks,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # nginx would write it to its disk first
        },
    )


async def in_threads(chunks: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Each piece in some thread, which keeps no connection of it."""
    make = sync_to_async(_next, thread_sensitive=False)
    while (chunk := await make(chunks)) is not None:
        yield chunk


def _next(chunks: Iterator[bytes]) -> bytes | None:
    try:
        return next(chunks, None)
    finally:
        connections.close_all()
