"""What benchmarks of the engine share: postings, a stand-in provider, real workers, a bare SDK."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from tests.installation import Installation, Template
from tests.services import postgres_server

TEXT = "We look for a baker in Ghent who knows bread. You speak Dutch and French. " * 8


class StandIn:
    """`tests.provider` as a process of its own, so that it has a core to itself."""

    def __init__(self, **options: float) -> None:
        flags = [
            f"--{name.replace('_', '-')}={value}" for name, value in options.items()
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.provider", *flags],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().split()[-1]

    def get(self, what: str) -> Any:
        """`_stats` or `_calls`."""
        address = f"{self.base_url.removesuffix('/v1')}/{what}"
        with urllib.request.urlopen(address, timeout=60) as reply:
            return json.load(reply)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


@contextmanager
def stand_in(**options: float) -> Iterator[StandIn]:
    provider = StandIn(**options)
    try:
        yield provider
    finally:
        provider.stop()


@contextmanager
def installation(count: int, *, postgres: bool, **env: str) -> Iterator[Installation]:
    """A site with so many different postings; nothing runs yet."""
    if not postgres:
        with _installation("sqlite://", count, env) as site:
            yield site
        return
    with postgres_server() as server, _installation(server, count, env) as site:
        yield site


@contextmanager
def _installation(
    server: str, count: int, env: dict[str, str]
) -> Iterator[Installation]:
    template = Template(server)
    try:
        with Installation(template=template, env=env) as site:
            site.manage("import_jobs", write_postings(site.directory, count))
            yield site
            with redirect_stdout(io.StringIO()):  # its processes' logs
                site.stop()
    finally:
        template.remove()


def write_postings(directory: Path, count: int) -> Path:
    path = directory / "postings.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"title": f"Baker {number}", "description": f"{number}. {TEXT}"}
            file.write(json.dumps({"external_id": str(number), **row}) + "\n")
    return path
