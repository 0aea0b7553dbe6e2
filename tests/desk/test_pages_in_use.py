"""The pages as a person uses them, with a mouse, by keyboard alone, without JavaScript."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.desk import furnished
from tests.desk.conftest import Desk, answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.any_database

FIRST = (
    "select min(posting_id) from enrichment_enrichment e join jobs_jobposting p"
    " on p.id = e.posting_id where e.status = 'enriched' and p.title = 'Wijkverpleegkundige'"
)
ANSWERS = (
    "select count(*) from enrichment_llmcall where posting_id = {} and outcome = 'ok'"
)
FAILED = furnished.COUNT.format("= 'failed'")
FOCUSED = "document.activeElement.id"
IN_DIALOG = """
document.activeElement === document.body || !!document.activeElement.closest("dialog")
"""


def test_filters_stand_in_the_address_and_go_back(desk: Desk, visit: Page) -> None:
    rows, found = visit.locator("#job-rows tbody tr"), visit.locator("#found")
    everything = found.inner_text()
    visit.locator("#facets").get_by_role("link", name=re.compile("^Senior")).click()
    visit.wait_for_url(re.compile(r"\?seniority=senior$"))
    expect(visit.locator("#active-1")).to_contain_text("Senior")
    seniors = found.inner_text()
    expect(rows).to_have_count(int(seniors.split()[0]))

    visit.locator(".states").get_by_role("link", name=re.compile("^failed")).click()
    visit.wait_for_url(
        re.compile("seniority=senior.*state=failed|state=failed.*senior")
    )
    visit.reload()
    expect(visit.locator(".active-filters .chip")).to_have_count(2)
    visit.go_back()
    expect(found).to_have_text(seniors)
    visit.go_back()
    visit.wait_for_url(f"{desk.address}/jobs/")
    expect(visit.locator(".active-filters")).to_have_count(0)
    expect(found).to_have_text(everything)


def test_some_and_then_all_that_match_are_enriched(desk: Desk, visit: Page) -> None:
    desk.add("Zeppelin pilot", 3)
    visit.get_by_label("Search", exact=True).fill("zeppelin")
    visit.keyboard.press("Enter")
    expect(visit.locator("#found")).to_contain_text("3 jobs")
    for number in (1, 3):
        visit.get_by_label(f"Select Zeppelin pilot {number}").check()
    visit.get_by_role("button", name="Enrich selected (2)").click()
    visit.get_by_role("heading", name="Enrich 2 jobs?").wait_for()
    answer(visit, "Cancel")

    visit.get_by_role("link", name="Enrich all 3 that match").click()
    visit.get_by_role("heading", name="Enrich 3 jobs?").wait_for()
    answer(visit, "OK")
    expect(visit.get_by_role("dialog")).to_contain_text("3 jobs will be enriched.")
    answer(visit, "Close")
    # The list follows the run by itself, and stays the one that was asked for.
    expect(visit.locator("#job-rows .badge.enriched")).to_have_count(3)
    assert "q=zeppelin" in visit.url


def test_correction_outlives_the_next_answer(desk: Desk, visit: Page) -> None:
    posting = int(desk.site.value(FIRST))
    visit.goto(f"{desk.address}/jobs/{posting}/")
    visit.get_by_role("link", name="Correct by hand").click()
    visit.get_by_label("Seniority").select_option("director")
    visit.get_by_role("button", name="Keep corrections").click()
    seniority = visit.locator("#enrichment .sheet > div", has_text="Seniority")
    expect(seniority).to_contain_text("by hand")
    answers = desk.site.value(ANSWERS.format(posting))

    visit.get_by_text("Enrich again").click()
    visit.get_by_role("button", name="Yes, ask the model").click()
    desk.site.wait_for(ANSWERS.format(posting), answers + 1, timeout=90)
    expect(visit.locator("#enrichment .badge.enriched")).to_be_visible()
    visit.reload()
    expect(seniority).to_contain_text("Director")
    expect(seniority.locator(".badge.human")).to_have_text("by hand")

    seniority.get_by_role("button", name="Back to the model's value").click()
    expect(seniority.locator(".badge.human")).to_have_count(0)
    assert "Director" not in seniority.inner_text()


def test_bar_leads_to_as_many_postings_and_the_csv_says_the_same(
    desk: Desk, visit: Page
) -> None:
    visit.goto(f"{desk.address}/enrichment/insights/")
    skills = visit.get_by_role("region", name="Skills")
    bar = skills.locator("tbody tr").first
    label, count = (
        bar.locator(one).inner_text() for one in ("th", "td.number >> nth=0")
    )
    with visit.expect_download() as download:
        skills.get_by_role("link", name="CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert [label, count] in [row[:2] for row in csv.reader(file)]

    bar.get_by_role("link", name=label).click()
    expect(visit.locator("#found")).to_contain_text(f"{count} job")
    expect(visit.locator("#job-rows tbody tr")).to_have_count(int(count))


def test_language_is_switched_where_one_is(desk: Desk, visit: Page) -> None:
    visit.goto(f"{desk.address}/jobs/?seniority=senior")
    for code in ("nl", "fr", "en"):
        visit.locator(f".languages [value={code}]").click()
        expect(visit.locator("html")).to_have_attribute("lang", code)
        assert "seniority=senior" in visit.url


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(300):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("300 times Tab don't lead there")


def test_dialog_keeps_the_focus_and_gives_it_back(desk: Desk, visit: Page) -> None:
    desk.add("Lighthouse keeper", 2)
    button = visit.get_by_role("button", name="Enrich All")
    tab_to(visit, button)
    visit.keyboard.press("Enter")
    dialog = visit.get_by_role("dialog")
    dialog.wait_for()
    expect(dialog.get_by_role("button", name="OK")).to_be_focused()
    for _ in range(12):
        visit.keyboard.press("Tab")
        assert visit.evaluate(IN_DIALOG)

    visit.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_focus_outlives_swaps(desk: Desk, visit: Page) -> None:
    chip = visit.locator(".states").get_by_role("link", name=re.compile("^enriched"))
    chip.focus()
    place = visit.evaluate(FOCUSED)
    visit.keyboard.press("Enter")
    visit.wait_for_url(re.compile("state=enriched"))
    expect(visit.locator(f"#{place}")).to_be_focused()

    box = visit.locator("input[name=posting]").first
    box.check()
    box.focus()
    place = visit.evaluate(FOCUSED)
    with visit.expect_response("**/jobs/rows/**"):
        visit.evaluate("htmx.trigger(document.body, 'run-ended')")
    expect(visit.locator(f"#{place}")).to_be_focused()
    expect(visit.locator(f"#{place}")).to_be_checked()

    refresh = visit.locator("#progress-refresh")
    refresh.focus()
    with visit.expect_response("**/enrichment/progress/**"):
        visit.keyboard.press("Enter")
    expect(refresh).to_be_focused()


def test_run_and_retry_without_javascript(desk: Desk, browser: Browser) -> None:
    desk.add("Ropemaker", 30)
    desk.add("Basket weaver", 4, fault="invalid-json x1")
    context = browser.new_context(java_script_enabled=False)
    page: Any = context.new_page()
    furnished.log_in(page, desk.address)
    desk.provider.configure(latency=3)

    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("button", name="OK").click()
    page.get_by_role("button", name="Pause").click()
    page.locator("#progress .run.paused").wait_for()
    desk.site.wait_for(furnished.LIVE, 0)
    assert desk.site.value(furnished.UNTRIED) > 0
    desk.provider.configure(latency=0)
    page.get_by_role("button", name="Resume").click()
    desk.site.wait_for(furnished.UNTRIED, 0, timeout=90)

    assert desk.site.value(FAILED) == 4
    page.get_by_role("link", name="Failures").click()
    page.get_by_role("button", name="Retry these 4").click()
    expect(page.locator(".messages")).to_contain_text("4 failed jobs are tried again")
    desk.site.wait_for(FAILED, 0, timeout=90)
    page.reload()
    expect(page.locator("#failures")).to_contain_text("No job is failed.")
    context.close()
