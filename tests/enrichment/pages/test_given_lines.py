"""The employer's facts beside those of the text, in words."""

from __future__ import annotations

from typing import Any

from enrichment.pages import given_lines

SALARY = {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"}
SAID = {
    "facts": {
        "salary": SALARY,
        "employment_types": ["FULL_TIME"],
        "location": {"city": "Ghent", "others": [{"city": "Antwerp"}]},
    },
    "raw": {
        "salary": "3000 – 4000 EUR",
        "employment_types": "FULL_TIME",
        "education": "A diploma",
    },
    "more": {
        "format": "lever",
        "valid_through": "2026-09-30",
        "metadata": {"Shift": "1"},
    },
}
READ = {
    "salary": {**SALARY, "min": 3500, "max": 3500},
    "employment_types": ["FULL_TIME"],
    "remote_policy": "hybrid",
}


def lines(facts: Any) -> list[tuple[str, ...]]:
    found = given_lines.build(SAID, facts)
    assert found is not None
    return [
        (one.label, one.given, one.words, one.read, one.verdict_label)
        for one in found.lines
    ]


def test_both_sides_stand_beside_each_other() -> None:
    assert lines(READ) == [
        (
            "Salary",
            "€ 3,000 – 4,000 per month",
            "3000 – 4000 EUR",
            "€ 3,500 per month",
            "differs",
        ),
        ("Employment", "Full-time", "", "Full-time", "agrees"),
        ("Remote work", "", "", "Hybrid", "only the text says it"),
        ("Place", "Ghent; Antwerp", "", "", "only the employer says it"),
        ("Education", "A diploma", "", "", "only the employer says it"),
    ]


def test_before_it_is_read_nothing_is_compared() -> None:
    assert {verdict for *_line, verdict in lines(None)} == {"not read yet"}


def test_other_facts_are_shown_with_their_names() -> None:
    found = given_lines.build(SAID, READ)

    assert found is not None
    assert found.more == [("Open until", "30 Sep 2026"), ("Shift", "1")]


def test_posting_without_given_facts_has_no_lines() -> None:
    assert given_lines.build(None, READ) is None
    assert given_lines.build({"more": {"format": "lever"}}, READ) is None
