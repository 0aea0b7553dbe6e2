"""Many at once, on real connections: starters, workers, ends, pauses, changed texts."""

from __future__ import annotations

import random
from functools import partial

import pytest

from enrichment import choosing, conf, leases, sweeper
from enrichment.models import Enrichment
from jobs.models import JobPosting
from tests.builders import (
    assert_each_posting_is_in_one_batch,
    failed_posting,
    lease,
    make_posting,
    make_postings,
    queued_tasks,
    stalled_batch,
    start,
    start_batch,
    states,
)
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


class TestStarters:
    def test_eight_starts_of_what_is_pending_share_it(self) -> None:
        make_postings(50)

        started = together(*[partial(start, size=8)] * 8)

        assert_each_posting_is_in_one_batch()
        assert sum(one.queued for one in started) == 50
        assert states() == {"queued": 50}

    def test_eight_overlapping_selections_take_each_posting_once(self) -> None:
        ids = [posting.pk for posting in make_postings(40)]
        chance = random.Random(1)
        wishes = [chance.sample(ids, 25) for _ in range(8)]

        started = together(
            *[partial(start, selection=wish, size=10) for wish in wishes]
        )

        assert_each_posting_is_in_one_batch()
        taken = Enrichment.objects.filter(status="queued").count()
        assert sum(one.queued for one in started) == taken
        assert taken >= 25

    def test_ids_queries_and_everything_at_once(self) -> None:
        ids = [posting.pk for posting in make_postings(40)]
        everybody = JobPosting.objects.all()

        together(
            *[partial(start, selection=ids[::-1], size=7)] * 3,
            *[partial(start, selection=everybody, size=7)] * 3,
            *[partial(start, size=7)] * 2,
        )

        assert_each_posting_is_in_one_batch()
        assert states() == {"queued": 40}

    def test_selections_longer_than_a_chunk_do_not_wait_in_a_circle(self) -> None:
        JobPosting.objects.bulk_create(
            JobPosting(external_id=str(n), title="Cook", description=f"Cooks {n}")
            for n in range(choosing.ID_CHUNK * 2)
        )
        ids = list(JobPosting.objects.order_by("pk").values_list("pk", flat=True))

        together(
            *[partial(start, selection=ids, size=60)] * 2,
            *[partial(start, selection=ids[::-1], size=60)] * 2,
        )

        assert_each_posting_is_in_one_batch()
        assert states()["queued"] == 240

    def test_urgent_ones_among_them_do_not_make_a_circle(self) -> None:
        JobPosting.objects.bulk_create(
            JobPosting(
                external_id=str(n),
                title="Cook",
                description=f"Cooks {n}",
                priority=n * 7 % 5,
            )
            for n in range(800)
        )
        ids = list(JobPosting.objects.values_list("pk", flat=True))
        everybody = JobPosting.objects.all()

        together(
            *[partial(start, selection=ids, size=300)] * 3,
            *[partial(start, selection=everybody, size=700)] * 3,
        )

        assert_each_posting_is_in_one_batch()

    def test_two_sweepers_retry_a_failed_posting_once(self, settings) -> None:
        settings.ENRICHMENT_RETRY_FAILED_AFTER_HOURS = 0.0
        failed_posting()

        together(*[sweeper.retry_failed] * 4)

        assert_each_posting_is_in_one_batch()


class TestWorkers:
    def test_one_of_eight_gets_the_lease(self) -> None:
        batch = start_batch(make_posting())
        acquire = partial(leases.acquire, batch.pk, conf.current())

        won = [lease for lease in together(*[acquire] * 8) if lease is not None]

        assert [lease.attempt for lease in won] == [1]

    def test_one_of_eight_takes_a_stalled_batch_over(self) -> None:
        batch = start_batch(make_posting())
        lease(batch, seconds=-1)
        acquire = partial(leases.acquire, batch.pk, conf.current())

        won = [lease for lease in together(*[acquire] * 8) if lease is not None]

        assert [lease.attempt for lease in won] == [2]

    def test_lost_batch_gets_one_new_task(self) -> None:
        batch = stalled_batch(make_posting())

        taken = together(*[sweeper.take_over] * 4)

        assert sum(taken) == 1
        assert queued_tasks() == [batch.pk] * 2
