"""One batch from the lease to its end, against the real SDK and the stand-in provider."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import pytest
from django_q.models import OrmQ

from enrichment import conf, runner, shutdown
from enrichment.llm import client
from enrichment.llm.completion import Completion
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import Prompt
from enrichment.models import Batch, Enrichment, LlmCall, Run
from tests.builders import (
    enrichment_of,
    make_posting,
    make_postings,
    start,
    start_batch,
    states,
)
from tests.enrichment.running import faulty, run, use
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _use(provider: Provider, settings) -> None:
    use(provider, settings)


class TestAGoodBatch:
    def test_every_posting_is_called_once_and_enriched(self, provider) -> None:
        batch = run(start_batch(*make_postings(12)))

        assert (batch.status, batch.successful, batch.failed) == ("finished", 12, 0)
        assert set(provider.answered_per_posting().values()) == {1}
        assert Run.objects.get().status == "finished"

    def test_result_names_its_call_and_text(self) -> None:
        posting = make_posting()

        run(start_batch(posting))

        enrichment = enrichment_of(posting)
        assert enrichment.content_hash == posting.content_hash
        assert enrichment.facts is not None
        assert enrichment.call is not None
        assert enrichment.call.outcome == "ok"
        assert enrichment.call.input_tokens > 0

    def test_calls_overlap_up_to_the_concurrency(self, provider) -> None:
        provider.configure(latency=0.2)

        run(start_batch(*make_postings(12)), concurrency=4)

        assert provider.max_in_flight == 4

    def test_starts_are_apart_by_the_delay(self, provider) -> None:
        provider.configure(latency=0.3)
        batch = start_batch(*make_postings(6))
        complete = partial(client.complete, conf.client_config())
        starts: list[float] = []

        def ask(text: PostingText, _told: Prompt) -> Completion:
            starts.append(time.monotonic())
            return complete(text)

        runner.run(
            batch.pk, settings=replace(conf.current(), delay_seconds=0.1), ask=ask
        )

        # By the database's clock they are; a thread may begin some milliseconds late.
        assert starts[-1] - starts[0] > 0.35
        assert provider.max_in_flight > 1

    def test_costs_are_counted(self) -> None:
        prices = conf.Prices(input=1.0, cached_input=0.1, output=2.0)

        batch = run(start_batch(*make_postings(3)), prices=prices)

        calls = LlmCall.objects.all()
        assert batch.calls == 3
        assert batch.input_tokens == sum(call.input_tokens for call in calls)
        assert batch.cost_microusd == sum(call.cost_microusd or 0 for call in calls) > 0

    def test_log_tells_start_each_job_and_end(self, caplog) -> None:
        posting = make_posting()

        with caplog.at_level("INFO", logger="enrichment"):
            run(start_batch(posting))

        assert [m for m in caplog.messages if m[0] in "🔄✅"] == [
            "🔄 Background batch enrichment started for 1 jobs",
            f"✅ Successfully enriched job {posting.pk}",
            "✅ Background batch enrichment complete: 1 successful, 0 failed",
        ]

    def test_log_holds_no_posting_text_and_no_key(self, caplog) -> None:
        posting = faulty("invalid-json")

        with caplog.at_level("DEBUG", logger="enrichment"):
            run(start_batch(posting))

        assert "bread" not in caplog.text
        assert "sk-test" not in caplog.text


class TestOneTextOneCall:
    def test_two_postings_with_one_text_share_an_answer(self, provider) -> None:
        one = make_posting(title="Cook", description="Cooking for fifty people.")
        two = make_posting(title="Cook", description="Cooking for fifty people.")

        batch = run(start_batch(one, two))

        assert len(provider.calls) == 1
        assert batch.successful == 2
        assert enrichment_of(one).call_id == enrichment_of(two).call_id

    def test_stored_answer_is_reused_in_a_later_batch(self, provider) -> None:
        run(start_batch(make_posting(title="Cook", description="Cooking for fifty.")))
        repost = make_posting(title="Cook", description="Cooking for fifty.")

        batch = run(start_batch(repost))

        assert len(provider.calls) == 1
        assert (batch.successful, batch.calls) == (1, 0)

    def test_force_asks_again(self, provider) -> None:
        posting = make_posting()
        run(start_batch(posting))

        run(start_batch(posting, force=True))

        assert len(provider.calls) == 2


class TestStopping:
    def test_paused_run_is_given_back_uncalled(self, provider) -> None:
        batch = start_batch(*make_postings(3))
        Run.objects.filter(pk=batch.run_id).pause()

        run(batch)

        assert (batch.status, provider.calls) == ("released", [])
        assert states() == {"pending": 3}

    def test_told_to_leave_it_hands_the_batch_over(self, provider) -> None:
        batch = start_batch(*make_postings(3))
        shutdown.request()
        try:
            run(batch)
        finally:
            shutdown.reset()

        assert batch.status == "queued"
        assert provider.calls == []
        assert OrmQ.objects.count() == 2

    def test_out_of_time_it_hands_the_rest_over(self, provider) -> None:
        provider.configure(latency=0.3)
        batch = run(start_batch(*make_postings(4)), concurrency=1, task_seconds=0.0)

        assert batch.status == "queued"
        run(batch)
        assert batch.status == "finished"
        assert set(provider.answered_per_posting().values()) == {1}


class TestDeliveries:
    def test_second_delivery_does_nothing(self, provider) -> None:
        batch = run(start_batch(*make_postings(2)))

        run(batch)

        assert len(provider.calls) == 2
        assert batch.attempt == 1

    def test_held_batch_is_left_alone(self, provider) -> None:
        batch = start_batch(*make_postings(2))
        Batch.objects.lease(batch.pk, holder="other:1", seconds=60)

        run(batch)

        assert provider.calls == []
        assert batch.holder == "other:1"

    def test_its_delivery_brings_an_idle_worker_to_another_batch(
        self, provider
    ) -> None:
        held, other = (start_batch(*make_postings(2)) for _ in range(2))
        Batch.objects.lease(held.pk, holder="other:1", seconds=60)

        run(held)

        other.refresh_from_db()
        assert (held.holder, other.successful) == ("other:1", 2)

    def test_stalled_batch_is_continued(self, provider) -> None:
        batch = start_batch(*make_postings(3))
        Batch.objects.lease(batch.pk, holder="dead:1", seconds=-1)
        Enrichment.objects.claim(batch.pk)

        run(batch)

        assert (batch.status, batch.successful, batch.attempt) == ("finished", 3, 2)

    def test_posting_in_flight_at_two_deaths_is_set_aside(self, provider) -> None:
        posting = make_posting()
        batch = start_batch(posting, make_posting())
        for _death in range(2):
            Batch.objects.lease(batch.pk, holder="dead:1", seconds=-1)
            Enrichment.objects.claim(batch.pk)
            LlmCall.objects.create(
                posting=posting,
                batch=batch,
                provider="x",
                model="m",
                prompt_version=1,
                schema_version=1,
                content_hash=posting.content_hash,
            )
            LlmCall.objects.open_in(batch.pk).doubt()

        run(batch)

        assert enrichment_of(posting).error_kind == "worker_died"
        assert (batch.successful, batch.failed) == (1, 1)
        assert len(provider.calls) == 1

    def test_fault_of_the_program_in_a_call_fails_the_posting(self) -> None:
        batch = start_batch(make_posting())

        def broken(_text, _told):
            raise SystemError("out of order")

        runner.run(batch.pk, settings=conf.current(), ask=broken)

        batch.refresh_from_db()
        assert (batch.status, batch.failed) == ("finished", 1)
        assert Enrichment.objects.get().error_kind == "internal_error"


class TestContinuousRuns:
    def test_next_batch_follows_until_nothing_is_pending(self) -> None:
        make_postings(7)
        started = start(size=3, continuous=True)
        assert started.run is not None

        while batch := started.run.batches.live().first():
            run(batch)

        assert Enrichment.objects.filter(status="enriched").count() == 7
        assert Run.objects.get().status == "finished"
        assert [b.total for b in Batch.objects.order_by("pk")] == [3, 3, 1]
