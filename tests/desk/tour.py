"""Every page of the desk by its name: for axe, for the pictures, for whoever wants to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

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
    return {
        "jobs": "/jobs/",
        "jobs-filtered": "/jobs/?seniority=senior#jobs",
        "jobs-failed": "/jobs/?state=failed#job-rows",
        "jobs-nothing-found": "/jobs/?q=nowhere-to-be-found#jobs",
        "job": f"/jobs/{enriched}/",
        "job-edit": f"/jobs/{enriched}/edit/",
        "job-failed": f"/jobs/{failed}/",
        "job-waiting": f"/jobs/{waiting}/",
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
    }


def parts(site: Installation) -> Mapping[str, str]:
    """What stands further down on some of the pages, for the pictures."""
    pages = addresses(site)
    return {
        "jobs-list": "/jobs/#job-rows",
        "job-attempts": f"{pages['job']}#summaries",
        "job-salary": f"{pages['job']}#fact-salary",
        "run-batches": f"{pages['run']}#run-batches",
        "insights-pay": f"{pages['insights']}#salary-title",
    }


# What the admin shows beside its lists; the policy for content holds there too.
ADMIN = (
    *("/admin/", "/admin/jobs/jobposting/", "/admin/jobs/jobposting/add/"),
    *("/admin/jobs/jobposting/import/", "/admin/jobs/jobposting/export/"),
    *("/admin/auth/user/add/", "/admin/auth/group/add/", "/admin/enrichment/run/"),
    *("/admin/enrichment/llmcall/", "/admin/django_q/schedule/add/", "/password/"),
)


def hold_still(page: Page) -> None:
    """Polls of the page's parts are answered with "nothing new", so that all of it stays."""

    def answer(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/*", answer)
