"""Batches run in the test's own process, with quick retries, against the stand-in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enrichment import conf, runner
from enrichment.llm.retry import RetryPolicy
from enrichment.models import Batch
from jobs.models import JobPosting
from tests.builders import make_posting
from tests.provider import Provider

FAST = RetryPolicy(max_retries=3, rate_limit_backoff=0.02, api_error_backoff=0.02)


def use(provider: Provider, settings: Any) -> None:
    """Make it the site's provider, without a pace."""
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_BASE_URL = provider.base_url
    settings.OPENAI_API_KEY = "sk-test"
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    settings.ENRICHMENT_TIMEOUT_SECONDS = 5.0


def run(batch: Batch, **changes: Any) -> Batch:
    """To the batch's end; `changes` are of the engine's settings."""
    runner.run(batch.pk, settings=replace(conf.current(), **{"retry": FAST, **changes}))
    batch.refresh_from_db()
    return batch


def faulty(fault: str) -> JobPosting:
    """A posting for which the stand-in plays a fault of `tests/faults.py`."""
    return make_posting(description=f"A text about bread. [[fault:{fault}]]")
