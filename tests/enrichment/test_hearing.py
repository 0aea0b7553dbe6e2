"""What a process makes of the answers to its calls: holds, the pace, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enrichment import hearing, pacing
from enrichment.hearing import Hearing, expected_tokens
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.models import ProviderPace
from enrichment.pace import Pace

pytestmark = pytest.mark.django_db
ACCOUNT = "https://api.example.com/v1"
REQUESTS = Pace(account=ACCOUNT, interval=1.0, catch_up=1.0)
TOKENS = Pace(account=ACCOUNT, per_thousand_tokens=10.0)


@pytest.fixture(autouse=True)
def _row() -> Iterator[None]:
    ProviderPace.objects.create(account=ACCOUNT)
    hearing._use.clear()
    yield
    hearing._use.clear()


def headers(limit: int, left: int) -> dict[str, str]:
    return {
        "x-ratelimit-limit-requests": str(limit),
        "x-ratelimit-remaining-requests": str(left),
    }


def answer(
    listener: Hearing, *, used: int = 1, estimated: int = 0, **options: Any
) -> float:
    completion = Completion(
        text="",
        model="m",
        usage=Usage(output_tokens=used),
        problem=None,
        **{"headers": {}, **options},
    )
    return listener.note(
        completion=completion, error=None, tokens=estimated, estimated=estimated
    )


def refuse(listener: Hearing, *, tokens: int = 0, **options: Any) -> float:
    options = {"headers": {}, "retry_after": 7.0, **options}
    error = LlmError(ErrorKind.RATE_LIMITED, "refused", **options)
    return listener.note(completion=None, error=error, tokens=tokens)


def stretch() -> int:
    return ProviderPace.objects.get().stretch


def some_seconds_pass() -> None:
    """So that the next refusal isn't one of those together with the last."""
    row = ProviderPace.objects.get()
    ProviderPace.objects.update(stretched_us=row.stretched_us - 3_000_000)


class TestRefusals:
    def test_refusal_holds_all_as_long_as_the_provider_asks(self) -> None:
        assert refuse(Hearing(REQUESTS)) == 7.0

        assert 6 < pacing.held_for(ACCOUNT) <= 7

    def test_used_up_limit_holds_without_a_wait_as_well(self) -> None:
        used_up = headers(200, 0)

        assert refuse(Hearing(REQUESTS), headers=used_up, retry_after=None) == 1.0

    def test_refusal_at_a_limit_with_room_concerns_one_posting(self) -> None:
        assert refuse(Hearing(REQUESTS), headers=headers(200, 2)) == 0

        assert (stretch(), pacing.held_for(ACCOUNT)) == (1000, 0)

    def test_proven_ones_slow_down_in_large_steps(self) -> None:
        listener = Hearing(REQUESTS)
        refuse(listener, headers=headers(200, 0))
        some_seconds_pass()
        refuse(listener, headers=headers(200, 0))

        assert stretch() == 1350

    def test_ones_that_nothing_proves_slow_down_in_small_steps(self) -> None:
        listener = Hearing(REQUESTS)
        for _time in range(2):
            refuse(listener)
            some_seconds_pass()

        assert stretch() == 1166

    def test_nor_do_they_slow_down_without_end(self) -> None:
        ProviderPace.objects.update(stretch=1990)
        refuse(Hearing(REQUESTS))

        assert stretch() == 2000

    def test_learned_more_than_that_is_kept(self) -> None:
        ProviderPace.objects.update(stretch=5000)
        refuse(Hearing(REQUESTS))

        assert stretch() == 5000

    def test_three_among_ten_calls_are_proof(self) -> None:
        listener = Hearing(REQUESTS)
        ProviderPace.objects.update(stretch=2000)
        for _time in range(3):
            refuse(listener)
            some_seconds_pass()

        assert stretch() > 2000

    def test_ones_now_and_then_are_none(self) -> None:
        listener = Hearing(REQUESTS)
        ProviderPace.objects.update(stretch=2000)
        for _time in range(3):
            refuse(listener)
            some_seconds_pass()
            for _call in range(5):
                answer(listener)

        assert stretch() == 2000

    def test_answers_that_tell_of_room_speak_against_the_limit(self) -> None:
        listener = Hearing(REQUESTS)
        answer(listener, headers=headers(200, 150))

        assert refuse(listener) == 7.0
        assert stretch() == 1000

    def test_room_long_ago_does_not(self) -> None:
        listener = Hearing(REQUESTS)
        answer(listener, headers=headers(200, 150), latency_ms=145_000)
        refuse(listener)

        assert stretch() == 1080

    def test_pace_that_is_no_limit_learns_nothing(self) -> None:
        delay = Pace(account=ACCOUNT, interval=1.0)

        assert refuse(Hearing(delay), headers=headers(200, 0)) == 7.0
        assert stretch() == 1000

    def test_smaller_limit_explains_its_first_refusal(self) -> None:
        listener = Hearing(REQUESTS)
        answer(listener, headers=headers(200, 50))
        refuse(listener, headers=headers(100, 0))

        assert stretch() == 2000


class TestTokens:
    def test_use_is_learned_from_answers(self) -> None:
        listener = Hearing(TOKENS)
        assert expected_tokens(ACCOUNT, 2000) == 2000
        answer(listener, estimated=2000, used=500)

        assert expected_tokens(ACCOUNT, 4000) == 1000

    def test_use_that_changes_is_followed(self) -> None:
        listener = Hearing(TOKENS)
        for used in [500, *[1000] * 30]:
            answer(listener, estimated=1000, used=used)

        assert 980 <= expected_tokens(ACCOUNT, 1000) <= 1000

    def test_what_was_not_used_is_given_back(self) -> None:
        pacing.take(TOKENS, tokens=2000)
        answer(Hearing(TOKENS), estimated=2000, used=100)

        assert pacing.take(TOKENS, tokens=1) < 2

    def test_refused_call_used_nothing(self) -> None:
        pacing.take(TOKENS, tokens=2000)
        refuse(Hearing(TOKENS), tokens=2000, retry_after=None)

        assert pacing.take(TOKENS, tokens=1) == 0

    def test_failed_call_may_have_used_all_of_it(self) -> None:
        pacing.take(TOKENS, tokens=2000)
        down = LlmError(ErrorKind.SERVER_ERROR, "down")
        Hearing(TOKENS).note(completion=None, error=down, tokens=2000)

        assert pacing.take(TOKENS, tokens=1) > 15

    def test_used_up_tokens_are_a_refusal(self) -> None:
        told = headers(200, 150) | {
            "x-ratelimit-limit-tokens": "90000",
            "x-ratelimit-remaining-tokens": "800",
        }

        assert refuse(Hearing(TOKENS), headers=told) == 7.0
        assert stretch() == 1080

    def test_slower_pace_is_slower_for_tokens_too(self) -> None:
        ProviderPace.objects.update(stretch=3000)
        pacing.take(TOKENS, tokens=1000)

        assert pacing.take(TOKENS, tokens=1) > 29
