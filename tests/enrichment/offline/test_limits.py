"""Limits over a sliding window, and the headers that tell what is left."""

from __future__ import annotations

import pytest

from enrichment.offline.limits import Limits, duration


def limits(requests: int | None = None, tokens: int | None = None) -> Limits:
    return Limits(
        requests=requests, window_seconds=10, tokens=tokens, token_window_seconds=60
    )


class TestRequests:
    def test_window_admits_its_limit_and_no_more(self) -> None:
        ours = limits(requests=3)

        assert [ours.admit(tokens=1, now=0).allowed for _ in range(4)] == [
            True,
            True,
            True,
            False,
        ]

    def test_window_slides_with_each_call(self) -> None:
        ours = limits(requests=2)
        for now in (0, 4):
            assert ours.admit(tokens=1, now=now).allowed

        assert ours.admit(tokens=1, now=10).allowed
        assert not ours.admit(tokens=1, now=13.9).allowed

    def test_refusal_tells_when_there_is_room_again(self) -> None:
        ours = limits(requests=1)
        ours.admit(tokens=1, now=0)

        verdict = ours.admit(tokens=1, now=3.5)

        assert (verdict.allowed, verdict.kind) == (False, "requests")
        assert verdict.retry_after == 7  # 6.5, in whole seconds

    def test_who_keeps_knocking_is_kept_out(self) -> None:
        ours = limits(requests=1)

        answers = [ours.admit(tokens=1, now=now).allowed for now in range(0, 40, 5)]

        assert answers == [True] + [False] * 7

    def test_no_limit_admits_everything_and_tells_nothing(self) -> None:
        verdict = limits().admit(tokens=10**9, now=0)

        assert verdict.allowed
        assert verdict.headers == {}


class TestTokens:
    def test_tokens_of_refused_calls_do_not_count(self) -> None:
        ours = limits(tokens=100)
        assert ours.admit(tokens=60, now=0).allowed
        assert not ours.admit(tokens=60, now=1).allowed

        assert ours.admit(tokens=40, now=2).allowed

    def test_refusal_names_the_limit_and_waits_for_enough_room(self) -> None:
        ours = limits(tokens=100)
        ours.admit(tokens=30, now=0)
        ours.admit(tokens=70, now=20)

        small, large = (ours.admit(tokens=n, now=30) for n in (30, 31))

        assert (small.kind, small.retry_after) == ("tokens", 30)
        assert (large.kind, large.retry_after) == ("tokens", 50)

    def test_call_that_never_fits_is_told_a_whole_window(self) -> None:
        assert limits(tokens=100).admit(tokens=101, now=0).retry_after == 60


class TestHeaders:
    def test_headers_tell_limit_rest_and_reset_of_both(self) -> None:
        verdict = limits(requests=5, tokens=100).admit(tokens=30, now=0)

        assert verdict.headers == {
            "x-ratelimit-limit-requests": "5",
            "x-ratelimit-remaining-requests": "4",
            "x-ratelimit-reset-requests": "10s",
            "x-ratelimit-limit-tokens": "100",
            "x-ratelimit-remaining-tokens": "70",
            "x-ratelimit-reset-tokens": "1m0s",
        }

    def test_rest_is_never_below_zero(self) -> None:
        ours = limits(requests=1)
        for _ in range(3):
            verdict = ours.admit(tokens=1, now=0)

        assert verdict.headers["x-ratelimit-remaining-requests"] == "0"

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (-1, "0s"),
            (0, "0s"),
            (0.12, "120ms"),
            (0.9999, "1000ms"),
            (1, "1s"),
            (6.1, "7s"),
            (60, "1m0s"),
            (359.5, "6m0s"),
            (3600, "1h0m0s"),
            (3725, "1h2m5s"),
        ],
    )
    def test_duration_is_written_as_providers_do(
        self, seconds: float, text: str
    ) -> None:
        assert duration(seconds) == text
