"""A worker killed in the middle of reading again: nothing is lost, and little is paid twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from enrichment import leases, renewing
from enrichment.models import Batch, Door, Enrichment, LlmCall, Run
from jobs.models import JobPosting
from tests.builders import (
    answered_call,
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    open_call,
    states,
)
from tests.enrichment.prompting import a_new_prompt, enrich, read_by, stored, work_off
from tests.enrichment.running import use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(provider, settings) -> None:
    use(provider, settings)


def killed(*postings: JobPosting) -> Run:
    """A run whose worker was killed with all of these in hand."""
    run, _is_new = renewing.start(door=Door.PAGE)
    assert run is not None
    batch = run.batches.get()
    lease(batch)
    Enrichment.objects.claim(batch.pk)
    silent = Now() - timedelta(seconds=5)
    Batch.objects.filter(pk=batch.pk).update(lease_expires_at=silent)
    assert states() == {"running": len(postings)}
    assert all(stored(posting)["facts"] for posting in postings)
    return run


def test_worker_killed_in_the_middle_costs_the_calls_in_flight_alone(
    provider,
) -> None:
    answered, flying, waiting = make_postings(3)
    enrich(answered, flying, waiting)
    version = a_new_prompt()
    run = killed(answered, flying, waiting)
    of_batch: dict[str, Any] = {"batch": run.batches.get(), "batch_attempt": 1}
    answered_call(answered, prompt_version=version, **of_batch)
    open_call(flying, prompt_version=version, **of_batch)
    provider.reset()

    work_off(run)

    assert set(provider.calls_per_title()) == {flying.title, waiting.title}
    assert len(provider.calls) == 2
    assert read_by() == {version: 3}


def test_posting_set_aside_after_deaths_keeps_the_older_facts() -> None:
    posting = make_posting()
    enrich(posting)
    before = stored(posting)
    version = a_new_prompt()
    run = killed(posting)
    for _death in range(leases.MAX_DEATHS):
        call = open_call(
            posting,
            prompt_version=version,
            batch=run.batches.get(),
            batch_attempt=1,
        )
        LlmCall.objects.filter(pk=call.pk).doubt()

    work_off(run)

    assert stored(posting) == before
    assert enrichment_of(posting).tries == 1
    run.refresh_from_db()
    assert run.status == "finished"
