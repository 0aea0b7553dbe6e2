"""The panel pushed by a real ASGI server, and polled where that fails or isn't there."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.acceptance.test_page_in_browser import PASSWORD, log_in
from tests.installation import ROOT, Installation
from tests.site_processes import answers, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.any_database

SAMPLES = ROOT / "jobs" / "data" / "sample_postings.jsonl"
STREAM = "/enrichment/progress/stream/"


def prepare(installation: Installation, tmp_path: Path) -> None:
    postings = tmp_path / "postings.jsonl"
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()[:20]
    postings.write_text("\n".join(lines), encoding="utf-8")
    installation.manage("import_jobs", postings)
    installation.python(
        "from django.contrib.auth.models import User\n"
        f"User.objects.create_superuser('ann', '', {PASSWORD!r})\n"
        f"User.objects.create_user('bob', '', {PASSWORD!r})"
    )


def start_asgi(installation: Installation) -> str:
    port = free_port()
    service = installation.start(
        "asgi",
        *(sys.executable, "-m", "uvicorn", "jobsite.asgi:application"),
        *("--port", str(port), "--timeout-graceful-shutdown", "2"),
        ENRICHMENT_LIVE_UPDATES="push",
    )
    installation.wait_until(lambda: not service.is_running or answers(port), 60)
    assert service.is_running, f"the server ended\n{service}"
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> str:
    prepare(installation, tmp_path)
    return start_asgi(installation)


@contextmanager
def logged_in(site: str, name: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=site, timeout=30) as client:
        log_in_client(client, name)
        yield client


def log_in_client(client: httpx2.Client, name: str) -> None:
    page = client.get("/login/").text
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    form = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": found[1]}
    assert client.post("/login/", data=form).status_code == 302


def events(client: httpx2.Client, seen: str, *, seconds: float) -> list[str]:
    """Names of the events of a stream's first seconds."""
    names = []
    until = time.monotonic() + seconds
    with client.stream("GET", f"{STREAM}?seen={seen}") as response:
        assert response.headers["content-type"] == "text/event-stream"
        for line in response.iter_lines():
            if line.startswith("event: "):
                names.append(line.removeprefix("event: "))
            if time.monotonic() > until:
                break
    return names


def test_is_for_those_who_may_look(site: str) -> None:
    assert httpx2.get(f"{site}{STREAM}").status_code == 403
    with logged_in(site, "bob") as client:
        assert client.get(STREAM).status_code == 403


def test_sends_what_changed_and_says_that_it_lives(site: str) -> None:
    # Nothing goes on: one panel, then a sign of life; and the run that was seen is over.
    with logged_in(site, "ann") as client:
        names = events(client, "7:3", seconds=8)

    assert names == ["happened", "progress", "alive"]


def test_panel_moves_without_a_poll(
    installation: Installation, site: str, page: Page
) -> None:
    installation.start_worker(ENRICHMENT_DELAY_BETWEEN_JOBS="0.6")
    log_in(page, site)
    polls: list[str] = []

    def note(request: Any) -> None:
        if "/enrichment/progress/?" in request.url:
            polls.append(request.url)

    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Close").click()
    page.locator("#progress .run.active").wait_for(timeout=30_000)
    page.on("request", note)

    page.locator("#progress .run.finished").wait_for(timeout=90_000)

    assert polls == []
    page.locator("#job-rows .badge.enriched").first.wait_for(timeout=30_000)


def test_page_polls_where_the_stream_fails(site: str, page: Page) -> None:
    page.route(f"**{STREAM}**", lambda route: route.abort())
    log_in(page, site)

    with page.expect_request("**/enrichment/progress/?**", timeout=60_000):
        page.get_by_role("button", name="Enrich All").click()
        page.get_by_role("button", name="OK").click()
        page.get_by_role("button", name="Close").click()
    with page.expect_request("**/enrichment/progress/?**", timeout=60_000):
        pass  # by itself


def test_page_polls_where_the_site_runs_under_wsgi(
    installation: Installation, tmp_path: Path, page: Page
) -> None:
    prepare(installation, tmp_path)
    log_in(page, installation.start_web(ENRICHMENT_LIVE_UPDATES="push"))

    assert page.locator("[sse-connect]").count() == 0
    with page.expect_request("**/enrichment/progress/?**", timeout=60_000):
        pass
