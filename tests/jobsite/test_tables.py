"""Tables in plain text: by the width of characters, and what a posting's row says."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment.models import Enrichment
from jobs.models import JobPosting
from jobsite import demo_table, text_table
from jobsite.text_table import Column

FACTS = {
    "title": "Backend engineer",
    "role_family": "it_operations",
    "seniority": None,
    "remote_policy": "on_site",
    "spoken_languages": [{"language": "nl"}, {"language": "en"}],
    "salary": {"min": 4200, "max": 5600, "currency": "EUR", "period": "month"},
    "must_have_skills": [],
    "programming_languages": ["Go", "SQL"],
}


def pay(
    low: float | None,
    high: float | None,
    currency: str | None = "EUR",
    period: str | None = "year",
) -> dict[str, Any]:
    return {"min": low, "max": high, "currency": currency, "period": period}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baker", "baker   "),
        ("bookkeeper", "bookkee…"),
        ("exactly8", "exactly8"),
        ("日本語エ", "日本語エ"),
        ("日本語エン", "日本語… "),
        ("cafe\u0301", "cafe\u0301    "),
        ("two\nlines", "two lin…"),
        ("\x1b[31mred", " [31mred"),
        ("", "        "),
    ],
)
def test_text_is_fitted_by_the_width_of_its_characters(
    text: str, expected: str
) -> None:
    fitted = text_table.fitted(text, 8)

    assert fitted == expected
    assert text_table.width_of(fitted) == 8


def test_table_has_a_head_a_rule_and_a_line_for_each_row() -> None:
    columns = [Column(name="job", width=5), Column(name="state", width=6)]

    assert text_table.lines(columns, [("Baker", "failed"), ("A", "")]) == [
        "job   state",
        "───── ──────",
        "Baker failed",
        "A",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, ""),
        (pay(None, None), ""),
        (pay(4200, 5600, "EUR", "month"), "€4200-5600/m"),
        (pay(55_000, 70_000), "€55k-70k/y"),
        (pay(84_500, None, "CHF"), "CHF 84.5k/y"),
        (pay(None, 15.42, "GBP", "hour"), "£15.42/h"),
        (pay(500, 500, None, None), "500"),
    ],
)
def test_salary_is_short(given: dict[str, Any] | None, expected: str) -> None:
    assert demo_table.salary(given) == expected


def row(status: str, facts: dict[str, Any] | None) -> str:
    posting = JobPosting(title="Baker (m/f/x)")
    return demo_table.lines([Enrichment(posting=posting, status=status, facts=facts)])[
        2
    ]


def test_enriched_posting_shows_what_came_out() -> None:
    cells = row("enriched", FACTS).split()

    assert cells == [
        *("Backend", "engineer", "it", "operations", "on", "site", "nl,en"),
        *("€4200-5600/m", "Go,", "SQL", "enriched"),
    ]


def test_failed_posting_shows_its_title_and_state_alone() -> None:
    assert row("failed", None).split() == ["Baker", "(m/f/x)", "failed"]


def test_table_is_100_columns_wide() -> None:
    assert len(demo_table.lines([])[1]) == 100
