"""Where a message may go, and how long it may take."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from jobsite.api.hooks import outbound
from jobsite.api.hooks.outbound import OutboundError, post
from tests.jobsite.api.receiver import Receiver


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.API_WEBHOOK_INSIDE_HOSTS = ["127.0.0.1"]
    with Receiver() as receiver:
        yield receiver


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1"),
        *("::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_inside_address_is_none_of_the_internet(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f::1", "64:ff9b::5db8:d70e"]
)
def test_public_address_is_one(address: str) -> None:
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::ffff:10.0.0.1]/",
        "http://example.com/",
        "ftp://example.com/",
        "https://user:secret@example.com/",
        "https://",
        "https://[::1",
        "https://example.com:99999/",
        "file:///etc/passwd",
    ],
)
def test_address_inside_or_odd_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(OutboundError) as caught:
        post(url, b"{}", {})
    assert "secret" not in str(caught.value)


def test_name_with_one_inside_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)

    with pytest.raises(OutboundError, match="inside"):
        outbound.resolve("two-faced.example", 443)


def test_message_arrives_whole(receiver: Receiver) -> None:
    reply = post(receiver.url, b'{"a": 1}', {"Content-Type": "application/json"})

    [(headers, body)] = receiver.came
    assert (reply.status, reply.text, body) == (200, "thanks", b'{"a": 1}')
    assert headers["content-type"] == "application/json"
    assert headers["host"].startswith("127.0.0.1:")


def test_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.location = 307, receiver.url

    assert post(receiver.url, b"{}", {}).status == 307
    assert len(receiver.came) == 1


def test_long_answer_is_cut_and_made_harmless(receiver: Receiver) -> None:
    receiver.text = "a\0\x1b[31m\r\nb" + "x" * 100_000

    text = post(receiver.url, b"{}", {}).text

    assert text.startswith("a[31m b")
    assert len(text) <= outbound.MOST_READ


def test_answer_that_drips_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.API_WEBHOOK_INSIDE_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(outbound, "ALL_OF_IT", 0.3)
    done = threading.Event()

    def drip() -> None:
        connection, _address = server.accept()
        with connection:
            while not done.wait(0.05):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        began = time.monotonic()
        with pytest.raises(OutboundError, match="within"):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
        took = time.monotonic() - began
        done.set()
        thread.join(5)
    assert took < 10


def test_nobody_there_is_an_error_in_words(settings: Any) -> None:
    settings.API_WEBHOOK_INSIDE_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(OutboundError, match="refused"):
        post(f"http://127.0.0.1:{port}/", b"{}", {})
