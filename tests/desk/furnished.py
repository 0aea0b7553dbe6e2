"""A site as after some days of work: postings, failures, runs, prompts, whoever is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk import postings, sayings
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
# Enriched postings that aren't in the counts of lists.
UNCOUNTED = (
    "select count(*) - (select coalesce(sum(count), 0) from enrichment_termcount"
    " where kind = 'source_enriched') from enrichment_enrichment"
    " where status = 'enriched'"
)
INDEXED = "select count(*) from enrichment_enrichment where facts is not null and terms_version = 0"
USER = """
from django.contrib.auth.models import User
User.objects.create_superuser({!r}, '', {!r})
"""
# Read by the first version of the prompt; asked by the pilot of the third.
STALE, SIZE_OF_PILOT = 12, 5
FAR = 960  # numbers from here on are of no other posting
FAULTS = {"invalid-json": 9, "refusal": 4, "429": 6, "500": 3}

# A second version of the prompt, by somebody who read what the first one made of some jobs.
SECOND_PROMPT = """
from django.contrib.auth.models import User
from enrichment import prompts
first, user = prompts.current(), User.objects.get()
told = first.instructions + "\\n- Leave out tools that every office has, such as a telephone."
made = prompts.draft(instructions=told, note="Fewer tools that say nothing.", user=user)
assert prompts.promote(made.version, seen=first.version, user=user)
"""
# A third one, on trial; another program that asks, and one that wants to be told.
CONNECTED = """
from django.contrib.auth.models import User
from django.utils import timezone
from enrichment import pilots, prompts
from enrichment.models import Run
from jobsite.api import tokens
from jobsite.api.models import ApiToken, Webhook, WebhookDelivery
user, now = User.objects.get(), timezone.now()
told = prompts.current().instructions.replace("a telephone.", "a telephone or a desk.")
told += "\\n- Write titles in capitals."
note = "Titles in capitals, as our printed list has them."
made = prompts.draft(instructions=told, note=note, user=user)
pilots.start(version=made.version, user=user, size={size})
text = tokens.new_text()
ApiToken.objects.create(user=user, name="Careers site", digest=tokens.digest(text),
                        prefix=tokens.prefix(text), may_read=True, may_enrich=True)
hook = Webhook.objects.create(url="https://hooks.example.com/enrichment", created_by=user,
                              on_finished=False)
run = Run.objects.filter(status="finished").first()
WebhookDelivery.objects.create(webhook=hook, event="run.finished", run=run, tries=1,
                               status="delivered", http_status=204, ended_at=now)
"""
PILOT = "select count(*) from enrichment_pilot where status = 'finished'"

# Those that failed as often as a posting may, a correction, and a run that waits.
AFTER_DAYS = """
from django.contrib.auth.models import User
from django.db import transaction
from enrichment import batches
from enrichment.models import Door, Enrichment
Enrichment.objects.filter(error_kind="rate_limited", pk__lte=28).update(tries=5, retry_at=None)
ids = Enrichment.objects.filter(status="pending").values_list("pk", flat=True)[:5]
with transaction.atomic():
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
    wait_for_lists(site)


def wait_for_lists(site: Installation) -> None:
    site.wait_for(UNTRIED, 0, timeout=180)
    site.wait_for(INDEXED, 0)
    site.wait_for(UNCOUNTED, 0, timeout=90)


def furnish(
    site: Installation,
    provider: Provider,
    *,
    count: int,
    waiting: int = 100,
    latency: float = 12,
) -> str:
    """With so many postings, all tried but those that wait; one run is under way.

    Args:
        latency: of its calls, so long that some postings still wait when one looks.

    Returns:
        The address of the site.
    """
    connect(site, provider)
    provider.configure(latency=0.7, jitter=0.9)
    provider.say = sayings.say
    add_person(site)
    add(site, postings.lines(STALE, first=FAR))
    site.start_worker()
    site.manage("enrich_batch", "--all")
    site.wait_for(UNTRIED, 0, timeout=180)
    site.python(SECOND_PROMPT)
    lines = postings.lines(count - STALE, faults=FAULTS)
    add(site, [*lines, *postings.doubtful()])
    site.manage("enrich_batch", "--all")
    wait_for_lists(site)
    try_draft(site, provider)
    add(site, postings.lines(waiting, first=count))
    site.python(AFTER_DAYS)
    provider.configure(latency=latency)
    # Two batches are live at once: half of them are not queued yet.
    site.python(GO_ON.format(waiting // 4))
    return site.start_web()


def try_draft(site: Installation, provider: Provider) -> None:
    provider.say = sayings.say_more
    site.python(CONNECTED.format(size=SIZE_OF_PILOT))
    site.wait_for(PILOT, 1)
    provider.say = sayings.say


def log_in(page: Page, address: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/jobs/")
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/jobs/")
