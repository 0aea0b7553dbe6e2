"""What a start will take and cost, by the latest calls."""

from __future__ import annotations

import pytest

from enrichment.pages import expectation
from enrichment.pages.expectation import Calls
from enrichment.paging import MoreThan
from tests.builders import answered_call, make_posting

pytestmark = pytest.mark.django_db

NONE = Calls(latencies=[], costs=[])


def calls(*costs: int) -> Calls:
    return Calls(latencies=[1000] * len(costs), costs=sorted(costs))


def test_cost_goes_from_the_cheap_calls_to_the_dear_ones() -> None:
    found = expectation.of(1000, calls(*range(1_000, 12_000, 1_000)))

    assert found.cost == "$2.00 to $10.00"


def test_cost_is_unknown_without_history() -> None:
    assert expectation.of(50, NONE).cost == ""
    assert expectation.of(50, calls(1000, 1000)).cost == ""


def test_time_is_known_by_the_pace_alone(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 6.0

    assert expectation.of(100, NONE).time == "~10 minutes"


def test_time_is_unknown_with_neither_pace_nor_history(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0

    assert expectation.of(100, NONE).time == ""


def test_time_is_a_range_where_answers_bound_it(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    settings.ENRICHMENT_CONCURRENCY, settings.Q_WORKERS = 10, 1
    history = Calls(latencies=[6_000] * 5 + [12_000] * 5, costs=[])

    assert expectation.of(1000, history).time == "~10 minutes to ~20 minutes"


def test_count_that_stopped_gives_at_least(settings) -> None:
    found = expectation.of(MoreThan(2000), calls(*[1000] * 10))

    assert found.cost == "$2.00+"


def test_history_is_of_answered_calls() -> None:
    answered_call(make_posting(), latency_ms=300, cost_microusd=7)
    answered_call(make_posting(), latency_ms=100, cost_microusd=None)
    answered_call(
        make_posting(), outcome="error", error_kind="timeout", latency_ms=60_000
    )

    assert expectation.latest() == Calls(latencies=[100, 300], costs=[7])
