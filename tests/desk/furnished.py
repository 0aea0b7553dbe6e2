"""A site as after some days of work: enriched postings, failures, runs in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import postings
from tests.installation import Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.provider import Provider

PATIENCE = 90_000  # milliseconds, for machines that do a lot beside this
NAME, PASSWORD = "ann", "a password of the tests"
COUNT = "select count(*) from enrichment_enrichment where status {}"
ENRICHED = COUNT.format("= 'enriched'")
LIVE = COUNT.format("in ('queued', 'running')")
UNTRIED = COUNT.format("in ('pending', 'queued', 'running')")
COUNTED = "select count(*) from enrichment_termcount where kind = 'skill'"
INDEXED = "select count(*) from enrichment_enrichment where facts is not null and terms_version = 0"
USER = """
from django.contrib.auth.models import User
User.objects.create_superuser({!r}, '', {!r})
"""
FAULTS = {"invalid-json": 9, "refusal": 4, "429": 6, "500": 3}

# Those that failed as often as a posting may, a correction, and a run that waits.
AFTER_DAYS = """
from django.contrib.auth.models import User
from enrichment import batches
from enrichment.models import Door, Enrichment
Enrichment.objects.filter(error_kind="rate_limited", pk__lte=16).update(tries=5, retry_at=None)
ids = Enrichment.objects.filter(status="pending").values_list("pk", flat=True)[:5]
run = batches.start(door=Door.PAGE, user=User.objects.get(), selection=list(ids)).run
batches.pause(run.pk)
"""
GO_ON = """
from django.contrib.auth.models import User
from enrichment import batches
from enrichment.models import Door
batches.start(door=Door.PAGE, user=User.objects.get(), continuous=True, size={})
"""


def connect(site: Installation, provider: Provider, **env: str) -> None:
    """All that the site does from now on asks the stand-in; before its first process."""
    site.env |= {
        "OPENAI_BASE_URL": provider.base_url,
        "OPENAI_API_KEY": "sk-test-planted",
        "ENRICHMENT_RATE_LIMIT_BACKOFF": "0.1",
        "ENRICHMENT_API_ERROR_BACKOFF": "0.1",
        "ENRICHMENT_CONCURRENCY": "8",
        "ENRICHMENT_PRICE_INPUT": "0.25",
        "ENRICHMENT_PRICE_CACHED_INPUT": "0.025",
        "ENRICHMENT_PRICE_OUTPUT": "2",
        **env,
    }


def add_person(site: Installation) -> None:
    site.python(USER.format(NAME, PASSWORD))


def add(site: Installation, lines: list[str]) -> None:
    path = site.directory / "postings.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    site.manage("import_jobs", path)


def enrich_all(site: Installation) -> None:
    """All that is there, up to the lists that it fills; by a worker that stays."""
    site.start_worker()
    site.manage("enrich_batch", "--all")
    site.wait_for(UNTRIED, 0, timeout=180)
    site.wait_for(INDEXED, 0)
    site.wait_until(lambda: site.value(COUNTED) > 0, 90)


def furnish(
    site: Installation, provider: Provider, *, count: int, waiting: int = 100
) -> str:
    """With so many postings, all tried but those that wait; one run is under way.

    Returns:
        The address of the site.
    """
    connect(site, provider)
    provider.configure(latency=0.7, jitter=0.9)
    add_person(site)
    add(site, postings.lines(count, faults=FAULTS))
    enrich_all(site)
    add(site, postings.lines(waiting, first=count))
    site.python(AFTER_DAYS)
    provider.configure(latency=12)
    # Two batches are live at once: half of them are not queued yet.
    site.python(GO_ON.format(waiting // 4))
    return site.start_web()


def log_in(page: Page, address: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/jobs/")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/jobs/")
