"""The HTTP server on bare sockets: keep-alive, broken requests, and its end."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Iterator

import pytest

from enrichment.offline import http
from enrichment.offline.http import (
    HttpServer,
    Reply,
    Request,
    Wire,
    json_reply,
    plain_error,
)


async def echo(request: Request, wire: Wire) -> Reply | None:
    match request.path:
        case "/fault":
            raise RuntimeError("a bug")
        case "/refuse":
            raise plain_error(418, "no tea")
        case "/silence":
            return None
        case "/wait":
            await wire.reader.read()
            return None
    return json_reply(200, [request.method, request.path, len(request.body)])


@pytest.fixture
def server() -> Iterator[HttpServer]:
    server = HttpServer(answer=echo, host="127.0.0.1", port=0)
    server.start()
    yield server
    server.stop()


def connect(server: HttpServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def exchange(server: HttpServer, data: bytes) -> bytes:
    """All that the server says until it hangs up."""
    with connect(server) as conn:
        conn.sendall(data)
        conn.shutdown(socket.SHUT_WR)
        return conn.makefile("rb").read()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


class TestExchanges:
    def test_request_gets_its_reply(self, server: HttpServer) -> None:
        answer = exchange(
            server, b"POST /a?b=c HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz"
        )

        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"connection: keep-alive" in answer
        assert answer.endswith(b'["POST","/a",3]')

    def test_one_connection_carries_many_requests(self, server: HttpServer) -> None:
        one = b"POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\nab"

        answer = exchange(server, one * 50)

        assert answer.count(b"HTTP/1.1 200 OK") == 50

    @pytest.mark.parametrize(
        "request_",
        [
            b"GET / HTTP/1.1\r\nConnection: Close\r\n\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
            b"HEAD / HTTP/1.1\r\n\r\n",
        ],
    )
    def test_connection_closes_where_nothing_may_follow(
        self, server: HttpServer, request_: bytes
    ) -> None:
        with connect(server) as conn:
            conn.sendall(request_)
            answer = conn.makefile("rb").read()

        assert status(answer) == 200
        assert b"connection: close" in answer

    def test_caller_that_asks_first_is_told_to_go_on(self, server: HttpServer) -> None:
        with connect(server) as conn:
            conn.sendall(
                b"POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
            )
            assert conn.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
            conn.sendall(b"ab")
            assert status(conn.recv(1000)) == 200

    def test_body_of_megabytes_is_read(self, server: HttpServer) -> None:
        size = http.MAX_BODY_BYTES
        head = f"POST / HTTP/1.1\r\nContent-Length: {size}\r\n\r\n".encode()

        assert exchange(server, head + b"x" * size).endswith(f"{size}]".encode())

    def test_callers_are_served_side_by_side(self, server: HttpServer) -> None:
        with connect(server) as waiting:
            waiting.sendall(b"GET /wait HTTP/1.1\r\n\r\n")

            assert status(exchange(server, b"GET / HTTP/1.1\r\n\r\n")) == 200


class TestRefusals:
    @pytest.mark.parametrize(
        ("request_", "code"),
        [
            (b"hello\r\n\r\n", 400),
            (b"GET /\r\n\r\n", 400),
            (b"GET / HTTP/2\r\n\r\n", 400),
            (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
            (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
            (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: ²\r\n\r\n".encode("latin-1"), 400),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
            (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 413),
            (b"GET / HTTP/1.1\r\nA: " + b"x" * 200_000 + b"\r\n\r\n", 431),
            (b"GET /refuse HTTP/1.1\r\n\r\n", 418),
        ],
        ids=range(12),
    )
    def test_request_that_can_not_be_served_is_told_why(
        self, server: HttpServer, request_: bytes, code: int
    ) -> None:
        answer = exchange(server, request_)

        assert status(answer) == code
        assert b'"message":"' in answer

    def test_refusal_reaches_a_caller_that_is_still_sending(
        self, server: HttpServer
    ) -> None:
        size = http.MAX_BODY_BYTES + 1
        head = f"POST / HTTP/1.1\r\nContent-Length: {size}\r\n\r\n".encode()

        assert status(exchange(server, head + b"x" * size)) == 413

    def test_own_fault_is_a_500_and_the_connection_goes_on(
        self, server: HttpServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = exchange(
            server, b"GET /fault HTTP/1.1\r\n\r\nGET /after HTTP/1.1\r\n\r\n"
        )

        assert (status(answer), b"/after" in answer) == (500, True)
        assert b"a bug" not in answer
        assert "GET /fault failed" in caplog.text

    @pytest.mark.parametrize(
        "request_",
        [b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"],
    )
    def test_caller_that_goes_away_gets_nothing(
        self, server: HttpServer, request_: bytes
    ) -> None:
        assert exchange(server, request_) == b""
        assert status(exchange(server, b"GET / HTTP/1.1\r\n\r\n")) == 200

    def test_answer_of_none_closes_the_connection(self, server: HttpServer) -> None:
        with connect(server) as conn:
            conn.sendall(b"GET /silence HTTP/1.1\r\n\r\n")
            assert conn.recv(100) == b""


class TestLife:
    def test_stop_leaves_no_thread_and_no_listener(self) -> None:
        server = HttpServer(answer=echo, host="127.0.0.1", port=0)
        server.start()
        waiting = connect(server)
        waiting.sendall(b"GET /wait HTTP/1.1\r\n\r\n")

        server.stop()

        names = [thread.name for thread in threading.enumerate()]
        assert f"offline-http-{server.port}" not in names
        with pytest.raises(ConnectionRefusedError):
            connect(server)
        waiting.close()

    def test_stop_amid_accepts_leaves_no_socket(self) -> None:
        for _ in range(20):
            server = HttpServer(answer=echo, host="127.0.0.1", port=0)
            server.start()
            with connect(server):
                server.stop()

        gc.collect()  # a socket that is left would warn here, and warnings are errors

    def test_stop_without_start_and_twice_does_nothing(self) -> None:
        server = HttpServer(answer=echo, host="127.0.0.1", port=0)
        server.stop()
        server.start()
        server.stop()
        server.stop()

    def test_port_in_use_is_an_error_of_the_start(self, server: HttpServer) -> None:
        second = HttpServer(answer=echo, host="127.0.0.1", port=server.port)

        with pytest.raises(OSError, match="in use"):
            second.start()

    def test_port_is_free_again_after_stop(self) -> None:
        first = HttpServer(answer=echo, host="127.0.0.1", port=0)
        first.start()
        status(exchange(first, b"GET / HTTP/1.1\r\n\r\n"))
        first.stop()

        second = HttpServer(answer=echo, host="127.0.0.1", port=first.port)
        second.start()
        second.stop()


def test_half_a_surrogate_pair_does_not_break_a_reply() -> None:
    assert json_reply(200, "a\ud800").body == b'"a?"'
