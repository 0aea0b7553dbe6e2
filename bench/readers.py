"""Two hundred readers while a run is in progress: errors, waiting times, connections, memory.

`BENCH_READERS_SECONDS=20` for a quick look.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

from bench.crowd import LIST, PATIENCE, POLL, POSTING, Crowd
from bench.report import Result
from bench.site import PRODUCTION, stand_in
from bench.watching import Seen, watched
from tests.installation import Installation, Template
from tests.services import postgres_server
from tests.site_processes import Service, answers, free_port

SIZE = int(os.environ.get("BENCH_READERS_POSTINGS", "100000"))
SECONDS = float(os.environ.get("BENCH_READERS_SECONDS", "60"))
FEW, MANY = 20, 200
# Before each row, so that no process has anything to load any more.
WARM_READERS, WARM_SECONDS = 8, 5.0
# So many calls a minute are started meanwhile.
CALLS_PER_MINUTE = 240
WEB_PROCESSES = 2
# Of each process, as `jobsite/settings.py` has it.
POOL = 8
GUNICORN = (
    *("-m", "gunicorn", "jobsite.wsgi", "--worker-class", "gthread"),
    *("--workers", str(WEB_PROCESSES), "--threads", "8", "--no-control-socket"),
    *("--graceful-timeout", "8", "--log-level", "warning"),
)
UVICORN = (
    *("-m", "uvicorn", "jobsite.asgi:application", "--log-level", "warning"),
    *("--workers", str(WEB_PROCESSES), "--timeout-graceful-shutdown", "5"),
)
COOKIE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
boss = User.objects.create_superuser("reader")
session = SessionStore()
session[SESSION_KEY] = str(boss.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = boss.get_session_auth_hash()
session.save()
print(session.session_key)
"""


@dataclass(frozen=True, kw_only=True)
class Figures:
    name: str
    crowd: Crowd
    seen: Seen
    seconds: float
    answered: int

    @property
    def errors(self) -> int:
        return sum(self.crowd.errors.values())

    @property
    def row(self) -> list[str]:
        requests = sum(map(len, self.crowd.seconds.values()))
        return [
            self.name,
            f"{self.errors}",
            f"{self.crowd.gave_up}",
            f"{self.crowd.unanswered}",
            f"{requests / self.seconds:.0f}",
            *(
                _waited(self.crowd.seconds.get(page, []))
                for page in (LIST, POSTING, POLL)
            ),
            str(self.seen.connections.get("web", 0)),
            f"{self.seen.memory:.0f}",
            f"{self.answered / self.seconds:.1f}",
            f"{self.seen.load:.1f}",
        ]


def main() -> Result:
    rows = measure()
    few, many = rows[0], rows[1]
    ratio = _percentile(many.crowd.seconds[LIST], 95) / _percentile(
        few.crowd.seconds[LIST], 95
    )
    told = [
        f"{row.name}: {error} x {count}"
        for row in rows
        for error, count in row.crowd.errors.most_common()
    ]
    return Result(
        name="readers",
        question=f"How long do {MANY} readers wait while a run is in progress?",
        ratio=f"{sum(row.errors for row in rows)} errors; the list's p95 with {MANY} readers "
        f"is {ratio:.2f} x that with {FEW}",
        table=[
            [
                f"{SIZE:,} postings, PostgreSQL",
                "errors",
                f"gave up after {PATIENCE:.0f} s",
                "still waiting at the end",
                "requests/s",
                *(
                    f"{page}: p50 / p95 / p99, ms"
                    for page in ("list", "posting", "poll")
                ),
                "connections of the web processes, at most",
                "MiB of them (PSS)",
                "postings/s enriched",
                "load",
            ],
            *(row.row for row in rows),
        ],
        notes=" ".join(
            [
                f"{SECONDS:.0f} s each. Readers look at a page for 10 to 30 s, a list and a "
                "posting in turn, and the list's panel asks every 2 s or is pushed; in a "
                "flood each asks for the next page at once. Client, database, worker, "
                "provider and web server share the machine's cores. Production settings, "
                f"{WEB_PROCESSES} web processes with a pool of {POOL} connections each, "
                f"which bounds them to {WEB_PROCESSES * POOL}; one worker command at "
                f"{CALLS_PER_MINUTE} calls a minute, 1 s for an answer.",
                f"Errors: {'; '.join(told)}." if told else "",
            ]
        ).strip(),
    )


def measure() -> list[Figures]:
    with (
        stand_in(latency=1.0) as provider,
        postgres_server() as server,
        _site(server, OPENAI_BASE_URL=provider.base_url) as site,
    ):
        cookie = f"sessionid={_last(site.python(COOKIE))}"
        _fill(site)
        site.start_worker(PGAPPNAME="worker")
        site.wait_for("select count(*) from enrichment_worker", 1)
        site.manage("enrich_batch", "--all")
        rows: list[Figures] = []
        for kind, command, live in (
            ("", GUNICORN, "poll"),
            (", uvicorn, pushed", UVICORN, "push"),
        ):
            with _web(site, command, ENRICHMENT_LIVE_UPDATES=live) as (web, address):
                pushed = command is UVICORN
                place = Place(
                    site=site, web=web, address=address, cookie=cookie, pushed=pushed
                )
                rows += [
                    place.figures(f"{FEW} readers{kind}", FEW),
                    place.figures(f"{MANY} readers{kind}", MANY),
                    place.figures(f"flood of {MANY}{kind}", MANY, flood=True),
                ]
    return rows


@dataclass(frozen=True, kw_only=True)
class Place:
    """A web server that runs, and how it is visited."""

    site: Installation
    web: Service
    address: str
    cookie: str
    pushed: bool

    def figures(self, name: str, readers: int, *, flood: bool = False) -> Figures:
        self._crowd().flood(WARM_READERS, lasting=WARM_SECONDS)
        crowd = self._crowd()
        before, started = _answered(self.site), time.monotonic()
        with watched(self.site, self.web) as seen:
            (crowd.flood if flood else crowd.visit)(readers, lasting=SECONDS)
        figures = Figures(
            name=name,
            crowd=crowd,
            seen=seen,
            seconds=time.monotonic() - started,
            answered=_answered(self.site) - before,
        )
        print(f"bench: {figures.row} {seen.connections}", flush=True)
        print(f"bench: {dict(crowd.errors)}, {crowd.events} pushed", flush=True)
        return figures

    def _crowd(self) -> Crowd:
        return Crowd(
            address=self.address,
            cookie=self.cookie,
            postings=SIZE,
            pushed=self.pushed,
        )


@contextmanager
def _site(server: str, **env: str) -> Iterator[Installation]:
    template = Template(server)
    more = {
        "OPENAI_API_KEY": "x",
        "ENRICHMENT_REQUESTS_PER_MINUTE": str(CALLS_PER_MINUTE),
    }
    try:
        with Installation(template=template, env={**PRODUCTION, **more, **env}) as site:
            site.manage("collectstatic", "--noinput", "-v0")
            yield site
            with redirect_stdout(io.StringIO()):  # its processes' logs
                site.stop()
    finally:
        template.remove()


def _fill(site: Installation) -> None:
    site.python(
        f"from bench.filling import fill; fill({SIZE})\n"
        "from enrichment import run_sums; run_sums.fold_all()\n"
        "from django.db import connection\n"
        "connection.cursor().execute('VACUUM ANALYZE')",
        timeout=600,
    )
    # What filling made is history: the run of this benchmark is another one.
    site.rows("UPDATE enrichment_run SET status = 'finished', finished_at = now()")


@contextmanager
def _web(
    site: Installation, command: tuple[str, ...], **env: str
) -> Iterator[tuple[Service, str]]:
    port = free_port()
    where = (
        ("--port", str(port)) if command is UVICORN else ("--bind", f"127.0.0.1:{port}")
    )
    web = site.start("web", sys.executable, *command, *where, PGAPPNAME="web", **env)
    site.wait_until(lambda: not web.is_running or answers(port), 60)
    assert web.is_running, str(web)
    yield web, f"http://127.0.0.1:{port}"
    web.kill()


def _answered(site: Installation) -> int:
    return int(site.value("SELECT coalesce(sum(successful), 0) FROM enrichment_batch"))


def _last(finished: Any) -> str:
    return str(finished.last_line)


def _waited(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "–"
    return " / ".join(
        f"{_percentile(seconds, part) * 1000:.0f}" for part in (50, 95, 99)
    )


def _percentile(seconds: list[float], part: int) -> float:
    return statistics.quantiles(seconds, n=100)[part - 1]
