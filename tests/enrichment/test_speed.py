"""How fast a run moves, and the range in which it will end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now

from enrichment import speed
from enrichment.models import Batch, Enrichment, Run
from enrichment.speed import Speed
from tests.builders import done, make_postings, running_batch

pytestmark = pytest.mark.django_db


def of(batch: Batch) -> Speed | None:
    return speed.of(Run.objects.get(pk=batch.run_id))


def even(*, slices: int = 12, rate: float = 1.0) -> Speed:
    return Speed(slices=[rate] * slices, slice_seconds=15)


def uneven(*, slices: int = 12) -> Speed:
    return Speed(slices=[0.5, 1.5] * (slices // 2), slice_seconds=15)


class TestOfARun:
    def test_is_what_was_done_in_the_last_minutes(self) -> None:
        postings = make_postings(40)
        batch = running_batch(*postings)
        done(batch, postings[:30], every=2.0)

        found = of(batch)

        assert found is not None
        assert found.per_minute == pytest.approx(30, rel=0.1)

    def test_few_postings_tell_nothing(self) -> None:
        postings = make_postings(8)
        batch = running_batch(*postings)
        done(batch, postings[: speed.LEAST_DONE - 1], every=10.0)

        assert of(batch) is None

    def test_first_seconds_tell_nothing(self) -> None:
        postings = make_postings(8)
        batch = running_batch(*postings)
        done(batch, postings, every=0.1)

        assert of(batch) is None

    def test_what_was_done_before_a_halt_does_not_count(self) -> None:
        before, after = make_postings(20), make_postings(20)
        batch = running_batch(*before)
        done(batch, before, every=1.0)
        minute = timedelta(minutes=1)
        Enrichment.objects.update(finished_at=F("finished_at") - minute)
        Batch.objects.filter(pk=batch.pk).update(
            started_at=F("started_at") - minute,
            status="finished",
            lease_expires_at=None,
            finished_at=Now() - minute,
        )
        second = running_batch(*after)
        Batch.objects.filter(pk=second.pk).update(run=batch.run)
        done(second, after, every=1.0)

        found = of(batch)

        assert found is not None
        assert found.per_second == pytest.approx(1.0, rel=0.1)

    def test_old_ones_tell_nothing(self) -> None:
        postings = make_postings(10)
        batch = running_batch(*postings)
        done(batch, postings, every=1.0)
        Enrichment.objects.update(finished_at=F("finished_at") - timedelta(hours=1))

        assert of(batch) is None

    def test_takes_two_statements_whatever_was_done(
        self, django_assert_num_queries
    ) -> None:
        postings = make_postings(20)
        batch = running_batch(*postings)
        done(batch, postings, every=2.0)
        run = Run.objects.get(pk=batch.run_id)

        with django_assert_num_queries(2):  # the newest batches, their postings
            speed.of(run)

    def test_of_a_fast_run_only_the_last_moments_are_read(self, monkeypatch) -> None:
        monkeypatch.setattr(speed, "MOST_POSTINGS", 25)
        batches = []
        for number in range(4):
            postings = make_postings(20)
            batch = running_batch(*postings)
            done(batch, postings, every=1.0)
            ago = timedelta(seconds=20 * (3 - number))
            Batch.objects.filter(pk=batch.pk).update(
                started_at=F("started_at") - ago,
                status="finished",
                lease_expires_at=None,
                finished_at=Now() - ago,
            )
            ids = [posting.pk for posting in postings]
            rows = Enrichment.objects.filter(pk__in=ids)
            rows.update(finished_at=F("finished_at") - ago)
            batches.append(batch)
        Batch.objects.update(run=batches[0].run)

        found = of(batches[0])

        assert found is not None
        assert sum(found.slices) * found.slice_seconds < 50
        assert found.per_second == pytest.approx(1.0, rel=0.25)


class TestRange:
    def test_holds_the_likely_end(self) -> None:
        low, high = uneven().between(600)

        assert low < uneven().seconds(600) < high

    def test_is_wider_where_the_speed_differs(self) -> None:
        calm, wild = even().between(600), uneven().between(600)

        assert wild[1] - wild[0] > calm[1] - calm[0]

    def test_tightens_as_more_is_seen(self) -> None:
        early, late = uneven(slices=4).between(600), uneven(slices=12).between(600)

        assert late[1] - late[0] < early[1] - early[0]

    def test_tightens_as_less_is_left(self) -> None:
        far, near = uneven().between(600), uneven().between(60)

        assert near[1] - near[0] < far[1] - far[0]

    def test_never_promises_what_nobody_knows(self) -> None:
        low, high = even().between(3600)

        assert low < 3600 * 0.98 < 3600 * 1.02 < high

    def test_wildest_speed_still_gives_an_end(self) -> None:
        low, high = Speed(slices=[0, 0, 0, 9], slice_seconds=15).between(50)

        assert 0 < low < high < float("inf")
