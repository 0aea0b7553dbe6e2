"""Pilots: a few postings asked with a draft, paid for once, whoever dies; nothing else moves."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now
from django_q.models import OrmQ

from enrichment import ledger, pilots, prompts, shutdown, sweeper, tasks
from enrichment.evaluation import asking
from enrichment.models import Enrichment, LlmCall, Pilot, Prompt
from enrichment.pages import pilot_results
from tests.builders import (
    answered_call,
    make_posting,
    make_postings,
    open_call,
    states,
)
from tests.enrichment.prompting import (
    draft,
    enrich,
    promote,
    renew,
    say_otherwise,
    stored,
)
from tests.enrichment.running import use
from tests.parallel import together
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(provider, settings) -> None:
    use(provider, settings)


def begin(**wish: Any) -> Pilot:
    """With a draft of its own."""
    version = wish.pop("version", None) or draft().version
    pilot, is_new = pilots.start(version=version, **wish)
    assert pilot is not None
    assert is_new
    return pilot


def run(pilot: Pilot) -> Pilot:
    tasks.run_pilot(pilot.pk)
    pilot.refresh_from_db()
    return pilot


def kill_worker(pilot: Pilot) -> None:
    """What a kill -9 leaves: a lease that nobody renews."""
    assert Pilot.objects.lease(pilot.pk, holder="dead:1", seconds=60)
    Pilot.objects.filter(pk=pilot.pk).update(
        enqueued_at=Now() - timedelta(seconds=10),
        lease_expires_at=Now() - timedelta(seconds=5),
    )


def tasks_of_pilots() -> list[int]:
    rows = (row.task for row in OrmQ.objects.order_by("pk"))
    return [row["args"][0] for row in rows if row["func"].endswith("run_pilot")]


class TestPilot:
    def test_asks_each_text_once_and_leaves_enrichments_alone(self, provider) -> None:
        text = "We look for a baker who knows bread and dough."
        same = [make_posting(title="Baker", description=text) for _ in range(2)]
        postings = [*same, make_posting()]
        enrich(*postings)
        before = [stored(posting) for posting in postings]
        provider.reset()

        pilot = run(begin())

        assert pilot.status == "finished"
        assert pilot.postings.exclude(after=None).count() == 3
        assert len(provider.calls) == 2
        assert [stored(posting) for posting in postings] == before
        assert states() == {"enriched": 3}

    def test_draft_is_told_as_it_is_written_and_frozen(self, provider) -> None:
        enrich(make_posting())
        made = draft("Say what the job is.")

        run(begin(version=made.version))

        assert provider.last_request["instructions"] == "Say what the job is."
        made.refresh_from_db()
        assert not made.is_editable

    def test_its_answers_serve_for_free_after_the_promotion(self, provider) -> None:
        enrich(*make_postings(3))
        pilot = run(begin())
        provider.reset()

        promote(pilot.prompt.version)
        renew()

        assert provider.calls == []
        version = pilot.prompt.version
        assert Enrichment.objects.filter(prompt_version=version).count() == 3

    def test_second_one_of_a_draft_costs_nothing(self, provider) -> None:
        enrich(*make_postings(3))
        first = run(begin())
        provider.reset()

        second = run(begin(version=first.prompt.version))

        assert provider.calls == []
        assert pilot_results.of(second).calls == 0
        assert second.postings.exclude(after=None).count() == 3

    def test_trouble_of_the_account_stops_it_and_says_why(self, provider) -> None:
        enrich(*make_postings(2))
        provider.mode = "401"

        pilot = run(begin())

        assert (pilot.status, pilot.error_kind) == ("stopped", "unauthorized")
        assert pilot.error_message

    def test_posting_without_a_good_answer_is_told(self, provider, settings) -> None:
        settings.ENRICHMENT_MAX_RETRIES = 0
        good, bad = make_posting(), make_posting()
        enrich(good, bad)
        pilot = begin()
        provider.mode = "refusal"

        run(pilot)

        assert pilot.status == "finished"
        assert {row.error_kind for row in pilot.postings.all()} == {"refused"}


class TestOthersWhoAskTheSame:
    def test_their_answer_serves_and_no_second_one_is_paid(
        self, provider, monkeypatch
    ) -> None:
        """As once the version is promoted while it is being tried."""
        monkeypatch.setattr(asking, "OTHERS_CALL_S", 0.01)
        (posting,) = make_postings(1)
        enrich(posting)
        paid = LlmCall.objects.get().answer
        pilot = begin()
        theirs = open_call(posting, prompt_version=pilot.prompt.version)
        provider.reset()
        put_on_record = ledger.open_call

        def answered_meanwhile(*args: Any, **more: Any) -> int | None:
            call_id = put_on_record(*args, **more)
            result = {"outcome": "ok", "answer": paid}
            LlmCall.objects.close({theirs.pk: result})
            return call_id

        monkeypatch.setattr(ledger, "open_call", answered_meanwhile)

        run(pilot)

        assert (pilot.status, provider.calls) == ("finished", [])
        assert pilot.postings.get().call_id == theirs.pk
        assert not LlmCall.objects.filter(outcome="open").exists()


class TestWorkersThatDie:
    def test_next_one_asks_nothing_twice(self, provider) -> None:
        postings = make_postings(4)
        enrich(*postings)
        pilot = begin()
        # Two answers came, one more was on its way, when the worker was killed.
        version = pilot.prompt.version
        for posting in postings[:2]:
            answered_call(posting, prompt_version=version)
        open_call(postings[2], prompt_version=version)
        kill_worker(pilot)
        provider.reset()

        run(pilot)

        assert pilot.status == "finished"
        assert len(provider.calls) == 2
        assert LlmCall.objects.filter(outcome="in_doubt").count() == 1
        assert pilot.postings.filter(ended_at=None).count() == 0

    def test_sweeper_sends_for_another_worker(self) -> None:
        enrich(make_posting())
        pilot = begin()
        assert tasks_of_pilots() == [pilot.pk]
        OrmQ.objects.all().delete()
        kill_worker(pilot)

        sweeper.take_over()
        sweeper.take_over()

        assert tasks_of_pilots() == [pilot.pk]

    def test_second_delivery_beside_the_first_does_nothing(self, provider) -> None:
        enrich(make_posting())
        pilot = begin()
        Pilot.objects.lease(pilot.pk, holder="other:1", seconds=60)
        provider.reset()

        run(pilot)

        assert (provider.calls, pilot.status) == ([], "running")

    def test_worker_told_to_stop_hands_over(self, provider) -> None:
        enrich(make_posting())
        pilot = begin()
        OrmQ.objects.all().delete()
        shutdown.request()
        try:
            run(pilot)
        finally:
            shutdown.reset()

        assert (pilot.status, tasks_of_pilots()) == ("queued", [pilot.pk])
        assert run(pilot).status == "finished"

    def test_too_many_deaths_end_it(self) -> None:
        enrich(make_posting())
        pilot = begin()
        for _death in range(pilots.MOST_DEATHS):
            kill_worker(pilot)

        run(pilot)

        assert (pilot.status, pilot.error_kind) == ("stopped", "worker_died")

    def test_however_often_it_is_handed_over_nobody_died(self) -> None:
        enrich(make_posting())
        pilot = begin()
        shutdown.request()
        try:
            for _worker in range(pilots.MOST_DEATHS + 1):
                assert run(pilot).status == "queued"
        finally:
            shutdown.reset()

        assert run(pilot).status == "finished"


class TestResults:
    def test_old_and_new_differ_where_they_do(self, settings) -> None:
        (posting,) = make_postings(1)
        enrich(posting)
        with Provider(say=say_otherwise) as other:
            settings.OPENAI_BASE_URL = other.base_url
            results = pilot_results.of(run(begin()))

        (one,) = results.comparisons
        told = {d.label: (d.before.text, d.after.text) for d in one.differences}
        assert told == {
            "Title": (posting.title, f"New: {posting.title}"),
            "Tools": ("", "Excel"),
        }
        assert {d.label: d.after.missing for d in one.differences}["Tools"] == 1
        totals = {total.label: total for total in results.totals if not total.is_quiet}
        assert (totals["Title"].changed, totals["Tools"].filled) == (1, 1)
        assert (totals["Tools"].missing_before, totals["Tools"].missing_after) == (0, 1)
        assert results.calls == 1

    def test_costs_are_those_of_its_own_calls(self, settings) -> None:
        settings.ENRICHMENT_PRICE_INPUT = settings.ENRICHMENT_PRICE_OUTPUT = 1.0
        enrich(make_posting())

        results = pilot_results.of(run(begin()))

        call = LlmCall.objects.latest("pk")
        assert results.cost_microusd == call.cost_microusd != 0


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_start_one_pilot() -> None:
    enrich(make_posting())
    version = draft().version

    clicked = together(*[partial(pilots.start, version=version)] * 4)

    assert sum(is_new for _pilot, is_new in clicked) == 1
    assert Pilot.objects.count() == 1
    assert Prompt.objects.get(version=version).used_at is not None
    assert prompts.current().version != version
