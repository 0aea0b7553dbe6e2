"""The page as a person meets it: real Chromium, a real web server, a real worker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.bad_days import ENRICHED, UNFINISHED
from tests.installation import ROOT, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.any_database

SAMPLES = ROOT / "jobs" / "data" / "sample_postings.jsonl"
PASSWORD = "a password of the tests"
UNDER_WAY = (
    "select count(*) from enrichment_enrichment where status in ('queued', 'running')"
)


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> str:
    """A site with 52 postings, one of them hostile, and a person who may do all."""
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()[:51]
    hostile = (
        '{"source": "x", "external_id": "x", "title": "<script>alert(1)</script>",'
        ' "company": "<img src=x onerror=alert(2)>", "description": "We bake bread."}'
    )
    postings = tmp_path / "postings.jsonl"
    postings.write_text("\n".join([*lines, hostile]), encoding="utf-8")
    installation.manage("import_jobs", postings)
    installation.python(
        "from django.contrib.auth.models import User\n"
        f"User.objects.create_superuser('ann', '', {PASSWORD!r})"
    )
    return installation.start_web()


def log_in(page: Page, site: str) -> None:
    page.goto(f"{site}/jobs/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/jobs/")


def wait_for_text(page: Page, text: str) -> None:
    page.get_by_text(text, exact=False).first.wait_for(timeout=90_000)


def test_person_enriches_and_watches(
    installation: Installation, site: str, page: Page
) -> None:
    alerts: list[str] = []

    def note(dialog: Any) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    log_in(page, site)

    page.get_by_role("button", name="Enrich All").click()
    question = page.get_by_role("dialog")
    question.get_by_role("heading", name="Enrich 50 jobs?").wait_for()
    assert "(52 total unenriched, processing in batches of 50)" in question.inner_text()
    question.get_by_role("button", name="OK").click()
    page.get_by_role("heading", name="Enrichment started in background!").wait_for()
    outcome = page.get_by_role("dialog").inner_text()
    assert "50 jobs will be enriched." in outcome
    assert "2 jobs remaining." in outcome
    page.get_by_role("button", name="Close").click()

    wait_for_text(page, "no worker is running")
    assert page.get_by_role("progressbar").get_attribute("aria-valuenow") == "0"
    installation.start_worker()
    page.locator("#progress .run.finished").wait_for(timeout=90_000)
    bar = page.get_by_role("progressbar")
    assert (bar.get_attribute("aria-valuenow"), bar.get_attribute("aria-valuemax")) == (
        "50",
        "50",
    )
    page.locator("#job-rows .badge.enriched").first.wait_for(timeout=30_000)
    assert page.get_by_role("dialog").count() == 0

    page.get_by_role("link", name="Senior Backend Engineer (Python)").click()
    facts = page.locator("#posting").inner_text()
    for text in ("enriched", "Permanent", "PostgreSQL", "offline-extractor"):
        assert text in facts
    assert not alerts, "a posting's text ran as a script"


def test_run_is_paused_resumed_and_cancelled_by_its_buttons(
    installation: Installation, site: str, page: Page
) -> None:
    installation.start_worker(ENRICHMENT_DELAY_BETWEEN_JOBS="2")
    log_in(page, site)
    page.get_by_label("Select all on this page").check()
    page.get_by_role("button", name=re.compile("Enrich selected")).click()
    page.get_by_role("button", name="OK").click()
    wait_for_text(page, "Batch size limited from 52 to 50 jobs")
    page.get_by_role("button", name="Close").click()

    panel = page.locator("#progress")
    for button, status in (
        ("Pause", "paused"),
        ("Resume", "active"),
        ("Cancel", "cancelled"),
    ):
        panel.get_by_role("button", name=button).click()
        panel.locator(f".run.{status}").wait_for(timeout=30_000)
        if status != "active":
            installation.wait_for(UNDER_WAY, 0)

    assert installation.value(ENRICHED) < 50


def test_press_is_heard_though_the_panel_is_fetched_meanwhile(
    installation: Installation, site: str, page: Page
) -> None:
    installation.start_worker(ENRICHMENT_DELAY_BETWEEN_JOBS="2")
    log_in(page, site)
    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Close").click()
    page.locator("#progress .run.active").wait_for()

    page.locator("#progress").get_by_role("button", name="Pause").hover()
    page.mouse.down()
    for _poll in range(2):
        with page.expect_response("**/enrichment/progress/**"):
            pass
    page.mouse.up()

    page.locator("#progress .run.paused").wait_for(timeout=30_000)


def test_panel_survives_a_failed_fetch_and_says_so(site: str, page: Page) -> None:
    log_in(page, site)
    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Close").click()
    trouble = page.get_by_text("The site does not answer right now.")
    assert trouble.is_hidden()
    page.route("**/enrichment/progress/**", lambda route: route.abort())
    trouble.wait_for(timeout=30_000)
    page.unroute("**/enrichment/progress/**")

    trouble.wait_for(state="hidden", timeout=30_000)
    assert page.get_by_role("progressbar").is_visible()


def test_everything_works_without_javascript(
    installation: Installation, site: str, browser: Browser
) -> None:
    installation.start_worker()
    context = browser.new_context(java_script_enabled=False)
    page: Any = context.new_page()
    log_in(page, site)

    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("heading", name="Enrich 50 jobs?").wait_for()
    page.get_by_role("button", name="OK").click()
    wait_for_text(page, "Enrichment started in background!")
    installation.wait_for(ENRICHED, 50, timeout=90)
    installation.wait_for(UNFINISHED, 0)
    page.get_by_role("link", name="Refresh").click()
    page.locator("#progress .run.finished").wait_for()

    page.get_by_role("link", name="pending").click()
    boxes = page.locator("input[name=posting]")
    expect(boxes).to_have_count(2)
    boxes.first.check()
    page.get_by_role("button", name=re.compile("Enrich selected")).click()
    page.get_by_role("heading", name="Enrich 1 job?").wait_for()
    page.get_by_role("button", name="OK").click()
    wait_for_text(page, "1 job will be enriched.")
    assert "state=pending" in page.url
    installation.wait_for(ENRICHED, 51)
    context.close()
