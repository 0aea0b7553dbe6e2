"""The ledger of calls: on record before, closed once after it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from enrichment import conf, ledger
from enrichment.conf import Prices
from enrichment.ledger import Asking, Closing
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.prompt import SHIPPED
from enrichment.models import LlmCall
from jobs.models import JobPosting
from tests.builders import make_posting, open_call, running_batch, work_of
from tests.parallel import together

pytestmark = pytest.mark.django_db
PRICES = Prices(input=1.0, cached_input=0.1, output=10.0)
FREE = Prices(input=0.0, cached_input=0.0, output=0.0)
UNKNOWN = Prices(input=None, cached_input=None, output=None)
USAGE = Usage(input_tokens=1000, cached_tokens=400, output_tokens=50)


def completion(text: str = "{}", **fields: Any) -> Completion:
    return Completion(
        **{"text": text, "model": "m-1", "usage": USAGE, "problem": None, **fields}
    )


def closing(call: LlmCall, **fields: Any) -> Closing:
    return Closing(
        **{"call_id": call.pk, "completion": completion(), "error": None, **fields}
    )


class TestOpening:
    def test_call_is_on_record_before_it_is_made(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)

        pk = ledger.open_call(
            work_of(posting),
            conf.current(),
            batch_id=batch.pk,
            attempt=2,
            try_number=3,
        )

        call = LlmCall.objects.get(pk=pk or 0)
        assert (call.outcome, call.finished_at) == ("open", None)
        assert (call.posting_id, call.batch_id) == (posting.pk, batch.pk)
        assert (call.batch_attempt, call.try_number) == (2, 3)
        assert call.content_hash == posting.content_hash

    @pytest.mark.django_db(transaction=True)
    def test_posting_deleted_meanwhile_does_not_stop_the_batch(self) -> None:
        posting = make_posting()
        work = work_of(posting)
        JobPosting.objects.all().delete()

        pk = ledger.open_call(
            work, conf.current(), batch_id=None, attempt=0, try_number=1
        )

        call = LlmCall.objects.get(pk=pk or 0)
        assert (call.posting_id, call.content_hash) == (None, work.content_hash)

    def test_account_is_recorded_and_the_key_is_not(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = False
        settings.OPENAI_API_KEY = "sk-secret"
        settings.OPENAI_BASE_URL = "https://llm.example/" + "v" * 300

        pk = ledger.open_call(
            work_of(make_posting()),
            conf.current(),
            batch_id=None,
            attempt=0,
            try_number=1,
        )

        provider = LlmCall.objects.get(pk=pk or 0).provider
        assert provider.startswith("https://llm.example/v")
        assert len(provider) == 200


class TestOneCallPerText:
    def open(self, posting: JobPosting) -> int | None:
        settings = conf.current()
        return ledger.open_call(
            work_of(posting), settings, batch_id=None, attempt=0, try_number=1
        )

    def test_second_call_about_a_text_waits_for_the_first(self) -> None:
        one, twin = (make_posting(title="Cook", description="Cooks.") for _ in "ab")
        first = self.open(one)

        assert self.open(twin) is None
        LlmCall.objects.close({first or 0: {"outcome": "ok"}})
        assert self.open(twin) is not None

    @pytest.mark.django_db(transaction=True)
    def test_also_for_a_posting_deleted_meanwhile(self) -> None:
        one, twin = (make_posting(title="Cook", description="Cooks.") for _ in "ab")
        self.open(one)
        work = work_of(twin)
        twin.delete()

        again = ledger.open_call(
            work, conf.current(), batch_id=None, attempt=0, try_number=1
        )

        assert again is None

    @pytest.mark.django_db(transaction=True)
    def test_of_eight_at_once_one_may_ask(self) -> None:
        posting = make_posting()

        opened = together(*[partial(self.open, posting)] * 8)

        assert len([pk for pk in opened if pk is not None]) == 1
        assert LlmCall.objects.get().posting_id == posting.pk


class TestOpeningTogether:
    def open(self, *postings: JobPosting) -> list[int | None]:
        asks = [
            Asking(work=work_of(posting), batch_id=None, attempt=0, try_number=1)
            for posting in postings
        ]
        return ledger.open_calls(asks, conf.current())

    def test_each_text_has_a_call_of_its_own(self) -> None:
        postings = [make_posting() for _ in range(3)]

        opened = self.open(*postings)

        calls = LlmCall.objects.in_bulk([pk for pk in opened if pk])
        assert [calls[pk or 0].posting_id for pk in opened] == [p.pk for p in postings]
        assert {call.outcome for call in calls.values()} == {"open"}

    def test_many_take_as_many_statements_as_two(
        self, django_assert_max_num_queries
    ) -> None:
        postings = [make_posting() for _ in range(30)]

        with django_assert_max_num_queries(3):  # a savepoint's two are among them
            self.open(*postings)

    def test_one_that_has_to_wait_does_not_keep_the_others(self) -> None:
        one, twin = (make_posting(title="Cook", description="Cooks.") for _ in "ab")
        self.open(one)

        opened = self.open(make_posting(), twin, make_posting())

        assert [pk is not None for pk in opened] == [True, False, True]


class TestClosing:
    def test_answer_is_kept_with_usage_and_cost(self) -> None:
        call = open_call(make_posting())

        spent = ledger.close([closing(call)], PRICES)

        call.refresh_from_db()
        assert (call.outcome, call.answer, call.reported_model) == ("ok", "{}", "m-1")
        assert (call.input_tokens, call.cached_tokens) == (1000, 400)
        assert call.cost_microusd == spent.cost_microusd == 600 + 40 + 500
        assert (spent.calls, spent.unpriced_calls) == (1, 0)

    def test_call_is_closed_and_counted_once(self) -> None:
        call = open_call(make_posting())
        ledger.close([closing(call)], PRICES)

        assert ledger.close([closing(call)], PRICES) == ledger.Spent()

    def test_late_answer_to_a_call_in_doubt_counts(self) -> None:
        call = open_call(make_posting())
        LlmCall.objects.doubt()

        assert ledger.close([closing(call)], PRICES).calls == 1

    def test_error_is_kept_with_what_is_known(self) -> None:
        call = open_call(make_posting())
        error = LlmError(
            ErrorKind.RATE_LIMITED, "Slow down", status=429, request_id="r1"
        )

        spent = ledger.close([closing(call, completion=None, error=error)], PRICES)

        call.refresh_from_db()
        assert (call.outcome, call.error_kind) == ("error", "rate_limited")
        assert (call.http_status, call.request_id) == (429, "r1")
        assert (spent.calls, spent.cost_microusd, spent.unpriced_calls) == (1, 0, 0)

    def test_unusable_answer_costs_all_the_same(self) -> None:
        call = open_call(make_posting())
        error = LlmError(ErrorKind.INVALID_JSON, "Invalid JSON")

        assert ledger.close([closing(call, error=error)], PRICES).cost_microusd == 1140

    def test_without_prices_the_cost_is_unknown_not_nothing(self) -> None:
        call = open_call(make_posting())

        spent = ledger.close([closing(call)], UNKNOWN)

        call.refresh_from_db()
        assert (call.cost_microusd, spent.unpriced_calls) == (None, 1)

    def test_nul_and_runaway_answers_are_stored(self) -> None:
        call = open_call(make_posting())
        text = "a\0" * ledger.MAX_STORED_ANSWER * 2

        ledger.close([closing(call, completion=completion(text))], FREE)

        call.refresh_from_db()
        assert call.answer == "a" * ledger.MAX_STORED_ANSWER


class TestCost:
    def test_cached_tokens_cost_as_others_without_a_price_of_their_own(self) -> None:
        prices = Prices(input=1.0, cached_input=None, output=10.0)

        assert ledger.cost(USAGE, prices) == 1000 + 500

    @pytest.mark.parametrize(
        "prices",
        [
            Prices(input=None, cached_input=0.1, output=1.0),
            Prices(input=1.0, cached_input=0.1, output=None),
        ],
    )
    def test_half_a_price_is_none(self, prices) -> None:
        assert ledger.cost(USAGE, prices) is None

    def test_estimate_grows_with_the_text(self) -> None:
        short = work_of(make_posting())
        long = work_of(make_posting(description="word " * 4000))

        assert (
            ledger.estimate_tokens(long, SHIPPED)
            - ledger.estimate_tokens(short, SHIPPED)
            > 4000
        )
