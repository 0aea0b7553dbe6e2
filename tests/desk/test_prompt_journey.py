"""A prompt's whole way by clicking: written, tried, promoted, read again by, and gone back from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk import furnished, postings, sayings

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.installation import Installation
    from tests.provider import Provider

pytestmark = pytest.mark.any_database

JOBS, TRIED = 8, 5
READ_BY = (
    "select count(*) from enrichment_enrichment"
    " where status = 'enriched' and prompt_version = {}"
)
FACTS = "select facts from enrichment_enrichment order by posting_id"


def test_draft_is_tried_promoted_read_by_and_gone_back_from(
    installation: Installation, provider: Provider, page: Page
) -> None:
    furnished.connect(installation, provider)
    furnished.add_person(installation)
    furnished.add(installation, postings.lines(JOBS))
    installation.start_worker()
    installation.manage("enrich_batch", "--all")
    installation.wait_for(READ_BY.format(1), JOBS, timeout=90)
    before = installation.rows(FACTS)
    furnished.log_in(page, installation.start_web())
    provider.reset()
    provider.say = sayings.say_more

    writes_a_draft(page)
    tries_it(page)
    assert len(provider.calls) == TRIED
    assert installation.rows(FACTS) == before

    promotes_it(page)
    reads_again(page)
    installation.wait_for(READ_BY.format(2), JOBS, timeout=90)
    # Those of the pilot are not paid for again.
    assert len(provider.calls) == JOBS
    sees_the_new_facts(page)

    goes_back(page)
    installation.wait_for(READ_BY.format(1), JOBS, timeout=90)
    assert len(provider.calls) == JOBS
    assert installation.rows(FACTS) == before


def writes_a_draft(page: Page) -> None:
    page.get_by_role("link", name="Prompts").click()
    page.get_by_role("link", name="Write a new version").click()
    told = page.get_by_label("Instructions")
    told.fill(f"{told.input_value()}\n- Write titles in capitals.")
    page.get_by_label("What is different, and why").fill("Capitals.")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator(".messages")).to_contain_text("Version 2 is kept as a draft.")
    expect(page.locator(".diff .new")).to_contain_text("Write titles in capitals.")
    expect(page.locator(".diff .gone")).to_have_count(0)


def tries_it(page: Page) -> None:
    page.get_by_label("Jobs", exact=True).fill(str(TRIED))
    page.get_by_role("button", name="Start a pilot").click()
    compared = page.locator(".comparison")
    expect(compared).to_have_count(TRIED)
    title = compared.first.locator("tbody tr", has_text="Title")
    old, new = (title.locator("td").nth(one).inner_text() for one in (0, 1))
    assert new == old.upper() != old


def promotes_it(page: Page) -> None:
    page.get_by_role("button", name="Make it the current one").click()
    expect(page.locator(".messages")).to_contain_text("Version 2 is the current one")
    expect(page.locator("#stale")).to_contain_text(f"{JOBS} enriched jobs")


def reads_again(page: Page) -> None:
    page.get_by_role("button", name="Read them again").click()
    page.get_by_role("link", name="Look at the run").click()
    page.locator("#run .run.finished").wait_for()
    expect(page.locator("#run")).to_contain_text(f"{JOBS} of {JOBS} done")


def sees_the_new_facts(page: Page) -> None:
    page.get_by_role("link", name="Job enrichment").click()
    page.locator("#job-rows .title a").first.click()
    expect(page.locator("#answers")).to_contain_text("version 2 of the prompt")
    expect(page.locator("#enrichment .sheet").first).to_contain_text(
        page.locator("h1").inner_text().split(" (")[0].upper()
    )


def goes_back(page: Page) -> None:
    page.get_by_role("link", name="Prompts").click()
    page.get_by_role("link", name="Version 1").click()
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.locator(".messages")).to_contain_text("Version 1 is the current one")
    page.get_by_role("button", name="Read them again").click()
    page.get_by_role("link", name=re.compile("Look at the run")).click()
    page.locator("#run .run.finished").wait_for()
