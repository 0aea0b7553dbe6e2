"""The retry table: 5, 10, 20 s on rate limits, 3, 6, 12 s on API errors, else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from enrichment.llm import output
from enrichment.llm.client import complete
from enrichment.llm.errors import ErrorKind, LlmError, Remedy
from enrichment.llm.retry import Attempts, RetryPolicy, retrying
from tests.enrichment.llm.calls import config, posting
from tests.provider import Provider

RATE = ErrorKind.RATE_LIMITED
API = ErrorKind.SERVER_ERROR
RETRIED = [
    k for k in ErrorKind if k.remedy in {Remedy.RATE_BACKOFF, Remedy.API_BACKOFF}
]
FINAL = [k for k in ErrorKind if k not in RETRIED]

# The errors of the tries in their order (with Retry-After), and the waits between them.
TABLE: list[tuple[list[tuple[ErrorKind, float | None]], list[float]]] = [
    ([(RATE, None)] * 4, [5, 10, 20]),
    ([(API, None)] * 4, [3, 6, 12]),
    ([(ErrorKind.TIMEOUT, None)] * 4, [3, 6, 12]),
    ([(ErrorKind.CONNECTION, None)] * 4, [3, 6, 12]),
    ([(RATE, 60.0)] * 4, [60, 60, 60]),
    ([(RATE, 7.0)] * 4, [7, 10, 20]),
    ([(RATE, 0.0)] * 4, [5, 10, 20]),
    ([(API, 7.0)] * 4, [7, 7, 12]),
    ([(RATE, None), (API, None), (RATE, None), (API, None)], [5, 6, 20]),
    ([(API, None), (RATE, None), (ErrorKind.INVALID_JSON, None)], [3, 10]),
    ([(RATE, None), (ErrorKind.UNAUTHORIZED, None)], [5]),
]


def policy(max_retries: int = 3) -> RetryPolicy:
    return RetryPolicy(
        max_retries=max_retries, rate_limit_backoff=5.0, api_error_backoff=3.0
    )


def failing(errors: list[tuple[ErrorKind, float | None]]) -> Iterator[LlmError]:
    for kind, asked in errors:
        yield LlmError(kind, "no", retry_after=asked)
    raise AssertionError("tried once too often")


def no_sleep(seconds: float) -> None:
    raise AssertionError(f"slept {seconds} s")


class Told:
    """Notes what `on_wait` is told."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.numbers: list[int] = []

    def __call__(self, _error: LlmError, seconds: float, number: int) -> None:
        self.waits.append(seconds)
        self.numbers.append(number)


@pytest.mark.parametrize(("errors", "waits"), TABLE, ids=range(len(TABLE)))
class TestTable:
    def test_sleeping_caller_waits_so(
        self, errors: list[tuple[ErrorKind, float | None]], waits: list[float]
    ) -> None:
        told, slept, ahead = Told(), list[float](), failing(errors)

        def call() -> None:
            raise next(ahead)

        with pytest.raises(LlmError) as caught:
            retrying(policy(), on_wait=told, sleep=slept.append)(call)

        assert slept == told.waits == waits
        assert told.numbers == list(range(1, len(waits) + 1))
        assert caught.value.kind is errors[-1][0]

    def test_attempts_without_sleep_tell_the_same_waits(
        self, errors: list[tuple[ErrorKind, float | None]], waits: list[float]
    ) -> None:
        told, ahead = Told(), failing(errors)
        attempts = Attempts(policy(), on_wait=told)

        answers = [attempts.failed(next(ahead)) for _ in errors]

        assert answers == [*waits, None]
        assert told.waits == waits
        assert told.numbers == list(range(1, len(waits) + 1))


class TestPolicy:
    @pytest.mark.parametrize("kind", FINAL)
    def test_all_other_kinds_are_not_tried_again(self, kind: ErrorKind) -> None:
        told = Told()

        assert Attempts(policy(), on_wait=told).failed(LlmError(kind, "no")) is None
        assert told.waits == []

    @pytest.mark.parametrize("kind", RETRIED)
    def test_without_retries_the_first_error_is_the_last(self, kind: ErrorKind) -> None:
        told = Told()

        assert Attempts(policy(0), on_wait=told).failed(LlmError(kind, "no")) is None
        assert told.waits == []

    def test_tries_are_counted_from_one(self) -> None:
        attempts = Attempts(policy(), on_wait=Told())

        numbers = []
        while True:
            numbers.append(attempts.number)
            if attempts.failed(LlmError(RATE, "no")) is None:
                break

        assert numbers == [1, 2, 3, 4]

    def test_error_of_this_program_is_raised_at_once(self) -> None:
        def call() -> None:
            raise KeyError("a bug")

        with pytest.raises(KeyError):
            retrying(policy(), on_wait=Told(), sleep=no_sleep)(call)

    def test_success_needs_no_wait(self) -> None:
        result = retrying(policy(), on_wait=Told(), sleep=no_sleep)(lambda: 7)

        assert result == 7

    def test_failure_may_be_told_from_another_thread(self) -> None:
        attempts = Attempts(policy(), on_wait=Told())

        waits = []
        for _ in range(4):
            with ThreadPoolExecutor(1) as pool:
                waits.append(pool.submit(attempts.failed, LlmError(API, "no")).result())

        assert waits == [3, 6, 12, None]


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


# A marker in the posting; the calls that it costs, the waits between, how it ends.
PROOF: list[tuple[str, int, list[float], ErrorKind | None]] = [
    ("", 1, [], None),
    ("[[fault:429]]", 4, [5, 10, 20], RATE),
    ("[[fault:429 x2]]", 3, [5, 10], None),
    ("[[fault:429 x3]]", 4, [5, 10, 20], None),
    ("[[fault:429 retry-after=8]]", 4, [8, 10, 20], RATE),
    ("[[fault:500]]", 4, [3, 6, 12], API),
    ("[[fault:500 x2]]", 3, [3, 6], None),
    ("[[fault:502-html]]", 4, [3, 6, 12], API),
    ("[[fault:200-bad-body x1]]", 2, [3], None),
    ("[[fault:reset x1]]", 2, [3], None),
    ("[[fault:429 x1]] [[fault:500 x1]]", 3, [5, 6], None),
    ("[[fault:failed-rate x1]]", 2, [5], None),
    ("[[fault:invalid-json]]", 1, [], ErrorKind.INVALID_JSON),
    ("[[fault:wrong-shape]]", 1, [], ErrorKind.BAD_OUTPUT),
    ("[[fault:refusal]]", 1, [], ErrorKind.REFUSED),
    ("[[fault:truncated]]", 1, [], ErrorKind.TRUNCATED),
    ("[[fault:empty]]", 1, [], ErrorKind.EMPTY_OUTPUT),
    ("[[fault:400]]", 1, [], ErrorKind.BAD_REQUEST),
    ("[[fault:401]]", 1, [], ErrorKind.UNAUTHORIZED),
    ("[[fault:quota]]", 1, [], ErrorKind.INSUFFICIENT_QUOTA),
]


@pytest.mark.parametrize(
    ("marker", "calls", "waits", "ends"), PROOF, ids=[case[0] for case in PROOF]
)
def test_provider_is_called_exactly_so_often(
    shared: Provider,
    marker: str,
    calls: int,
    waits: list[float],
    ends: ErrorKind | None,
) -> None:
    before, told, ended = len(shared.calls), Told(), None
    policy_ = retrying(policy(), on_wait=told, sleep=lambda _: None)

    try:
        policy_(
            lambda: output.facts(complete(config(shared.base_url), posting(marker)))
        )
    except LlmError as error:
        ended = error.kind

    assert (len(shared.calls) - before, told.waits, ended) == (calls, waits, ends)
