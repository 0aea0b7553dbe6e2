"""All doors pushed at once, by processes of their own: each posting is called once."""

from __future__ import annotations

import sys

import pytest

from tests.installation import Installation
from tests.provider import Provider

SAMPLES = "jobs/data/sample_postings.jsonl"
LOGIN = """
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from jobs.models import JobPosting
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(username="boss"))
ids = list(JobPosting.objects.order_by("pk").values_list("pk", flat=True)[:50])
"""
BY_PAGE = f"""{LOGIN}
client.post(reverse("enrichment:start"), {{"scope": "all"}})
"""
BY_ADMIN = f"""{LOGIN}
address = reverse("admin:jobs_jobposting_changelist")
client.post(address, {{"action": "enrich_selected", "_selected_action": ids, "confirm": "yes"}})
"""
BY_COMMAND = """
from django.core.management import call_command
call_command("enrich_batch")
"""
BY_IDS = """
from django.core.management import call_command
call_command("enrich_batch", "--ids", *map(str, range(1, 61)))
"""
DOORS = (BY_PAGE, BY_ADMIN, BY_COMMAND, BY_IDS)


@pytest.fixture
def site(installation: Installation, provider: Provider) -> Installation:
    installation.env |= {"OPENAI_BASE_URL": provider.base_url, "OPENAI_API_KEY": "x"}
    installation.manage("import_jobs", SAMPLES)
    installation.python(
        "from django.contrib.auth.models import User; User.objects.create_superuser('boss')"
    )
    return installation


def push_all_doors(site: Installation, times: int) -> None:
    """So many processes for each door, and wait for all of them."""
    start = "import django; django.setup()\n"
    pushed = [
        site.start("door", sys.executable, "-c", start + code)
        for code in DOORS
        for _time in range(times)
    ]
    for process in pushed:
        assert process.process.wait(120) == 0, str(process)


def test_eight_processes_at_four_doors_call_each_posting_once(site, provider) -> None:
    push_all_doors(site, times=2)

    live = "select count(*) from enrichment_enrichment where status = 'queued'"
    assert site.value(live) == site.value("select sum(total) from enrichment_batch")
    site.start_worker()
    site.wait_for(
        "select count(*) from enrichment_run where status <> 'finished'", 0, timeout=90
    )

    assert set(provider.answered_per_posting().values()) == {1}
    enriched = "select count(*) from enrichment_enrichment where status = 'enriched'"
    assert site.value(enriched) == site.value(
        "select sum(successful) from enrichment_batch"
    )
    assert 50 <= site.value(enriched) <= 60
