"""A site with postings on its way, and the account of it after a bad day."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress

from tests.chaos import audit
from tests.installation import Installation
from tests.provider import Provider

ENRICHED = "select count(*) from enrichment_enrichment where status = 'enriched'"
LIVE = (
    "select count(*) from enrichment_enrichment where status in ('queued', 'running')"
)
UNFINISHED = "select count(*) from enrichment_run where status <> 'finished'"


def furnish(
    site: Installation, provider: Provider, *texts: str, count: int = 60, **env: str
) -> Installation:
    """With so many postings, each of a text of its own, those of `texts` first."""
    site.env |= {
        "OPENAI_BASE_URL": provider.base_url,
        "OPENAI_API_KEY": "sk-test-planted",
        "ENRICHMENT_STALLED_AFTER_SECONDS": "5",
        "ENRICHMENT_RATE_LIMIT_BACKOFF": "0.1",
        "ENRICHMENT_API_ERROR_BACKOFF": "0.1",
        "ENRICHMENT_CONCURRENCY": "4",
        **env,
    }
    path = site.directory / "postings.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = texts[number] if number < len(texts) else ""
            posting = {
                "external_id": f"posting-{number}",
                "title": f"Baker {number}",
                "description": f"We look for a baker in Ghent. {text}",
            }
            file.write(json.dumps(posting) + "\n")
    site.manage("import_jobs", path)
    provider.configure(latency=0.3)
    return site


def wait_for_calls(site: Installation, provider: Provider, count: int) -> None:
    site.wait_until(lambda: len(provider.calls) >= count, 60)


def wait_for_end(site: Installation, *, timeout: float = 90) -> None:
    site.wait_for(UNFINISHED, 0, timeout=timeout)


def open_calls(site: Installation) -> int:
    """Calls in flight, and those whose answer is not recorded yet."""
    return int(
        site.value("select count(*) from enrichment_llmcall where outcome = 'open'")
    )


def all_is_well(
    site: Installation, provider: Provider, *, paid_again: int = 0, count: int = 60
) -> bool:
    """Enriched to the last, at most so many answers paid for again, the books agree."""
    site.wait_until(lambda: provider.in_flight == 0, 30)
    report = audit.examine(
        site,
        seen=Counter(call.fingerprint for call in provider.calls),
        answered=provider.answered_per_posting(),
        in_flight_at_kills=paid_again,
        postings=count,
    )
    print(report)
    return not report.problems and site.value(ENRICHED) == count


def kill(pids: list[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
