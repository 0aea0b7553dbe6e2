"""A throwaway Redis server, which may be stopped, started again and frozen."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from jobsite.processes import end_with_parent
from tests.services import IS_ROOT, ServiceError, apt_install, say
from tests.site_processes import free_port

START_SECONDS = 30


def redis_program() -> str | None:
    """redis-server's path, installed first where there is none; None where it can't be had."""
    if not shutil.which("redis-server") and IS_ROOT and shutil.which("apt-get"):
        say("no Redis on this machine; installing Debian's package")
        try:
            apt_install("redis-server")
        except ServiceError as error:
            say(str(error))
    return shutil.which("redis-server")


class RedisServer:
    """A server of its own that keeps nothing on disk: a restart loses all that it holds."""

    def __init__(self, program: str, home: Path) -> None:
        self._program = program
        self._home = home
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        options = {"bind": "127.0.0.1", "save": "", "appendonly": "no"}
        command = [self._program, "--port", str(self._port), "--dir", str(self._home)]
        for name, value in options.items():
            command += [f"--{name}", value]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """At once, as by `kill -9`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """Connections are accepted, and nobody answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    @contextmanager
    def client(self) -> Iterator[Any]:
        with redis.Redis.from_url(self.address) as client:
            yield client

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with self.client() as client:
                    client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        log = (self._home / "log").read_text(encoding="utf-8", errors="replace")
        raise ServiceError(f"Redis does not start:\n{log[-2000:]}")


@contextmanager
def redis_server(program: str) -> Iterator[RedisServer]:
    home = Path(tempfile.mkdtemp(prefix="jobsite-redis-"))
    server = RedisServer(program, home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
