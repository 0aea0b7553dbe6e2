"""What failed is tried again in time: postings after a day, a provider that was down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from enrichment import batches, sweeper
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run
from jobs.models import JobPosting
from tests.builders import (
    a_day_passes,
    enrichment_of,
    failed_posting,
    failure,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    start,
    start_batch,
    states,
)

pytestmark = pytest.mark.django_db


def fail_again(posting: JobPosting) -> Enrichment:
    """The scheduled batch is run, and the posting fails once more."""
    batch = Batch.objects.live().get()
    lease(batch)
    Enrichment.objects.claim(batch.pk)
    recorder = recorder_of(batch)
    recorder.record([], [failure(posting)])
    recorder.finish(batch.run_id)
    return enrichment_of(posting)


class TestFailures:
    def test_failed_posting_is_not_tried_before_its_time(self) -> None:
        posting = failed_posting()

        assert sweeper.retry_failed() is None
        assert start().batch is None
        assert enrichment_of(posting).status == "failed"

    def test_after_a_day_it_is_tried_again(self, caplog) -> None:
        posting = failed_posting()
        a_day_passes()

        with caplog.at_level("INFO", logger="enrichment"):
            sweeper.retry_failed()

        assert enrichment_of(posting).status == "queued"
        assert Batch.objects.live().get().run.door == "schedule"
        assert "🔁 1 failed jobs are tried again" in caplog.text

    def test_five_tries_in_all_then_it_waits_for_a_person(self) -> None:
        posting = failed_posting()
        for tries in (2, 3, 4, 5):
            a_day_passes()
            sweeper.retry_failed()
            assert fail_again(posting).tries == tries

        assert enrichment_of(posting).retry_at is None
        a_day_passes()
        assert sweeper.retry_failed() is None
        assert start(selection=[posting.pk]).queued == 1

    def test_text_that_changed_starts_counting_anew(self) -> None:
        posting = failed_posting()
        posting.title = "Butcher"
        posting.save()

        assert (enrichment_of(posting).status, enrichment_of(posting).tries) == (
            "pending",
            0,
        )

    def test_longest_waiting_go_first_up_to_a_batch(self, settings) -> None:
        settings.ENRICHMENT_BATCH_SIZE = 2
        late, early, middle = (failed_posting() for _ in range(3))
        a_day_passes()
        for posting, hours in ((late, 1), (early, 3), (middle, 2)):
            Enrichment.objects.filter(pk=posting.pk).update(
                retry_at=Now() - timedelta(hours=hours)
            )

        sweeper.retry_failed()

        assert enrichment_of(late).status == "failed"
        assert states()["queued"] == 2

    def test_one_scheduled_run_at_a_time(self) -> None:
        failed_posting()
        a_day_passes()
        sweeper.retry_failed()
        failed_posting()
        a_day_passes()

        assert sweeper.retry_failed() is None

    def test_blocked_account_gets_no_more_of_them(self) -> None:
        failed_posting()
        a_day_passes()
        batch = start_batch(make_posting())
        batches.block(batch.run_id, kind=ErrorKind.UNAUTHORIZED, reason="No key")

        assert sweeper.retry_failed() is None

    def test_postings_without_text_do_not_hold_up_the_others(self) -> None:
        failed_posting(kind=ErrorKind.NO_TEXT, description="")
        fresh = make_posting()

        started = start(size=1)

        assert started.queued == 1
        assert enrichment_of(fresh).status == "queued"


class TestProbing:
    def blocked_run(self, kind: ErrorKind) -> Run:
        batch = start_batch(*make_postings(5))
        batches.block(batch.run_id, kind=kind, reason="Down")
        Run.objects.update(blocked_at=Now() - timedelta(hours=1))
        return Run.objects.get()

    def test_provider_that_was_down_is_asked_with_one_posting(self) -> None:
        self.blocked_run(ErrorKind.PROVIDER_DOWN)

        sweeper.probe_blocked()

        run = Run.objects.get()
        assert (run.status, run.probing) == ("active", True)
        assert Batch.objects.live().get().total == 1

    def test_account_without_rights_waits_for_a_person(self) -> None:
        self.blocked_run(ErrorKind.UNAUTHORIZED)

        sweeper.probe_blocked()

        assert Run.objects.get().status == "blocked"
        assert Batch.objects.live().count() == 0

    def test_run_with_nothing_left_ends_without_a_probe(self) -> None:
        run = self.blocked_run(ErrorKind.PROVIDER_DOWN)
        batch = start_batch(*JobPosting.objects.all())
        assert batch.run_id != run.pk

        sweeper.probe_blocked()

        run.refresh_from_db()
        assert (run.status, run.probing) == ("finished", False)
