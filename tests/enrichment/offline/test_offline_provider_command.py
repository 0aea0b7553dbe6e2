"""`manage.py offline_provider` as a process: its address, its end, its refusals."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("offline_provider", *arguments)
    return str(caught.value)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command_tells_its_address_serves_and_stops(number: signal.Signals) -> None:
    command = [sys.executable, "manage.py", "offline_provider", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(3)]
        address = told[0].split("listens on ")[1].split(" ")[0]
        with urllib.request.urlopen(f"{address}/models") as answer:
            assert answer.status == 200
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)

    assert told[1].endswith(f"OPENAI_BASE_URL={address}\n")
    assert rest == "Stopped.\n"
    assert (process.returncode, errors) == (0, "")


def test_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = refusal("--port", str(port))

    assert message == (
        f"--port: 127.0.0.1:{port} is in use by another program; "
        "stop that one or choose another --port"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--host", "0.0.0.0"), "--host: '0.0.0.0' is not a loopback address"),
        (("--port", "-1"), "--port: expected 0 to 65535, got -1"),
        (("--port", "65536"), "--port: expected 0 to 65535, got 65536"),
        (
            ("--requests-per-minute", "0"),
            "--requests-per-minute: expected at least 1, got 0",
        ),
        (("--tokens-per-minute", "-5"), "--tokens-per-minute: expected at least 1"),
    ],
)
def test_value_that_can_not_be_is_refused_by_name(
    arguments: tuple[str, str], message: str
) -> None:
    assert message in refusal(*arguments)


def test_refusal_gives_the_signals_back() -> None:
    before = signal.getsignal(signal.SIGTERM)

    refusal("--host", "0.0.0.0")

    assert signal.getsignal(signal.SIGTERM) is before
