"""Bodies that no program should send, and what comes back all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from enrichment import progress
from jobsite.api.parser import MOST_BYTES
from tests.jobsite.api.asking import Caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        ('{"selection": "pending"}'.encode("utf-16"), 400),
        (b"[" * 100_000, 400),
        (b'{"selection": ' + b"[" * 50 + b"]" * 50 + b"}", 400),
        (b'{"selection": "pending", "size": NaN}', 400),
        (b'{"selection": "pending", "size": 1e999}', 422),
        (b'{"selection": "pending", "size": ' + b"9" * 5000 + b"}", 400),
        (b'{"selection": "pending", "size": ' + b"9" * 4000 + b"}", 422),
        (b'{"selection": {"filter": {"q": "\\u0000"}}}', 422),
        (b'{"selection": {"filter": {"q": "\\ud800"}}}', 422),
        (b'{"\\udfff": 1}', 422),
        (b"null", 422),
        (b"[]", 422),
        (b" " * (MOST_BYTES + 1), 413),
    ],
)
def test_odd_body_is_refused(raw: bytes, status: int) -> None:
    caller = Caller()

    caller.send(raw)

    assert caller.status == status
    assert set(caller.data) == {"kind", "message", "field"}


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
    ],
)
def test_other_content_type_is_refused(content_type: str) -> None:
    caller = Caller()

    caller.send(b'{"selection": "pending"}', content_type)

    assert caller.refused == (415, "unsupported_media_type", None)


def test_length_that_lies_is_no_fault() -> None:
    client = Client()
    for length in ("-1", "x", "9" * 30, ""):
        answer = client.post(
            "/api/runs", b"{}", content_type="application/json", CONTENT_LENGTH=length
        )
        assert answer.status_code in (401, 413)


def test_fault_is_told_in_the_same_shape_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caller = Caller()

    def broken() -> Any:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(progress, "overview", broken)
    caller.get("stats")

    assert caller.refused == (500, "internal", None)
    assert "secret" not in str(caller.data)
    assert "a secret detail" in caplog.text


def test_database_that_is_away_says_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller()

    def away() -> Any:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(progress, "overview", away)
    caller.get("stats")

    assert caller.refused == (503, "unavailable", None)
    assert caller.answer["Retry-After"] == "5"
