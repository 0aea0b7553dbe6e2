"""What holds the calls back, in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from enrichment import conf
from enrichment.models import ProviderPace
from enrichment.pages import limiter

pytestmark = pytest.mark.django_db


def words(per_minute: float | None = None) -> str:
    return limiter.words(conf.current(), per_minute=per_minute)


def pace(**fields: Any) -> None:
    ProviderPace.objects.create(account=conf.account(), **fields)


def in_seconds(seconds: float) -> int:
    return round((timezone.now().timestamp() + seconds) * 1_000_000)


def test_default_pace(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 1.0

    assert words() == "One call a second (the default pace)."


def test_pace_set(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 2.5

    assert words() == "One call every 2.5 s (the pace set)."


def test_no_pace(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0

    assert words() == "Nothing: calls start as soon as a place is free."


def test_limit_of_requests_is_waited_for_only_near_it(settings) -> None:
    settings.ENRICHMENT_REQUESTS_PER_MINUTE = 500

    assert words(490) == "Waiting for the provider's limit: 500 requests a minute."
    assert words(100) == "Below the provider's limit of 500 requests a minute."
    assert words() == "Below the provider's limit of 500 requests a minute."


def test_limit_of_tokens_is_waited_for_while_they_are_used_up(settings) -> None:
    settings.ENRICHMENT_TOKENS_PER_MINUTE = 200_000
    assert words() == "Below the provider's limit of 200,000 tokens a minute."
    pace(next_tokens_us=in_seconds(5))

    assert words() == "Waiting for the provider's limit: 200,000 tokens a minute."


def test_wish_of_the_provider_comes_first(settings) -> None:
    settings.ENRICHMENT_REQUESTS_PER_MINUTE = 500
    pace(hold_until_us=in_seconds(3600), stretch=2000)

    assert words().startswith("The provider asks to wait 3,6")


def test_hold_that_is_over_is_not_told(settings) -> None:
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 1.0
    pace(hold_until_us=in_seconds(-5))

    assert words() == "One call a second (the default pace)."


def test_pace_that_learned_is_told_in_percent() -> None:
    pace(stretch=1250)

    assert words() == "Slowed down to 80 %: the provider refuses at the set rate."
