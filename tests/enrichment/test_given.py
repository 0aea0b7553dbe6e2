"""What an employer says, compared with what was read: agree, differ, or can't be told."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment import given
from enrichment.given import Verdict

MONTHLY = {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"}


def verdict(field: str, ours: Any, theirs: Any, words: str = "") -> Verdict | None:
    said = {"facts": {field: ours}, "raw": {field: words} if words else {}}
    return given.compare(said, {field: theirs}).get(field)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (MONTHLY, Verdict.AGREES),
        (MONTHLY | {"max": None}, Verdict.AGREES),
        (MONTHLY | {"min": None}, Verdict.AGREES),
        (MONTHLY | {"max": 4010}, Verdict.AGREES),
        (MONTHLY | {"currency": None}, Verdict.AGREES),
        (
            {"min": 36000, "max": 48000, "currency": "EUR", "period": "year"},
            Verdict.AGREES,
        ),
        (MONTHLY | {"min": 3500, "max": 3500}, Verdict.DIFFERS),
        (MONTHLY | {"max": 4200}, Verdict.DIFFERS),
        (MONTHLY | {"currency": "USD"}, Verdict.DIFFERS),
        (MONTHLY | {"period": "year"}, Verdict.DIFFERS),
        ({"min": None, "max": None, "currency": None}, Verdict.ONLY_GIVEN),
        (None, Verdict.ONLY_GIVEN),
        ("3000", Verdict.UNCLEAR),
    ],
)
def test_salaries_are_the_same_in_any_period(read: Any, expected: Verdict) -> None:
    assert verdict("salary", MONTHLY, read) is expected


def test_salary_without_a_period_is_compared_as_it_stands() -> None:
    yearly = {"min": 120000, "max": 150000, "currency": "USD"}

    assert verdict("salary", yearly, yearly | {"period": "year"}) is Verdict.AGREES
    assert (
        verdict("salary", yearly, {**yearly, "min": 10000, "period": "month"})
        is Verdict.DIFFERS
    )


def test_open_ranges_differ_only_where_they_lie_apart() -> None:
    at_least = {"min": 5000, "max": None, "period": "month"}

    for most, expected in ((4000, Verdict.DIFFERS), (6000, Verdict.UNCLEAR)):
        at_most = {"min": None, "max": most, "period": "month"}
        assert verdict("salary", at_least, at_most) is expected
        assert verdict("salary", at_most, at_least) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["FULL_TIME"], ["FULL_TIME"], Verdict.AGREES),
        (["FULL_TIME", "PART_TIME"], ["PART_TIME"], Verdict.AGREES),
        (["FULL_TIME"], ["PART_TIME"], Verdict.DIFFERS),
        (["OTHER"], ["PART_TIME"], Verdict.UNCLEAR),
        ([], ["PART_TIME"], Verdict.ONLY_READ),
    ],
)
def test_one_employment_that_says_more_is_no_difference(
    ours: list[str], theirs: list[str], expected: Verdict
) -> None:
    assert verdict("employment_types", ours, theirs) is expected


@pytest.mark.parametrize(
    ("ours", "words", "theirs", "expected"),
    [
        ({"city": "Gent"}, "", {"city": "Ghent"}, Verdict.AGREES),
        ({"city": "New York City"}, "", {"city": "New York"}, Verdict.AGREES),
        ({}, "Remote, Antwerp", {"city": "Antwerp"}, Verdict.AGREES),
        (
            {"city": "Ghent", "others": [{"city": "Liège"}]},
            "",
            {"city": "Luik"},
            Verdict.AGREES,
        ),
        ({"city": "Ghent"}, "", {"city": "Antwerp"}, Verdict.DIFFERS),
        ({"country": "BE"}, "", {"country": "België"}, Verdict.AGREES),
        ({"country": "US"}, "", {"country": "Belgium"}, Verdict.DIFFERS),
        ({"country": "Europe"}, "", {"country": "Belgium"}, Verdict.UNCLEAR),
        ({"country": "BE"}, "", {"city": "Ghent"}, Verdict.UNCLEAR),
    ],
)
def test_places_have_several_names(
    ours: Any, words: str, theirs: Any, expected: Verdict
) -> None:
    assert verdict("location", ours, theirs, words) is expected


def test_other_facts_are_compared_as_they_are() -> None:
    years = {"min_years": 2, "max_years": None}

    assert verdict("remote_policy", "hybrid", "remote") is Verdict.DIFFERS
    assert verdict("education", "master", "master") is Verdict.AGREES
    assert verdict("experience", years, {"min_years": 2.3}) is Verdict.AGREES
    assert verdict("experience", years, {"min_years": 5}) is Verdict.DIFFERS
    assert verdict("contract_type", None, "permanent", "Odd") is Verdict.UNCLEAR


@pytest.mark.parametrize("odd", [None, [], {"facts": 3, "raw": []}, {"facts": {}}])
def test_odd_sides_say_nothing(odd: Any) -> None:
    assert given.compare(odd, {"salary": MONTHLY}) == {"salary": Verdict.ONLY_READ}
    assert given.compare({"facts": {"salary": MONTHLY}}, odd) == {
        "salary": Verdict.ONLY_GIVEN
    }
    assert list(given.terms(odd, {"salary": MONTHLY})) == []


def test_terms_name_what_differs() -> None:
    said = {"facts": {"salary": MONTHLY, "remote_policy": "remote"}}
    read = {"salary": MONTHLY | {"max": 9000}, "remote_policy": "remote"}

    assert list(given.terms(said, read)) == ["differs", "salary differs"]
    assert list(given.terms(said, said["facts"])) == []
    assert list(given.terms(said, None)) == []


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("salary", MONTHLY | {"currency": ["EUR"]}),
        ("salary", MONTHLY | {"period": ["month"]}),
        ("location", {"city": "Ghent", "others": True}),
        ("location", {"city": ["Ghent"], "country": {}}),
    ],
)
def test_odd_parts_of_a_fact_break_nothing(field: str, odd: Any) -> None:
    """Terms are made in the transaction that records an answer."""
    usual = {"salary": MONTHLY, "location": {"city": "Ghent", "country": "Belgium"}}

    assert verdict(field, odd, usual[field]) is not None
    assert verdict(field, usual[field], odd) is not None
