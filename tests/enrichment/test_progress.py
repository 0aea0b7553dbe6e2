"""What is done, what is left, how long it takes, what it cost: derived from the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from enrichment import batches, progress
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run, Worker
from enrichment.progress import RunProgress
from tests.builders import (
    answered_call,
    done,
    enriched_posting,
    failed_posting,
    failure,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    start,
    start_batch,
    success,
)

pytestmark = pytest.mark.django_db


def of(batch: Batch) -> RunProgress:
    return progress.of_run(Run.objects.get(pk=batch.run_id))


class TestOverview:
    def test_every_posting_counts_in_one_state(self) -> None:
        enriched_posting()
        failed_posting(kind=ErrorKind.TIMEOUT)
        start_batch(make_posting())
        running_batch(make_posting())
        make_posting()

        now = progress.overview()

        assert (now.total, now.remaining, now.percent) == (5, 3, 20.0)
        assert (now.enriched, now.failed, now.pending) == (1, 1, 1)
        assert (now.queued, now.running, now.errors) == (1, 1, {"timeout": 1})

    def test_most_frequent_error_comes_first(self) -> None:
        for kind in (ErrorKind.TIMEOUT, ErrorKind.REFUSED, ErrorKind.REFUSED):
            failed_posting(kind=kind)

        assert list(progress.overview().errors.items()) == [
            ("refused", 2),
            ("timeout", 1),
        ]

    def test_no_postings_is_no_percentage(self) -> None:
        assert progress.overview().percent == 0.0

    def test_statements_do_not_grow_with_the_postings(
        self, django_assert_max_num_queries
    ) -> None:
        make_postings(5)

        with django_assert_max_num_queries(2):
            progress.overview()


class TestOfARun:
    def test_selection_counts_its_own_postings(self) -> None:
        make_posting()
        postings = make_postings(4)
        batch = running_batch(*postings)
        recorder_of(batch).record(
            [], [success(postings[0]), failure(postings[1], kind=ErrorKind.TIMEOUT)]
        )

        now = of(batch)

        assert (now.total, now.successful, now.failed, now.left) == (4, 1, 1, 2)
        assert (now.done, now.percent, now.errors) == (2, 50, {"timeout": 1})

    def test_pause_takes_nothing_away(self) -> None:
        batch = start_batch(*make_postings(3))
        batches.pause(batch.run_id)
        assert (of(batch).total, of(batch).left) == (3, 3)

        batches.resume(batch.run_id)
        assert (of(batch).total, of(batch).left) == (3, 3)

    def test_posting_counts_once_over_pause_and_resume(self) -> None:
        one, two = make_postings(2)
        batch = running_batch(one, two)
        recorder = recorder_of(batch)
        recorder.record([], [success(one)])
        batches.pause(batch.run_id)
        recorder.release(batch.run_id)
        batches.resume(batch.run_id)
        rest = Batch.objects.live().get()
        lease(rest)
        Enrichment.objects.claim(rest.pk)
        recorder_of(rest).record([], [success(two)])
        recorder_of(rest).finish(rest.run_id)

        assert of(batch).stats == {
            "total": 2,
            "successful": 2,
            "failed": 0,
            "rate_limited": 0,
        }

    def test_cancelled_run_is_what_it_got_done(self) -> None:
        one, two = make_postings(2)
        batch = running_batch(one, two)
        recorder = recorder_of(batch)
        recorder.record([], [success(one)])
        batches.cancel(batch.run_id)
        recorder.release(batch.run_id)

        assert (of(batch).total, of(batch).left, of(batch).percent) == (1, 0, 100)

    def test_continuous_run_has_all_that_is_pending_ahead(self, settings) -> None:
        settings.Q_WORKERS = 1
        make_postings(7)
        batch = start(size=3, continuous=True).batch
        assert batch is not None

        assert of(batch).total == 7
        assert progress.of_run(batch.run, pending=100).total == 103

    def test_rate_limited_is_a_part_of_failed(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder_of(batch).record([], [failure(posting, kind=ErrorKind.RATE_LIMITED)])

        assert (of(batch).failed, of(batch).rate_limited) == (1, 1)

    def test_percent_is_100_only_when_nothing_is_left(self) -> None:
        batch = start_batch(make_posting())
        Batch.objects.filter(pk=batch.pk).update(total=1000, successful=999)

        assert (of(batch).percent, of(batch).left) == (99, 1)

    def test_unknown_prices_make_the_cost_unknown(self) -> None:
        batch = start_batch(make_posting())
        assert of(batch).cost_microusd == 0
        Batch.objects.update(cost_microusd=5, unpriced_calls=1)

        assert of(batch).cost_microusd is None

    def test_statements_do_not_grow_with_the_batches(
        self, django_assert_max_num_queries
    ) -> None:
        batch = start_batch(make_posting())
        for _ in range(5):
            Batch.objects.create(run=batch.run, enqueued_at=Now())

        with django_assert_max_num_queries(6):
            progress.of_run(batch.run)

    def test_list_of_runs_has_the_same_figures_in_one_question(
        self, django_assert_num_queries
    ) -> None:
        one, two = make_postings(2)
        batch = running_batch(one, two)
        recorder_of(batch).record([], [success(one), failure(two)])
        recorder_of(batch).finish(batch.run_id)
        start_batch(make_posting())
        runs = list(Run.objects.exclude(status="active"))

        with django_assert_num_queries(1):
            (found,) = progress.of_runs(runs)

        assert found.stats == of(batch).stats

    def test_unfinished_and_last_runs_are_told_apart(self) -> None:
        over, going = start_batch(make_posting()), start_batch(make_posting())
        batches.cancel(over.run_id)

        assert progress.unfinished_runs() == [going.run]
        assert progress.last_run() == over.run


class TestTimeLeft:
    def test_before_any_call_it_goes_by_the_pace(self, settings) -> None:
        settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 2.0
        batch = start_batch(*make_postings(30))

        assert of(batch).seconds_left == 60 + progress.ASSUMED_LATENCY

    def test_without_a_pace_by_the_latency(self, settings) -> None:
        settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
        settings.ENRICHMENT_CONCURRENCY = 10
        answered_call(make_posting(), latency_ms=2000)

        assert progress.estimate_seconds(100) == 100 * 2 / 10 + 2

    def test_soon_by_the_speed_of_the_last_minutes(self) -> None:
        postings = make_postings(35)
        batch = running_batch(*postings)
        done(batch, postings[:30], every=2.0)

        # Five left, at two seconds each.
        assert of(batch).seconds_left == pytest.approx(10, rel=0.1)

    def test_paused_run_has_no_end_in_sight(self) -> None:
        batch = start_batch(make_posting())
        batches.pause(batch.run_id)

        assert of(batch).seconds_left is None


class TestDurations:
    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (0, "~1 minute(s)"),
            (55, "~1 minute(s)"),
            (75, "~1 minute(s)"),
            (80, "~2 minute(s)"),
            (7000, "~117 minute(s)"),
            (7300, "~3 hour(s)"),
            (3600 * 50, "~3 day(s)"),
        ],
    )
    def test_dialogs_say(self, seconds, text) -> None:
        assert progress.duration_text(seconds) == text

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [(1, "~1 minute"), (55, "~1 minute"), (640, "~11 minutes"), (9000, "~3 hours")],
    )
    def test_commands_say(self, seconds, text) -> None:
        assert progress.short_duration_text(seconds) == text


class TestWorkers:
    def test_silent_ones_do_not_count(self) -> None:
        Worker.objects.create(name="a:1", seen_at=Now())
        Worker.objects.create(name="b:2", seen_at=Now() - timedelta(minutes=5))

        assert progress.workers_alive() == 1
