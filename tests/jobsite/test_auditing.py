"""The audit of what is pinned: loud where it wasn't done, and failing where there is a hole."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from jobsite import auditing

pytestmark = pytest.mark.any_database
HOLE = {"id": "CVE-2026-1", "fix_versions": ["2.0"]}


@pytest.fixture
def registry(monkeypatch: Any) -> Iterator[dict[str, bytes]]:
    """What it answers whoever asks."""
    answer = {"body": b"{}"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer["body"])

        def log_message(self, *_args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        monkeypatch.setattr(auditing, "PYPI", f"http://127.0.0.1:{server.server_port}")
        yield answer
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("body", [b"{}", b"<html>", b""])
def test_registry_that_knows_of_no_holes_is_told(
    registry: dict[str, bytes], body: bytes, capsys: Any
) -> None:
    registry["body"] = body

    assert auditing.main() == 0
    assert auditing.NOT_DONE in capsys.readouterr().err


def test_nobody_there_is_told(monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(auditing, "PYPI", "http://127.0.0.1:9")

    assert auditing.main() == 0
    assert auditing.NOT_DONE in capsys.readouterr().err


def test_registry_that_knows_is_asked(registry: dict[str, bytes]) -> None:
    registry["body"] = json.dumps({"vulnerabilities": []}).encode()

    assert auditing.unreachable() == ""


def test_hole_fails_the_gate(capsys: Any) -> None:
    packages: list[dict[str, Any]] = [
        {"name": "fine", "version": "1.0", "vulns": []},
        {"name": "holey", "version": "1.0", "vulns": [HOLE]},
    ]

    assert auditing.report(packages) == 1
    assert "holey 1.0: CVE-2026-1, mended in 2.0" in capsys.readouterr().err


def test_package_that_nobody_knows_is_told(capsys: Any) -> None:
    assert auditing.report([{"name": "own", "skip_reason": "not found"}]) == 0
    assert "NOT AUDITED" in capsys.readouterr().err
