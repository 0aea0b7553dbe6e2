"""The one writer of a running batch, and the fence around it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from enrichment import conf
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment
from jobs.models import JobPosting
from tests.builders import (
    answered,
    enriched_posting,
    enrichment_of,
    failure,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    states,
    success,
)

pytestmark = pytest.mark.django_db


class TestRecording:
    def test_success_is_written_with_its_call_and_text(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        closing = answered(posting, batch)

        recorder_of(batch).record(
            [closing], [success(posting, call_id=closing.call_id)]
        )

        row = enrichment_of(posting)
        assert (row.status, row.call_id) == ("enriched", closing.call_id)
        assert row.content_hash == posting.content_hash
        assert row.facts is not None
        assert row.facts["title"]

    def test_success_forgets_earlier_failures(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        Enrichment.objects.update(tries=3)

        recorder_of(batch).record([], [success(posting)])

        assert enrichment_of(posting).tries == 0

    def test_counts_stand_in_the_batch_at_once(self) -> None:
        postings = make_postings(4)
        batch = running_batch(*postings)

        recorder_of(batch).record(
            [answered(postings[0], batch)],
            [
                success(postings[0]),
                failure(postings[1], kind=ErrorKind.RATE_LIMITED),
                failure(postings[2]),
            ],
        )

        batch.refresh_from_db()
        assert (batch.successful, batch.failed, batch.rate_limited) == (1, 2, 1)
        assert (batch.calls, batch.input_tokens, batch.output_tokens) == (1, 100, 10)

    def test_twins_share_an_end_and_count_as_two(self) -> None:
        twins = [make_posting(title="Cook", description="Cooks.") for _ in range(2)]
        batch = running_batch(*twins)

        recorder_of(batch).record([], [success(*twins)])

        batch.refresh_from_db()
        assert (batch.successful, states()) == (2, {"enriched": 2})

    def test_recording_twice_counts_once(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder, closing = recorder_of(batch), answered(posting, batch)

        for _ in range(2):
            recorder.record([closing], [success(posting)])

        batch.refresh_from_db()
        assert (batch.successful, batch.calls) == (1, 1)

    def test_lease_is_renewed(self) -> None:
        batch = running_batch(make_posting())
        Batch.objects.update(lease_expires_at=timezone.now())

        recorder_of(batch, stalled_after=1000).renew_if_due()

        batch.refresh_from_db()
        assert batch.lease_expires_at is not None
        assert batch.lease_expires_at - timezone.now() > timedelta(seconds=900)

    def test_last_allowed_try_waits_for_a_person(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)

        recorder_of(batch, max_tries=1).record([], [failure(posting)])

        assert enrichment_of(posting).retry_at is None

    def test_posting_deleted_meanwhile_is_passed_over(self) -> None:
        gone, there = make_posting(), make_posting()
        batch = running_batch(gone, there)
        ended = [success(gone), success(there)]
        gone.delete()

        recorder_of(batch).record([], ended)

        batch.refresh_from_db()
        assert (batch.successful, states()) == (1, {"enriched": 1})


class TestChangedTexts:
    def test_changed_text_is_pending_again(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        ended = success(posting)
        posting.title = "Butcher"
        posting.save()
        assert enrichment_of(posting).status == "running"

        recorder_of(batch).record([], [ended])

        row = enrichment_of(posting)
        assert (row.status, row.finished_at, row.tries) == ("pending", None, 0)

    def test_so_is_a_failed_one(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        ended = failure(posting)
        posting.title = "Butcher"
        posting.save()

        recorder_of(batch).record([], [ended])

        assert (enrichment_of(posting).status, enrichment_of(posting).error_kind) == (
            "pending",
            "",
        )

    def test_other_enriched_ones_stay_so(self) -> None:
        done, posting = enriched_posting(), make_posting()
        JobPosting.objects.filter(pk=done.pk).update(content_hash="stale")
        batch = running_batch(posting)

        recorder_of(batch).record([], [success(posting)])

        assert states() == {"enriched": 2}


def test_settings_are_those_given() -> None:
    assert conf.current().max_tries == 5
