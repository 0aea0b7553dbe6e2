"""What benchmarks of the engine share: postings, a stand-in provider, real workers, a bare SDK."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from enrichment.llm import prompt, schema
from enrichment.llm.posting import PostingText
from tests.installation import Installation, Template
from tests.services import postgres_server

# With DEBUG Django keeps every statement, for its debug pages.
PRODUCTION = {
    "DJANGO_DEBUG": "false",
    "DJANGO_SECRET_KEY": "only-for-this-benchmark-0123456789-and-as-long-as-is-asked",
    "DJANGO_HTTPS": "false",
    "LOG_LEVEL": "WARNING",
}
TEXT = "We look for a baker in Ghent who knows bread. You speak Dutch and French. " * 8


class StandIn:
    """A provider as a process of its own, so that it has a core to itself."""

    def __init__(self, module: str, **options: float) -> None:
        flags = [
            f"--{name.replace('_', '-')}={value}" for name, value in options.items()
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *flags], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().split()[-1]

    @property
    def pid(self) -> int:
        return self._process.pid

    def get(self, what: str) -> Any:
        """`_stats` or `_calls`."""
        return self._exchange(what, None)

    def change(self, **settings: Any) -> None:
        """The settings of `tests/provider_config.py`, amid a run."""
        self._exchange("_config", json.dumps(settings).encode())

    def _exchange(self, what: str, body: bytes | None) -> Any:
        address = f"{self.base_url.removesuffix('/v1')}/{what}"
        with urllib.request.urlopen(address, body, timeout=60) as reply:
            return json.load(reply)

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate()


def stand_in(**options: float) -> AbstractContextManager[StandIn]:
    return _stand_in("tests.provider", options)


def swift_stand_in(**options: float) -> AbstractContextManager[StandIn]:
    """It has no limits and no log, and leaves the CPU to others."""
    return _stand_in("bench.swift_provider", options)


@contextmanager
def _stand_in(module: str, options: dict[str, float]) -> Iterator[StandIn]:
    provider = StandIn(module, **options)
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
        with Installation(template=template, env={**PRODUCTION, **env}) as site:
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


def write_work(directory: Path, count: int, **more: Any) -> Path:
    """The same postings as prompts, for the scripts in `bench/peers`."""
    prompts = [
        prompt.render(
            PostingText(
                title=f"Baker {number}",
                company="",
                location="",
                description=f"{number}. {TEXT}",
            )
        )
        for number in range(count)
    ]
    work = {
        "model": "m",
        "instructions": prompt.INSTRUCTIONS,
        "schema": schema.json_schema(),
        "prompts": prompts,
        **more,
    }
    path = directory / "work.json"
    path.write_text(json.dumps(work), encoding="utf-8")
    return path
