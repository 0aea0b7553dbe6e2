"""Speeds and ends as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enrichment.pages import forecast

# 14:00:30 in Brussels.
NOW = datetime(2026, 11, 24, 13, 0, 30, tzinfo=UTC)
MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("per_minute", "text"),
    [
        (1234.4, "1,234 a minute"),
        (41.6, "42 a minute"),
        (3.46, "3.5 a minute"),
        (0.5, "30 an hour"),
    ],
)
def test_rate(per_minute, text) -> None:
    assert forecast.rate_text(per_minute) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (20, 50, "in less than a minute"),
        (70, 80, "about 14:02"),
        (20 * MINUTE, 34 * MINUTE, "between 14:20 and 14:35"),
        (2 * HOUR, 3 * HOUR, "between 16:00 and 17:05"),
        (9 * HOUR, 11 * HOUR, "between 23:00 and Wed 25 Nov, 01:15"),
        (20 * HOUR, 23 * HOUR, "between Wed 25 Nov, 10:00 and 13:15"),
        (50 * HOUR, 75 * HOUR, "between Thu 26 Nov, 16:00 and Fri 27 Nov, 18:00"),
        (400 * 24 * HOUR, 900 * 24 * HOUR, "in more than a year"),
    ],
)
def test_finish_is_a_range_of_local_times(low, high, text) -> None:
    assert forecast.finish_text(low, high, now=NOW) == text
