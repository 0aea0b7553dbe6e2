"""What a worker makes of errors: retries, failures, blocked runs and their healing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from enrichment import batches, runner
from enrichment.models import Batch, Enrichment, LlmCall, Run
from tests.builders import (
    enrichment_of,
    make_posting,
    make_postings,
    start_batch,
    states,
)
from tests.enrichment.running import FAST, faulty, run, use
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _use(provider: Provider, settings) -> None:
    use(provider, settings)


class TestFailures:
    def test_retry_table_is_followed_by_number(self) -> None:
        run(start_batch(faulty("429"), faulty("500"), faulty("invalid-json")))

        by_kind = {e.error_kind: e for e in Enrichment.objects.all()}
        assert set(by_kind) == {"rate_limited", "server_error", "invalid_json"}
        calls = [
            LlmCall.objects.filter(posting_id=by_kind[kind].pk).count()
            for kind in ("rate_limited", "server_error", "invalid_json")
        ]
        assert calls == [4, 4, 1]

    def test_temporary_faults_end_in_success(self) -> None:
        batch = run(start_batch(faulty("429 x2"), faulty("503 x3"), faulty("reset x1")))

        assert (batch.successful, batch.failed) == (3, 0)

    def test_waits_double_and_are_told(self, caplog) -> None:
        posting = faulty("429")
        policy = replace(FAST, rate_limit_backoff=0.01)

        run(start_batch(posting), retry=policy)

        waits = [m for m in caplog.messages if "Rate limit hit" in m]
        assert waits == [
            f"⚠️  Rate limit hit for job {posting.pk}. Waiting {wait}s before retry {n}/3"
            for n, wait in ((1, "0.01"), (2, "0.02"), (3, "0.04"))
        ]

    def test_failed_posting_keeps_kind_message_and_next_try(self) -> None:
        posting = faulty("invalid-json")

        run(start_batch(posting))

        failed = enrichment_of(posting)
        assert failed.status == "failed"
        assert failed.error_message.startswith(
            "Invalid JSON in LLM response: line 1 col"
        )
        assert failed.retry_at is not None
        assert failed.finished_at is not None
        assert (failed.retry_at - failed.finished_at).total_seconds() == 24 * 3600

    def test_tokens_of_an_unusable_answer_are_on_record(self) -> None:
        run(start_batch(faulty("invalid-json")))

        call = LlmCall.objects.get()
        assert (call.outcome, call.error_kind) == ("error", "invalid_json")
        assert call.output_tokens > 0
        assert call.answer

    def test_rate_limited_counts_as_part_of_failed(self) -> None:
        batch = run(start_batch(faulty("429"), faulty("400"), make_posting()))

        assert (batch.successful, batch.failed, batch.rate_limited) == (1, 2, 1)

    def test_posting_without_text_fails_without_a_call(self, provider) -> None:
        posting = make_posting(description="???")

        run(start_batch(posting))

        assert enrichment_of(posting).error_kind == "no_text"
        assert provider.calls == []

    def test_retry_after_holds_every_call(self, provider) -> None:
        run(
            start_batch(faulty("429 x1 retry-after=1"), *make_postings(2)),
            concurrency=1,
        )

        refused = provider.calls[0]
        assert provider.calls[1].at - refused.at >= 0.95


class TestAccountFaults:
    @pytest.mark.parametrize("mode", ["quota", "401", "403", "404"])
    def test_run_blocks_and_postings_go_back_unmarked(self, provider, mode) -> None:
        provider.configure(mode=mode, latency=0.05)
        batch = run(start_batch(*make_postings(10)), concurrency=2)

        run_row = Run.objects.get()
        assert (run_row.status, batch.status) == ("blocked", "released")
        assert run_row.reason
        assert Enrichment.objects.filter(status="pending", tries=0).count() == 10
        assert len(provider.calls) <= 4

    def test_resume_after_mending_finishes_the_rest(self, provider) -> None:
        provider.configure(mode="quota")
        run(start_batch(*make_postings(5)))
        provider.configure(mode=None)

        assert batches.resume(Run.objects.get().pk)
        run(Batch.objects.latest("pk"))

        assert Enrichment.objects.filter(status="enriched").count() == 5
        assert Run.objects.get().status == "finished"


class TestHealing:
    def block(self, provider: Provider, mode: str, count: int = 5) -> Run:
        provider.configure(mode=mode)
        run(start_batch(*make_postings(count)), concurrency=4)
        return Run.objects.get()

    def age(self, run_row: Run) -> None:
        Run.objects.filter(pk=run_row.pk).update(blocked_at="2026-01-01T00:00Z")

    def test_probe_makes_one_call_and_blocks_again(self, provider) -> None:
        blocked = self.block(provider, "quota")
        self.age(blocked)
        provider.reset()

        assert batches.probe(blocked.pk, after=60)
        run(Batch.objects.latest("pk"))

        blocked.refresh_from_db()
        assert len(provider.calls) == 1
        assert (blocked.status, blocked.probing) == ("blocked", False)

    def test_answered_probe_sends_the_run_on(self, provider) -> None:
        blocked = self.block(provider, "quota")
        self.age(blocked)
        provider.configure(mode=None)

        batches.probe(blocked.pk, after=60)
        run(Batch.objects.latest("pk"))
        run(Batch.objects.latest("pk"))

        assert states() == {"enriched": 5}
        blocked.refresh_from_db()
        assert (blocked.status, blocked.reason) == ("finished", "")

    @pytest.mark.parametrize("mode", ["401", "403", "404"])
    def test_what_needs_a_person_is_not_probed(self, provider, mode) -> None:
        blocked = self.block(provider, mode)
        self.age(blocked)

        assert not batches.probe(blocked.pk, after=60)

    def test_probe_waits_its_time(self, provider) -> None:
        blocked = self.block(provider, "quota")

        assert not batches.probe(blocked.pk, after=60)

    def test_provider_that_is_down_blocks_the_run(self, provider) -> None:
        blocked = self.block(provider, "503", count=30)

        assert blocked.reason_kind == "provider_down"
        assert states() == {"pending": 30}
        assert len(provider.calls) < 60

    def test_few_bad_postings_are_no_outage(self) -> None:
        batch = run(start_batch(*(faulty("500") for _ in range(5))))

        assert (batch.status, batch.failed) == ("finished", 5)


class TestFaultOfThisProgram:
    def test_batch_that_always_breaks_its_worker_ends(self, provider) -> None:
        """Else it would go round for ever, and every round is paid for."""
        batch = start_batch(make_posting())
        rounds = 0
        while batch.status != Batch.Status.FINISHED:
            rounds += 1
            assert rounds < 5
            with pytest.raises(AttributeError):
                runner.run(batch.pk, ask=lambda _text, _told: "no answer at all")  # type: ignore[arg-type,return-value]
            running = Batch.objects.filter(pk=batch.pk, status="running")
            # Not now itself: SQLite's clock may not have moved on by the next look.
            running.update(lease_expires_at=Now() - timedelta(seconds=1))
            batch.refresh_from_db()
        assert enrichment_of(Enrichment.objects.get().posting).error_kind == (
            "internal_error"
        )
