"""Sending under ASGI: in pieces as they are made, and no further than somebody reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.test import RequestFactory

from jobs.views.sending import in_threads, send
from tests.parallel import awaited


class Made:
    """Pieces without end, and how many of them were made."""

    def __init__(self) -> None:
        self.count = 0
        self.is_closed = False

    def pieces(self) -> Iterator[bytes]:
        try:
            while True:
                self.count += 1
                yield b"piece"
        finally:
            self.is_closed = True


def test_reader_who_leaves_ends_the_making() -> None:
    made = Made()

    async def read_two() -> None:
        async with aclosing(in_threads(made.pieces())) as pieces:
            await anext(pieces)
            await anext(pieces)

    awaited(read_two())

    assert (made.count, made.is_closed) == (2, True)


@pytest.mark.django_db
def test_wsgi_closes_the_making_with_the_answer() -> None:
    made = Made()
    request = RequestFactory().get("/")
    response = send(request, made.pieces(), name="x.csv", content_type="text/csv")
    next(iter(response))

    response.close()

    assert (made.count, made.is_closed) == (1, True)
    assert response["Content-Disposition"] == 'attachment; filename="x.csv"'


def test_asgi_gets_pieces_that_wait_for_nobody() -> None:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    request = ASGIRequest(scope, io.BytesIO())

    response = send(request, iter([b"a", b"b"]), name="x", content_type="text/csv")

    async def all_of() -> list[bytes]:
        return [piece async for piece in response]

    assert response.is_async
    assert awaited(all_of()) == [b"a", b"b"]
