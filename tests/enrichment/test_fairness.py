"""Runs at the same time share the pace, and what is urgent comes first."""

from __future__ import annotations

import pytest

from enrichment import turns
from enrichment.models import Batch, Run
from jobs.models import JobPosting
from tests.builders import (
    enrichment_of,
    make_posting,
    make_postings,
    start,
    start_batch,
)
from tests.enrichment.running import run, use
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _use(provider: Provider, settings) -> None:
    use(provider, settings)
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.01
    settings.Q_WORKERS = 1


def places(provider: Provider, postings: list[JobPosting]) -> list[int]:
    """Of the postings' calls, among all."""
    titles = {posting.title for posting in postings}
    return [call.number for call in provider.calls if call.title in titles]


def large_run(postings: int, *, size: int = 50) -> Batch:
    make_postings(postings)
    batch = start(size=size, continuous=True).batch
    assert batch is not None
    return batch


class TestSmallRuns:
    def test_small_run_takes_turns_with_the_large_one(self, provider) -> None:
        large = large_run(60)
        few = make_postings(4)
        start_batch(*few)

        run(large)

        turns = places(provider, few)
        assert len(turns) == 4
        assert turns[-1] <= 12
        assert turns != [1, 2, 3, 4]

    def test_batches_of_one_run_do_not_take_turns(self, provider, settings) -> None:
        settings.Q_WORKERS = 2
        large = large_run(20, size=10)
        first = list(JobPosting.objects.filter(enrichment__batch=large))

        run(large)

        assert places(provider, first) == list(range(1, 11))

    def test_run_of_high_priority_goes_before_others(self, provider) -> None:
        large = large_run(60)
        few = make_postings(10)
        start_batch(*few, priority=Run.Priority.HIGH)

        run(large)

        turns = places(provider, few)
        assert len(turns) == 10
        assert turns[-1] <= 12


class TestNextBatches:
    def test_run_with_fewer_batches_gets_the_next(self) -> None:
        make_postings(8)
        first = start(size=2, continuous=True).run
        second = start(size=2, continuous=True).run
        assert first is not None
        assert second is not None
        assert turns.make_next() is not None

        third = turns.make_next()

        assert third is not None
        assert Batch.objects.get(pk=third).run_id == second.pk

    def test_urgent_posting_that_comes_meanwhile_is_in_the_next_batch(self) -> None:
        large = large_run(6, size=2)
        urgent = make_posting(priority=9)

        new = turns.make_next()

        assert new not in {None, large.pk}
        assert enrichment_of(urgent).batch_id == new
