"""The seed's two functions, from a Python shell, against the real SDK and the stand-in."""

from __future__ import annotations

import signal
import time

import pytest

from enrichment import pacing, runner, sweeper
from enrichment.models import Batch, Enrichment, LlmCall, Run
from enrichment.shell import batch_enrich_jobs, enrich_job_with_llm
from tests.builders import (
    enriched_posting,
    failed_posting,
    make_posting,
    make_postings,
    open_call,
    queued_tasks,
    start_batch,
    states,
)
from tests.parallel import together

pytestmark = pytest.mark.django_db
TEXT = "We look for a baker in Ghent who knows bread."


@pytest.fixture(autouse=True)
def _use(provider, settings) -> None:
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_BASE_URL = provider.base_url
    settings.OPENAI_API_KEY = "sk-test"
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    settings.ENRICHMENT_RATE_LIMIT_BACKOFF = 0.01
    settings.ENRICHMENT_API_ERROR_BACKOFF = 0.01


class TestOneText:
    def test_facts_and_no_error(self, provider, caplog) -> None:
        with caplog.at_level("INFO", logger="enrichment"):
            data, error = enrich_job_with_llm("abc123", TEXT)

        assert error is None
        assert data is not None
        assert data["posting_language"] == "en"
        assert "✅ Successfully enriched job abc123" in caplog.messages
        assert len(provider.calls) == 1

    def test_error_and_no_facts(self, caplog) -> None:
        data, error = enrich_job_with_llm("abc123", f"{TEXT} [[fault:invalid-json]]")

        assert data is None
        assert error is not None
        assert error.startswith("Invalid JSON in LLM response: line 1 column ")
        assert f"❌ Failed to enrich job abc123: {error}" in caplog.messages

    def test_rate_limit_is_waited_for_as_the_seed_says(self, provider, caplog) -> None:
        data, _error = enrich_job_with_llm("abc123", f"{TEXT} [[fault:429 x2]]")

        assert data is not None
        assert [message for message in caplog.messages if "Rate limit" in message] == [
            "⚠️  Rate limit hit for job abc123. Waiting 0.01s before retry 1/3",
            "⚠️  Rate limit hit for job abc123. Waiting 0.02s before retry 2/3",
        ]
        assert len(provider.calls) == 3

    @pytest.mark.parametrize(("retries", "calls"), [(0, 1), (1, 2), (3, 4)])
    def test_retries_come_after_the_first_try(self, provider, retries, calls) -> None:
        _data, error = enrich_job_with_llm(
            "abc123", f"{TEXT} [[fault:429]]", max_retries=retries
        )

        assert error is not None
        assert len(provider.calls) == calls

    def test_refusal_that_names_a_time_holds_every_worker(self) -> None:
        enrich_job_with_llm("x", f"{TEXT} [[fault:429 retry-after=100]]", max_retries=0)

        assert pacing.held_for(pacing_account()) > 50

    def test_text_without_a_word_is_not_sent(self, provider) -> None:
        assert enrich_job_with_llm("x", " ... ") == (
            None,
            "The posting has no text to read",
        )
        assert provider.calls == []

    def test_nothing_but_the_call_is_stored(self) -> None:
        posting = make_posting()

        enrich_job_with_llm(posting.pk, posting.description)

        call = LlmCall.objects.get()
        assert (call.outcome, call.posting_id, call.batch_id) == (
            "ok",
            posting.pk,
            None,
        )
        assert states() == {"pending": 1}

    def test_postings_title_and_company_are_read_along(self, provider) -> None:
        posting = make_posting(title="Pastry cook")

        enrich_job_with_llm(posting.pk, posting.description)

        assert provider.calls[0].title == "Pastry cook"
        assert provider.calls[0].fingerprint == posting.content_hash

    def test_text_is_sent_once(self, provider) -> None:
        first = enrich_job_with_llm("x", TEXT)

        assert enrich_job_with_llm("y", TEXT) == first
        assert len(provider.calls) == 1

    def test_answer_serves_a_later_batch(self, provider) -> None:
        posting = make_posting()
        enrich_job_with_llm(posting.pk, posting.description)

        stats = batch_enrich_jobs([posting.pk], delay_between_jobs=0)

        assert (stats["successful"], len(provider.calls)) == (1, 1)

    def test_account_fault_is_told_and_not_retried(self, provider) -> None:
        provider.mode = "quota"

        _data, error = enrich_job_with_llm("x", TEXT)

        assert error is not None
        assert len(provider.calls) == 1

    def test_interrupted_call_holds_nobody_up(self, provider) -> None:
        provider.mode = "hang"

        def interrupt(_number: int, _frame: object) -> None:
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try:
            with pytest.raises(KeyboardInterrupt):
                enrich_job_with_llm("x", TEXT)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

        assert [call.outcome for call in LlmCall.objects.all()] in (["abandoned"], [])

    def test_no_call_stays_open(self, provider) -> None:
        for fault in ("429", "reset", "empty", "200-html"):
            enrich_job_with_llm("x", f"{TEXT} [[fault:{fault}]]", max_retries=0)

        assert not LlmCall.objects.filter(outcome="open").exists()


def pacing_account() -> str:
    return LlmCall.objects.latest("pk").provider


class TestABatch:
    def test_stats_of_the_seed(self, provider) -> None:
        ids = [posting.pk for posting in make_postings(3)]
        ids.append(make_posting(description=f"{TEXT} [[fault:429]]").pk)
        ids.append(make_posting(description=f"{TEXT} [[fault:400]]").pk)

        stats = batch_enrich_jobs(ids, batch_size=50, delay_between_jobs=0)

        assert stats == {"total": 5, "successful": 3, "failed": 2, "rate_limited": 1}
        assert Run.objects.get().status == "finished"
        assert queued_tasks() == []

    def test_first_of_too_many_are_taken(self, caplog) -> None:
        ids = [posting.pk for posting in make_postings(6)]

        stats = batch_enrich_jobs(ids, batch_size=5, delay_between_jobs=0)

        assert stats["total"] == 5
        assert "Batch size limited from 6 to 5 jobs" in caplog.messages
        assert Enrichment.objects.get(status="pending").pk == ids[-1]

    def test_delay_is_kept_between_starts(self) -> None:
        ids = [posting.pk for posting in make_postings(4)]
        begun = time.monotonic()

        batch_enrich_jobs(ids, delay_between_jobs=0.1)

        assert time.monotonic() - begun >= 0.3

    def test_enriched_ones_are_skipped_and_failed_ones_are_not(self, provider) -> None:
        ids = [enriched_posting().pk, failed_posting().pk]

        stats = batch_enrich_jobs(ids, delay_between_jobs=0)

        assert (stats["total"], stats["successful"]) == (1, 1)

    def test_nothing_to_do_is_all_zeroes(self) -> None:
        assert set(batch_enrich_jobs([]).values()) == {0}

    @pytest.mark.parametrize("size", [0, -1])
    def test_size_below_one_is_refused(self, size) -> None:
        with pytest.raises(ValueError, match="at least 1 posting"):
            batch_enrich_jobs([make_posting().pk], batch_size=size)

    def test_it_lasts_longer_than_a_task_may(self, settings, provider) -> None:
        settings.ENRICHMENT_TASK_SECONDS = 0
        provider.configure(latency=0.05)
        settings.ENRICHMENT_CONCURRENCY = 1
        ids = [posting.pk for posting in make_postings(3)]

        assert batch_enrich_jobs(ids, delay_between_jobs=0)["successful"] == 3

    def test_empty_account_stops_it_and_marks_nothing(self, provider) -> None:
        provider.mode = "quota"
        ids = [posting.pk for posting in make_postings(3)]

        stats = batch_enrich_jobs(ids, delay_between_jobs=0)

        assert (stats["successful"], stats["failed"]) == (0, 0)
        assert Run.objects.get().status == "blocked"
        assert states() == {"pending": 3}

    def test_single_posting_on_an_empty_account_is_given_back(self, provider) -> None:
        provider.mode = "401"

        batch_enrich_jobs([make_posting().pk], delay_between_jobs=0)

        assert states() == {"pending": 1}
        assert Batch.objects.get().status == "released"

    def test_facts_can_be_read(self) -> None:
        posting = make_posting()

        batch_enrich_jobs([posting.pk], delay_between_jobs=0)

        posting.refresh_from_db()
        facts = posting.enrichment.facts
        assert facts is not None
        assert facts["role_family"]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_batches_with_one_text_pay_once(self, provider) -> None:
        provider.configure(latency=0.3)
        one, two = (make_posting(title="Cook", description="Cooks.") for _ in "ab")

        stats = together(
            lambda: batch_enrich_jobs([one.pk], delay_between_jobs=0),
            lambda: batch_enrich_jobs([two.pk], delay_between_jobs=0),
        )

        assert [each["successful"] for each in stats] == [1, 1]
        assert len(provider.calls) == 1

    def test_text_and_batch_at_once_pay_once(self, provider) -> None:
        provider.configure(latency=0.3)
        posting = make_posting()

        together(
            lambda: enrich_job_with_llm(posting.pk, posting.description),
            lambda: batch_enrich_jobs([posting.pk], delay_between_jobs=0),
        )

        assert len(provider.calls) == 1
        assert states() == {"enriched": 1}

    def test_two_deliveries_of_a_batch_call_once(self, provider) -> None:
        provider.configure(latency=0.1)
        batch = start_batch(*make_postings(5))

        together(lambda: runner.run(batch.pk), lambda: runner.run(batch.pk))

        assert set(provider.answered_per_posting().values()) == {1}
        assert states() == {"enriched": 5}


def test_call_forgotten_by_a_dead_shell_holds_a_batch_up_no_longer(provider) -> None:
    posting = make_posting()
    call = open_call(posting)
    LlmCall.objects.filter(pk=call.pk).update(started_at="2020-01-01T00:00Z")
    sweeper.sweep()

    assert batch_enrich_jobs([posting.pk], delay_between_jobs=0)["successful"] == 1
