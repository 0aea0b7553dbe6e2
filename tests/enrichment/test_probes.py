"""A blocked run asks with single calls, and only an answer sends it on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from enrichment import batches, conf, runner, sweeper
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, LlmCall, Run
from jobs.models import JobPosting
from tests.builders import (
    enrichment_of,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    stalled_batch,
    start_batch,
    states,
)
from tests.provider import Provider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def dry_account(settings, provider: Provider) -> Provider:
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_API_KEY = "sk-test"
    settings.OPENAI_BASE_URL = provider.base_url
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    provider.mode = "quota"
    return provider


def blocked_run(*postings: JobPosting) -> Run:
    """By an empty account, a minute ago; its postings are pending."""
    run = start_batch(*postings).run
    batches.block(run.pk, kind=ErrorKind.INSUFFICIENT_QUOTA, reason="empty")
    Run.objects.update(blocked_at=Now() - timedelta(minutes=1))
    return run


def probe(run: Run) -> Batch:
    assert batches.probe(run.pk, after=1)
    return run.batches.live().get()


def test_probe_without_a_call_is_followed_by_another_probe(dry_account) -> None:
    """Its posting has no text; the next one's call finds the account empty."""
    empty = make_posting(description="...", priority=9)
    run = blocked_run(empty, *make_postings(5))

    runner.run(probe(run).pk)
    run.refresh_from_db()
    assert run.probing
    assert enrichment_of(empty).error_kind == "no_text"
    runner.run(run.batches.live().get().pk)

    run.refresh_from_db()
    assert run.status == "blocked"
    assert len(dry_account.calls) == 1
    assert states() == {"failed": 1, "pending": 5}


def test_probe_whose_posting_was_deleted_is_followed_by_another() -> None:
    run = blocked_run(*make_postings(3))
    batch = probe(run)
    JobPosting.objects.filter(enrichment__batch=batch).delete()

    runner.run(batch.pk)

    run.refresh_from_db()
    assert run.probing
    assert run.batches.live().get().total == 1


def test_run_with_nothing_left_to_probe_with_ends() -> None:
    run = blocked_run(make_posting(description="..."))

    runner.run(probe(run).pk)

    run.refresh_from_db()
    assert (run.status, run.probing) == ("finished", False)


def test_probe_waits_for_the_batch_that_a_worker_still_gives_back() -> None:
    """Else the end of that batch would count as the probe's good answer."""
    batch = running_batch(*make_postings(3))
    batches.block(batch.run_id, kind=ErrorKind.INSUFFICIENT_QUOTA, reason="empty")
    Run.objects.update(blocked_at=Now() - timedelta(minutes=1))

    assert not batches.probe(batch.run_id, after=1)
    recorder_of(batch).release(batch.run_id)

    assert Run.objects.get().status == "blocked"
    assert batches.probe(batch.run_id, after=1)


def test_dead_workers_batch_of_a_blocked_run_is_given_back_before_the_probe() -> None:
    batch = stalled_batch(*make_postings(3))
    batches.block(batch.run_id, kind=ErrorKind.INSUFFICIENT_QUOTA, reason="empty")

    assert sweeper.take_over() == 1
    runner.run(batch.pk)

    assert states() == {"pending": 3}
    assert Batch.objects.get().status == "released"


def test_probe_whose_worker_died_twice_in_flight_is_no_answer(dry_account) -> None:
    run = blocked_run(*make_postings(3))
    batch = probe(run)
    posting = JobPosting.objects.get(enrichment__batch=batch)
    for attempt in (1, 2):
        LlmCall.objects.create(
            posting=posting,
            batch=batch,
            batch_attempt=attempt,
            outcome="in_doubt",
            provider=conf.account(),
            model=conf.current().model,
            prompt_version=1,
            schema_version=1,
            content_hash=posting.content_hash,
            finished_at=Now(),
        )
    Batch.objects.filter(pk=batch.pk).update(attempt=2)

    runner.run(batch.pk)

    run.refresh_from_db()
    assert enrichment_of(posting).error_kind == "worker_died"
    assert run.probing
    assert dry_account.calls == []
    assert Enrichment.objects.filter(status="queued").count() == 1
