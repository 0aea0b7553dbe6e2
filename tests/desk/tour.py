"""Every page of the desk by its name: for axe, for the pictures, for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from tests.desk import postings
from tests.installation import Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

THEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")
WIDTHS = (390, 1280)
LOGIN = "/login/"  # for whoever is not logged in

# A posting with most kinds of facts, a salary among them.
_RICH = (
    "select max(posting_id) from enrichment_enrichment e join jobs_jobposting p"
    " on p.id = e.posting_id where e.status = 'enriched' and p.title like 'Senior Backend%'"
)
_FIRST = "select min(posting_id) from enrichment_enrichment where status = '{}'"
_LAST = "select max(posting_id) from enrichment_enrichment where status = '{}'"
_DOUBTFUL = f"select id from jobs_jobposting where title = '{postings.DOUBTFUL}'"
_TRIED = "select max(posting_id) from enrichment_pilotposting"
_STALE = "select min(posting_id) from enrichment_enrichment where prompt_version = 1"
_PILOT = "select min(id) from enrichment_pilot"
_RUN = "select min(id) from enrichment_run where status = '{}'"


def addresses(site: Installation) -> Mapping[str, str]:
    """Names of pages with their paths, of a furnished site, for somebody who may all."""
    enriched = site.value(_RICH)
    failed = site.value(_FIRST.format("failed"))
    waiting = site.value(_LAST.format("pending"))
    finished = site.value(_RUN.format("finished"))
    active = site.value(_RUN.format("active"))
    paused = site.value(_RUN.format("paused"))
    batch = site.value("select min(id) from enrichment_batch")
    stale = site.value(_STALE)
    pilot = site.value(_PILOT)
    return {
        "jobs": "/jobs/",
        "jobs-filtered": "/jobs/?seniority=senior#jobs",
        "jobs-failed": "/jobs/?state=failed#job-rows",
        "jobs-nothing-found": "/jobs/?q=nowhere-to-be-found#jobs",
        "job": f"/jobs/{enriched}/",
        "job-edit": f"/jobs/{enriched}/edit/",
        "job-failed": f"/jobs/{failed}/",
        "job-waiting": f"/jobs/{waiting}/",
        "job-doubtful": f"/jobs/{site.value(_DOUBTFUL)}/",
        "job-stale": f"/jobs/{stale}/",
        "jobs-stale": "/jobs/?prompt=older#jobs",
        "enrich": "/enrichment/start/",
        "enrich-nothing": "/enrichment/start/?scope=selected",
        "runs": "/enrichment/runs/",
        "run": f"/enrichment/runs/{finished}/",
        "run-active": f"/enrichment/runs/{active}/",
        "run-paused": f"/enrichment/runs/{paused}/",
        "batch": f"/enrichment/batches/{batch}/",
        "failures": "/enrichment/failures/",
        "failures-of-a-kind": "/enrichment/failures/?kind=rate_limited#kind-rate_limited",
        "insights": "/enrichment/insights/",
        "prompts": "/enrichment/prompts/",
        "prompt": "/enrichment/prompts/2/",
        "prompt-draft": "/enrichment/prompts/3/",
        "prompt-form": "/enrichment/prompts/2/draft/",
        "pilot": f"/enrichment/pilots/{pilot}/",
        "pilot-choice": f"/enrichment/prompts/pilot/?posting={stale}&posting={enriched}",
        "pilot-nothing": "/enrichment/prompts/pilot/",
        "password": "/password/",
    }


def parts(site: Installation) -> Mapping[str, str]:
    """What stands further down on some of the pages, for the pictures."""
    pages = addresses(site)
    return {
        "jobs-list": "/jobs/#job-rows",
        "job-attempts": f"{pages['job']}#summaries",
        "job-salary": f"{pages['job']}#fact-salary",
        "job-employer": f"{pages['job-doubtful']}#given",
        "job-answers": f"/jobs/{site.value(_TRIED)}/#answers",
        "jobs-exports": "/jobs/#exports",
        "prompt-lines": f"{pages['prompt-draft']}#instructions-title",
        "pilot-jobs": f"{pages['pilot']}#jobs-title",
        "run-batches": f"{pages['run']}#run-batches",
        "insights-pay": f"{pages['insights']}#salary-title",
    }


# Pages of a kind that is looked at anyway: tests look at these in one theme.
VARIANTS = {"jobs-filtered", "jobs-failed", "jobs-stale", "job-stale", "pilot-nothing"}

# What the admin shows beside its lists; the policy for content holds there too.
ADMIN = (
    *("/admin/", "/admin/jobs/jobposting/", "/admin/jobs/jobposting/add/"),
    *("/admin/jobs/jobposting/import/", "/admin/jobs/jobposting/export/"),
    *("/admin/auth/user/add/", "/admin/auth/group/add/", "/admin/enrichment/run/"),
    *("/admin/enrichment/llmcall/", "/admin/django_q/schedule/add/"),
    *("/admin/enrichment/concept/", "/admin/enrichment/concept/add/"),
    *("/admin/enrichment/concept/words/", "/admin/enrichment/prompt/"),
    *("/admin/api/apitoken/", "/admin/api/apitoken/add/"),
    *("/admin/api/webhook/", "/admin/api/webhook/add/", "/admin/api/webhookdelivery/"),
)

# Of those, for the pictures.
ADMIN_SHOWN = {
    "admin": "/admin/",
    "admin-vocabulary": "/admin/enrichment/concept/",
    "admin-words": "/admin/enrichment/concept/words/",
    "admin-tokens": "/admin/api/apitoken/",
    "admin-webhooks": "/admin/api/webhook/",
}


def hold_still(page: Page) -> None:
    """Polls of the page's parts are answered with "nothing new", so that all of it stays."""

    def answer(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/*", answer)


def lock_out(page: Page, site: str) -> None:
    """The page after too many wrong passwords; of a name that nobody has."""
    page.goto(site + LOGIN)
    while page.locator("#id_username").count():
        page.locator("#id_username").fill("nobody")
        page.locator("#id_password").fill("wrong")
        with page.expect_navigation():
            page.locator("main button.primary").click()


def make_token(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/api/apitoken/add/")
    page.locator("#id_name").fill("Careers site")
    page.locator("[name=_save]").click()
    page.locator("#token").wait_for()


def make_secret(page: Page, site: str) -> None:
    _act(page, f"{site}/admin/api/webhook/", action="new_secret", rows=1)
    page.locator("#secret").wait_for()


def merge_words(page: Page, site: str) -> None:
    address = f"{site}/admin/enrichment/concept/?kind__exact=skill"
    _act(page, address, action="merge", rows=2)
    page.locator("[name=into]").first.wait_for()


# What only a form leads to, in the admin.
BY_FORM: Mapping[str, Callable[[Page, str], None]] = {
    "admin-token": make_token,
    "admin-secret": make_secret,
    "admin-merge": merge_words,
}


def _act(page: Page, address: str, *, action: str, rows: int) -> None:
    page.goto(address)
    for number in range(rows):
        page.locator(".action-select").nth(number).check()
    page.locator("[name=action]").first.select_option(action)
    page.locator("[name=index]").first.click()
