"""Employers' words for pay and work, and what is not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.importing import given_words
from jobs.importing.given_words import AmountError


@pytest.mark.parametrize(
    ("value", "amounts"),
    [
        (3000, (3000,)),
        (3000.0, (3000,)),
        (17.456, (17.46,)),
        ("3000", (3000,)),
        ("3000.00", (3000,)),
        ("3000,50", (3000.5,)),
        ("3,000", (3000,)),
        ("3.000,50", (3000.5,)),
        ("1.234.567", (1234567,)),
        ("3 000 EUR", (3000,)),
        ("€ 3.500,00", (3500,)),
        ("$45k", (45000,)),
        ("26.923077", (26.92,)),
        ("45000 - 55000", (45000, 55000)),
        ("$45k to $55k", (45000, 55000)),
        (0, ()),
        ("0.00", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_amounts_are_read(value: Any, amounts: tuple[float, ...]) -> None:
    assert given_words.amounts(value) == amounts


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("negotiable", "not an amount"),
        ("15.000", "could be 15 or 15000"),
        ("1-2-3", "not an amount"),
        ("- 3", "not an amount"),
        ("1" * 70, "not an amount"),
        (True, "not an amount"),
        ([1], "not an amount"),
        (-3, "outside"),
        (float("inf"), "outside"),
        ("9999999999", "outside"),
    ],
)
def test_what_could_be_another_amount_is_not_guessed(value: Any, why: str) -> None:
    with pytest.raises(AmountError, match=why):
        given_words.amounts(value)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("HOUR", "hour"),
        ("per-hour-wage", "hour"),
        ("1 YEAR", "year"),
        ("ANNUALLY", "year"),
        ("maand", "month"),
        ("Week", "week"),
        ("daily", "day"),
        ("2 WEEK", None),
        ("bi-weekly-salary", None),
        ("per hour or per day", None),
        ("NONE", None),
        ("", None),
    ],
)
def test_periods(words: str, period: str | None) -> None:
    assert given_words.period(words) == period


@pytest.mark.parametrize(
    ("words", "types", "contract"),
    [
        ("FULL_TIME", ["FULL_TIME"], None),
        ("FullTime", ["FULL_TIME"], None),
        ("FULL_TIME, PART_TIME", ["FULL_TIME", "PART_TIME"], None),
        ("Voltijds, onbepaalde duur", ["FULL_TIME"], "permanent"),
        ("Contract van bepaalde duur", [], "fixed_term"),
        ("Contract", ["CONTRACTOR"], None),
        ("Intern", ["INTERN"], None),
        ("International", [], None),
        ("Freelance", ["CONTRACTOR"], "freelance"),
        ("CDI temps plein", ["FULL_TIME"], "permanent"),
        ("OTHER", [], None),
    ],
)
def test_employment(words: str, types: list[str], contract: str | None) -> None:
    assert given_words.employment([words]) == types
    assert given_words.contract([words]) == contract


def test_other_words() -> None:
    assert given_words.remote("OnSite") == "on_site"
    assert given_words.remote("Hybrid / remote") is None
    assert given_words.remote("TELECOMMUTE") == "remote"
    assert given_words.education("postgraduate degree") is None
    assert given_words.education("bachelor degree") == "bachelor"
    assert given_words.currency("€") == "EUR"
    assert given_words.currency("euros") is None
