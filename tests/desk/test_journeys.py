"""The whole way of a backlog, by a real browser, real workers and the provider's stand-in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk import furnished, postings
from tests.desk.conftest import answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.installation import Installation
    from tests.provider import Provider

pytestmark = pytest.mark.any_database

FAULTS = {"invalid-json x1": 12, "refusal": 5, "wrong-shape": 3}
ENGINEER = "Senior Backend Engineer (Python)"


def test_645_postings_from_one_click_to_the_salary_in_a_text(
    installation: Installation, provider: Provider, browser: Browser
) -> None:
    furnished.connect(installation, provider)
    provider.configure(latency=2)
    furnished.add_person(installation)
    furnished.add(installation, postings.lines(645, faults=FAULTS))
    installation.start_worker()
    site = installation.start_web()

    start_all(browser, site)
    installation.wait_until(lambda: provider.stats()["outcomes"].get("answered", 0) > 5)
    page = come(browser, site)
    sees_it_go_on(page)
    pauses(page, installation)
    provider.configure(latency=0)
    resumes_with_larger_batches(page, installation)
    assert installation.value(furnished.ENRICHED) == 645 - 20

    retries_one_group(page, site)
    installation.wait_for(furnished.ENRICHED, 645 - 8, timeout=90)
    finds_the_salary(page, site)
    page.context.close()


def come(browser: Browser, address: str) -> Page:
    """In a window of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    furnished.log_in(page, address)
    return page


def start_all(browser: Browser, site: str) -> None:
    """And close the tab at once."""
    page = come(browser, site)
    page.get_by_role("button", name="Enrich All").click()
    question = page.get_by_role("dialog")
    question.get_by_role("heading", name="Enrich 50 jobs?").wait_for()
    wanted = question.get_by_label("Continue automatically until all are done")
    expect(question).to_contain_text("13 batches of 50")
    wanted.check()
    answer(page, "OK")
    expect(page.get_by_role("dialog")).to_contain_text("645 jobs will be enriched")
    page.context.close()


def sees_it_go_on(page: Page) -> None:
    panel = page.locator("#progress")
    panel.locator(".run.active").wait_for()
    expect(panel).to_contain_text("of 645 done")
    bar = panel.get_by_role("progressbar")
    before = bar.get_attribute("aria-valuenow")
    expect(bar).not_to_have_attribute("aria-valuenow", before)
    assert int(bar.get_attribute("aria-valuenow") or 0) > int(before or 0)


def pauses(page: Page, site: Installation) -> None:
    page.locator("#progress").get_by_role("button", name="Pause").click()
    page.locator("#progress .run.paused").wait_for()
    site.wait_for(furnished.LIVE, 0)
    assert 0 < site.value(furnished.ENRICHED) < 600


def resumes_with_larger_batches(page: Page, site: Installation) -> None:
    page.locator("#progress").get_by_role("link", name=re.compile(r"^Run \d+$")).click()
    page.get_by_label("Size of its next batches").fill("100")
    page.get_by_role("button", name="Change").click()
    expect(page.locator(".messages")).to_contain_text("next batches hold 100 jobs")
    page.get_by_role("button", name="Resume").click()
    page.locator("#run .run.finished").wait_for()
    expect(page.locator("#run")).to_contain_text("645 of 645 done")
    sizes = page.locator("#run-batches td[data-label=Total]").all_inner_texts()
    assert {"50", "100"} <= set(sizes)


def retries_one_group(page: Page, site: str) -> None:
    page.goto(f"{site}/enrichment/failures/")
    group = page.get_by_role("region", name="Invalid JSON")
    group.get_by_role("button", name="Retry these 12").click()
    expect(page.locator("#outcome")).to_contain_text("12 failed jobs are tried again")
    expect(group).to_have_count(0)
    expect(page.locator("#failures")).to_contain_text("8 jobs are failed.")
    page.locator("#retry-refused").wait_for()


def finds_the_salary(page: Page, site: str) -> None:
    page.goto(f"{site}/jobs/")
    page.get_by_label("Search", exact=True).fill("Backend Engineer")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=Backend"))
    page.get_by_role("link", name=ENGINEER).first.click()
    page.locator("#enrichment").get_by_role("link", name="€ 4,200").click()
    place = page.locator("#text .place:target", has=page.locator("mark"))
    expect(place).to_have_text("€4,200 to €5,600")
    expect(place).to_be_in_viewport()
    place.click()
    expect(page.locator("#enrichment .fact:target")).to_contain_text("€ 4,200")
