"""Whether the workers can make as many calls as the settings allow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from enrichment import capacity, conf
from enrichment.models import Worker
from enrichment.pages import limiter
from tests.builders import answered_call, make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _workers(settings: Any) -> None:
    settings.ENRICHMENT_REQUESTS_PER_MINUTE = 600
    settings.ENRICHMENT_CONCURRENCY = 16
    Worker.objects.beat("here:1", processes=2)


def answers_after(seconds: float, **fields: Any) -> None:
    answered_call(make_posting(), latency_ms=round(seconds * 1000), **fields)


def test_enough_calls_in_flight_are_no_bottleneck() -> None:
    answers_after(3)

    assert capacity.bottleneck() is None


def test_too_few_are_told_with_the_way_out() -> None:
    answers_after(6)

    assert capacity.bottleneck() == (
        "The limit of 594 calls a minute isn't reached: with answers after 6.0 s it takes "
        "60 calls in flight, and the workers make at most 32. Set ENRICHMENT_CONCURRENCY "
        "to 30 or start more workers."
    )


def test_advice_is_enough(settings) -> None:
    answers_after(6)
    settings.ENRICHMENT_CONCURRENCY = 30

    assert capacity.bottleneck() is None


def test_more_workers_are_as_good() -> None:
    answers_after(6)
    Worker.objects.beat("there:1", processes=2)

    assert capacity.bottleneck() is None


def test_dead_workers_do_not_count() -> None:
    answers_after(6)
    Worker.objects.beat("there:1", processes=2)
    long_ago = Now() - timedelta(hours=1)
    Worker.objects.filter(name="there:1").update(seen_at=long_ago)

    assert capacity.bottleneck() is not None


def test_small_batches_bound_what_one_process_can_have_in_flight(settings) -> None:
    answers_after(3)
    settings.ENRICHMENT_BATCH_SIZE = 2

    assert "at most 16" in str(capacity.bottleneck())


def test_token_limit_bounds_the_rate_as_well(settings) -> None:
    settings.ENRICHMENT_TOKENS_PER_MINUTE = 60_000
    answers_after(6, input_tokens=1500, output_tokens=500)

    assert capacity.bottleneck() is None


def test_token_limit_alone_has_a_rate(settings) -> None:
    settings.ENRICHMENT_REQUESTS_PER_MINUTE = None
    settings.ENRICHMENT_TOKENS_PER_MINUTE = 1_200_000
    answers_after(6, input_tokens=1500, output_tokens=500)

    assert "takes 60 calls" in str(capacity.bottleneck())


def test_only_the_present_model_counts() -> None:
    answers_after(60, model="slow-one")
    answers_after(1)

    assert capacity.bottleneck() is None


def test_nothing_is_said_before_the_first_answer_or_without_workers() -> None:
    assert capacity.bottleneck() is None
    answers_after(6)
    Worker.objects.all().delete()

    assert capacity.bottleneck() is None


def test_without_a_pace_there_is_no_rate_to_miss(settings) -> None:
    settings.ENRICHMENT_REQUESTS_PER_MINUTE = None
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    answers_after(60)

    assert capacity.bottleneck() is None


def test_panel_tells_it_in_place_of_the_limit() -> None:
    answers_after(6)

    told = limiter.words(conf.current(), per_minute=100)

    assert told == capacity.bottleneck()
