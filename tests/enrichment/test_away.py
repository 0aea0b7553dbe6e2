"""A database that is away for a moment: no call is lost, no lease is taken too soon."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.db.models.functions import Now
from django_q.models import OrmQ

from enrichment import conf, leases, ledger, pacing, runner, sweeper
from enrichment.keeper import Keeper
from enrichment.models import Batch, LlmCall
from enrichment.pace import Pace
from tests.builders import (
    make_posting,
    make_postings,
    open_call,
    queued_tasks,
    running_batch,
    stalled_batch,
    start_batch,
    states,
    work_of,
)
from tests.provider import Provider

pytestmark = pytest.mark.django_db(transaction=True)


class Away:
    """Refuses some statements of this thread, as a server that went away does."""

    def __init__(self, *words: str, times: int, after: bool = False) -> None:
        self.words = words
        self.left = times
        self.after = after
        self.refused = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        hit = self.left > 0 and all(word in sql for word in self.words)
        if not hit:
            return execute(sql, *arguments)
        self.left -= 1
        self.refused += 1
        if self.after:  # it was done, and only the word of it got lost
            execute(sql, *arguments)
        raise OperationalError("server closed the connection unexpectedly")


@contextmanager
def away(*words: str, times: int = 1, after: bool = False) -> Iterator[Away]:
    trouble = Away(*words, times=times, after=after)
    with connection.execute_wrapper(trouble):
        yield trouble


def opened(posting, batch: Batch) -> int | None:
    batch.refresh_from_db()
    return ledger.open_call(
        work_of(posting),
        conf.current(),
        batch_id=batch.pk,
        attempt=batch.attempt,
        try_number=1,
    )


class TestCallOnRecord:
    def test_hiccup_is_outlasted(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)

        with away("INSERT", "enrichment_llmcall") as trouble:
            call_id = opened(posting, batch)

        assert trouble.refused == 1
        assert LlmCall.objects.get().pk == call_id

    def test_call_whose_commit_was_not_heard_of_is_found_again(self) -> None:
        """Else it would be open for ever, and the posting wait for it."""
        posting = make_posting()
        batch = running_batch(posting)
        first = opened(posting, batch)

        assert opened(posting, batch) == first
        assert LlmCall.objects.count() == 1

    def test_call_of_another_batch_or_attempt_is_waited_for(self) -> None:
        posting, twin = make_posting(title="A"), make_posting(title="A")
        twin.description = posting.description
        twin.save()
        batch = running_batch(posting)
        opened(posting, batch)
        assert opened(twin, running_batch(twin)) is None

        Batch.objects.update(attempt=F("attempt") + 1)
        assert opened(posting, batch) is None


class TestTakingOver:
    def test_texts_in_flight_at_the_death_come_last(self) -> None:
        """So that the next kill, if it comes soon, does not hit the same ones."""
        first, second, third = make_postings(3)
        batch = stalled_batch(first, second, third)
        open_call(first, batch)
        open_call(second, batch)
        lease = leases.acquire(batch.pk, conf.current())
        assert lease is not None

        ended, works = leases.claim(lease, conf.current())

        assert ended == []
        ids = [work.posting_ids[0] for work in works]
        assert ids == [third.pk, first.pk, second.pk]


class TestRunner:
    @pytest.fixture(autouse=True)
    def real_provider(self, settings, provider: Provider) -> None:
        settings.ENRICHMENT_OFFLINE = False
        settings.OPENAI_API_KEY = "sk-test"
        settings.OPENAI_BASE_URL = provider.base_url
        settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.001

    @pytest.mark.parametrize(
        "words",
        [
            ("INSERT", "enrichment_llmcall"),
            ("UPDATE", "enrichment_providerpace"),
            ("UPDATE", "enrichment_llmcall"),
            ("UPDATE", "enrichment_batch"),
            ("SELECT", "enrichment_run"),
        ],
        ids=["on record", "pace", "closing", "lease", "look"],
    )
    def test_hiccup_in_the_middle_costs_no_call(self, provider, words) -> None:
        batch = start_batch(*make_postings(6))

        with away(*words, times=2) as trouble:
            runner.run(batch.pk)

        assert trouble.refused == 2
        assert states() == {"enriched": 6}
        assert len(provider.calls) == LlmCall.objects.filter(outcome="ok").count() == 6


class TestPace:
    def test_hiccup_is_outlasted(self) -> None:
        pace = Pace(account="a", interval=10.0)
        while pacing.take(pace):  # the first one makes the account's row
            pass

        with away("enrichment_providerpace", times=2) as trouble:
            assert pacing.take(pace) > 0
            pacing.hold("a", seconds=60)
            assert pacing.held_for("a") > 50
        assert trouble.refused == 2


class TestKeeper:
    def test_leases_are_not_taken_right_after_an_outage(self) -> None:
        """Who could not renew one gets as long as the database was away."""
        batch = stalled_batch(make_posting())
        keeper = Keeper(processes=1)
        keeper._missed()
        time.sleep(1)

        keeper._look()
        assert queued_tasks() == [batch.pk]
        time.sleep(1.2)
        keeper._look()

        assert queued_tasks() == [batch.pk, batch.pk]

    def test_without_an_outage_they_are_taken_at_once(self) -> None:
        batch = stalled_batch(make_posting())

        Keeper(processes=1)._look()

        assert queued_tasks() == [batch.pk, batch.pk]


class TestQueue:
    def test_lost_task_is_missed_after_the_silence_that_the_operator_chose(
        self, settings
    ) -> None:
        start_batch(make_posting())
        OrmQ.objects.all().delete()
        Batch.objects.update(enqueued_at=Now() - timedelta(seconds=10))
        assert sweeper.take_over() == 0

        settings.ENRICHMENT_STALLED_AFTER_SECONDS = 5.0

        assert sweeper.take_over() == 1

    def test_tasks_that_nobody_here_takes_do_not_hold_it_up(self) -> None:
        start_batch(make_posting())
        OrmQ.objects.update(key="another-cluster")
        Batch.objects.update(enqueued_at=Now() - timedelta(minutes=5))

        assert sweeper.take_over() == 1

    def test_stalled_batch_gets_one_task_however_long_the_queue_is(self) -> None:
        stalled_batch(make_posting())
        assert sweeper.take_over() == 1
        Batch.objects.update(enqueued_at=Now() - timedelta(minutes=2))
        Batch.objects.update(lease_expires_at=Now() - timedelta(minutes=3))

        assert sweeper.take_over() == 0

    def test_call_of_the_shell_is_given_its_time(self, settings) -> None:
        settings.ENRICHMENT_STALLED_AFTER_SECONDS = 2.0
        open_call(make_posting())

        assert sweeper.doubt_forgotten_calls() == 0
