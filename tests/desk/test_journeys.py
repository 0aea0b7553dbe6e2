"""What an operator does at the desk, by a real browser, worker and provider's stand-in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk import furnished, postings
from tests.installation import Installation, Template
from tests.provider import Provider

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PATIENCE = 20_000  # milliseconds, for machines that do a lot beside this
STATUS = "select status from enrichment_enrichment where posting_id = {}"
ANSWERS = (
    "select count(*) from enrichment_llmcall where posting_id = {} and outcome = 'ok'"
)
FAILED = "select count(*) from enrichment_enrichment where status = 'failed'"
FIRST = (
    "select min(posting_id) from enrichment_enrichment e join jobs_jobposting p"
    " on p.id = e.posting_id where e.status = 'enriched' and p.title = '{}'"
)
ENGINEER = "Senior Backend Engineer (Python)"
FOCUSED = "document.activeElement.id"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A site that the tests of this module share: each brings the postings it starts."""

    site: Installation
    provider: Provider
    address: str

    def add(self, title: str, count: int, *, fault: str = "") -> None:
        furnished.add(self.site, postings.plain(title, count, fault=fault))

    def first(self, title: str) -> int:
        return int(self.site.value(FIRST.format(title)))


@pytest.fixture(scope="module")
def desk(installation_template: Template) -> Iterator[Desk]:
    with (
        Provider() as provider,
        Installation(template=installation_template) as site,
    ):
        furnished.connect(site, provider, ENRICHMENT_CONCURRENCY="4")
        furnished.add_person(site)
        furnished.add(site, postings.lines(60))
        furnished.enrich_all(site)
        yield Desk(site=site, provider=provider, address=site.start_web())


@pytest.fixture
def visit(desk: Desk, page: Page) -> Page:
    page.set_default_timeout(PATIENCE)
    furnished.log_in(page, desk.address)
    return page


def expect(what: Any) -> Any:
    from playwright.sync_api import expect as playwright_expect

    playwright_expect.set_options(timeout=PATIENCE)
    return playwright_expect(what)


def come(browser: Browser, address: str) -> Page:
    """In a window of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    furnished.log_in(page, address)
    return page


def answer(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name).click()


# --- All 645 ----------------------------------------------------------------------------
FAULTS = {"invalid-json x1": 12, "refusal": 5, "wrong-shape": 3}


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
    assert "100" in sizes and "50" in sizes


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
    place = page.locator("#text mark", has_text="€4,200 to €5,600")
    place.wait_for()
    page.locator("#enrichment").get_by_role("link", name="€ 4,200").click()
    anchor = page.url.rpartition("#")[2]
    assert page.locator(f"#{anchor}", has=place).is_visible()
    place.click()
    expect(page.locator(f"#{page.url.rpartition('#')[2]}")).to_contain_text("4,200")


# --- The list ---------------------------------------------------------------------------
def test_filters_stand_in_the_address_and_go_back(desk: Desk, visit: Page) -> None:
    rows, found = visit.locator("#job-rows tbody tr"), visit.locator("#found")
    everything = found.inner_text()
    visit.locator("#facets").get_by_role("link", name=re.compile("^Senior")).click()
    visit.wait_for_url(re.compile(r"\?seniority=senior$"))
    expect(visit.locator("#active-1")).to_contain_text("Senior")
    seniors = found.inner_text()
    expect(rows).to_have_count(int(seniors.split()[0]))

    visit.locator(".states").get_by_role("link", name=re.compile("^failed")).click()
    visit.wait_for_url(re.compile("seniority=senior.*state=failed|state=failed.*senior"))
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


# --- A posting --------------------------------------------------------------------------
def test_correction_outlives_the_next_answer(desk: Desk, visit: Page) -> None:
    posting = desk.first("Wijkverpleegkundige")
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


# --- Insights, languages ----------------------------------------------------------------
def test_bar_leads_to_as_many_postings_and_the_csv_says_the_same(
    desk: Desk, visit: Page
) -> None:
    visit.goto(f"{desk.address}/enrichment/insights/")
    skills = visit.get_by_role("region", name="Skills")
    bar = skills.locator("tbody tr").first
    label, count = (bar.locator(one).inner_text() for one in ("th", "td.number >> nth=0"))
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


# --- By keyboard alone ------------------------------------------------------------------
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
    within = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
    for _ in range(12):
        visit.keyboard.press("Tab")
        assert visit.evaluate(within)

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


# --- Without JavaScript -----------------------------------------------------------------
def test_run_and_retry_without_javascript(desk: Desk, browser: Browser) -> None:
    desk.add("Ropemaker", 30)
    desk.add("Basket weaver", 4, fault="invalid-json x1")
    context = browser.new_context(java_script_enabled=False)
    page: Any = context.new_page()
    page.set_default_timeout(PATIENCE)
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
