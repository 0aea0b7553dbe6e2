"""A site as after some days of work: enriched postings, failures, runs, one of them paused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.installation import ROOT, Installation

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = ROOT / "jobs" / "data" / "sample_postings.jsonl"
NAME, PASSWORD = "ann", "a password of the tests"
ENRICHED = "select count(*) from enrichment_enrichment where status = 'enriched'"
COUNTED = "select count(*) from enrichment_termcount where kind = 'skill'"
INDEXED = "select count(*) from enrichment_enrichment where facts is not null and terms_version = 0"

# Of the enriched ones a few are made failed ones, as a bad hour of the provider leaves them.
FAIL_SOME = """
from datetime import timedelta
from django.utils import timezone
from enrichment.models import Enrichment
for number, row in enumerate(Enrichment.objects.filter(status="enriched").order_by("pk")[:7]):
    kind, text, tries = (
        ("timeout", "The provider did not answer within 60 seconds.", 1),
        ("bad_output", "Invalid JSON in LLM response: line 26 column 5", 1),
        ("timeout", "The provider did not answer within 60 seconds.", 5),
    )[number % 3]
    wait = None if tries == 5 else timezone.now() + timedelta(hours=20 + number)
    Enrichment.objects.filter(pk=row.pk).update(
        status="failed", error_kind=kind, error_message=text, tries=tries, retry_at=wait
    )
"""
PAUSE_ONE = """
from enrichment import batches
from enrichment.models import Door
from django.contrib.auth.models import User
run = batches.start(door=Door.PAGE, user=User.objects.get(), continuous=True, size=5).run
batches.pause(run.pk)
"""


def furnish(site: Installation, *, postings: int, waiting: int = 12) -> str:
    """Import so many samples, enrich all but the waiting ones; the address of the site."""
    site.python(
        "from django.contrib.auth.models import User\n"
        f"User.objects.create_superuser({NAME!r}, '', {PASSWORD!r})"
    )
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    enriched = min(postings, len(lines)) - waiting
    _import(site, lines[:enriched])
    worker = site.start_worker()
    site.manage("enrich_batch", "--all", "--size", "20")
    site.wait_for(ENRICHED, enriched, timeout=120)
    site.wait_for(INDEXED, 0)
    site.wait_until(lambda: site.value(COUNTED) > 0, 60)
    worker.stop()
    _import(site, lines[enriched : enriched + waiting])
    site.python(FAIL_SOME)
    site.python(PAUSE_ONE)
    return site.start_web()


def _import(site: Installation, lines: list[str]) -> None:
    path: Path = site.directory / "postings.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    site.manage("import_jobs", path)


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/jobs/")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/jobs/")
