"""Jobs as Greenhouse, Lever and Ashby answer them."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from jobs.importing.boards import ashby, greenhouse, lever
from jobs.importing.fields import read_fields
from jobs.importing.files import READERS
from jobs.importing.rows import Row
from tests.jobs import importing

GREENHOUSE: dict[str, Any] = {
    "id": 4021,
    "title": "Baker &amp; cook",
    "absolute_url": "https://job-boards.greenhouse.io/breadco/jobs/4021",
    "location": {"name": "Remote, Belgium"},
    "company_name": "Bread Co",
    "content": "&lt;p&gt;You bake &amp;amp; cook.&lt;/p&gt;",
    "updated_at": "2026-05-02T08:00:00-04:00",
    "departments": [{"name": "Kitchen"}],
    "offices": [{"name": "Ghent"}],
    "metadata": [
        {
            "name": "Employment Type",
            "value": "Part-time",
            "value_type": "single_select",
        },
        {"name": "Workplace Type", "value": "Hybrid", "value_type": "single_select"},
    ],
    "pay_input_ranges": [
        {
            "min_cents": 300000,
            "max_cents": 350000,
            "currency_type": "EUR",
            "title": "Monthly pay, zone A",
        },
        {
            "min_cents": 320000,
            "max_cents": 400000,
            "currency_type": "EUR",
            "title": "Monthly pay, zone B",
        },
    ],
}
LEVER: dict[str, Any] = {
    "id": "9b2c",
    "text": "Nurse",
    "categories": {
        "commitment": "Permanent, full-time",
        "location": "Ghent",
        "allLocations": ["Ghent", "Antwerp"],
        "team": "Care",
    },
    "country": "BE",
    "description": "<div>You care.</div>",
    "descriptionPlain": "You care.",
    "lists": [{"text": "You have", "content": "<li>a diploma</li><li>patience</li>"}],
    "additionalPlain": "Apply <now>\nor later",
    "hostedUrl": "https://jobs.lever.co/clinic/9b2c",
    "createdAt": 1767596368549,
    "workplaceType": "onsite",
    "salaryRange": {
        "min": 20,
        "max": 25.5,
        "currency": "EUR",
        "interval": "per-hour-wage",
    },
}
COMPONENT = {
    "compensationType": "Salary",
    "interval": "1 YEAR",
    "currencyCode": "USD",
    "minValue": 100000,
    "maxValue": 130000,
}
ASHBY: dict[str, Any] = {
    "id": "7f3e",
    "title": "Engineer",
    "location": "Brussels",
    "secondaryLocations": [
        {"location": "Paris", "address": {"addressLocality": "Paris"}}
    ],
    "employmentType": "FullTime",
    "isRemote": True,
    "workplaceType": "Hybrid",
    "isListed": True,
    "address": {
        "postalAddress": {"addressLocality": "Brussels", "addressCountry": "Belgium"}
    },
    "descriptionHtml": "<p>You build.</p>",
    "publishedAt": "2026-04-27T20:13:45.158+00:00",
    "jobUrl": "https://jobs.ashbyhq.com/builders/7f3e",
    "compensation": {
        "compensationTierSummary": "$100K – $130K • Offers Equity",
        "compensationTiers": [
            {
                "components": [
                    {"compensationType": "EquityPercentage", "interval": "NONE"},
                    COMPONENT,
                ]
            }
        ],
        "summaryComponents": [COMPONENT],
    },
}
read = partial(importing.read, READERS["json"])


def row(job: dict[str, Any], **changes: Any) -> Row:
    (found,) = read(json.dumps([{**job, **changes}]))
    return found


def facts(job: dict[str, Any], **changes: Any) -> Any:
    found = row(job, **changes).given
    assert found is not None
    return found.facts


def notes(job: dict[str, Any], **changes: Any) -> list[str]:
    return [str(note) for note in row(job, **changes).notes]


def test_greenhouse_job_comes_in() -> None:
    found = row(GREENHOUSE)
    posting = read_fields(found.values, given=found.given)

    assert posting.key == ("greenhouse/breadco", "4021")
    assert posting.values["title"] == "Baker & cook"
    assert posting.values["description"] == "You bake & cook."
    assert posting.values["posted_at"].isoformat() == "2026-05-02T12:00:00+00:00"
    assert posting.values["given"]["facts"] == {
        "salary": {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"},
        "employment_types": ["PART_TIME"],
        "remote_policy": "hybrid",
    }
    assert posting.values["given"]["more"]["departments"] == ["Kitchen"]


def test_greenhouse_pay_has_no_period_of_its_own() -> None:
    ranges = [{"min_cents": 300000, "max_cents": 400000, "currency_type": "EUR"}]

    assert facts(GREENHOUSE, pay_input_ranges=ranges)["salary"]["period"] is None


def test_greenhouse_ranges_of_two_currencies_are_no_salary() -> None:
    first, second = GREENHOUSE["pay_input_ranges"]
    ranges = [first, {**second, "currency_type": "USD"}]

    assert "salary" not in facts(GREENHOUSE, pay_input_ranges=ranges)
    assert notes(GREENHOUSE, pay_input_ranges=ranges) == [
        "pay_input_ranges: several ranges, not all of one currency and period; left out"
    ]


def test_greenhouse_job_without_content_says_how_to_get_it() -> None:
    job = {name: value for name, value in GREENHOUSE.items() if name != "content"}

    (found,) = read(json.dumps({"jobs": [job], "meta": {"total": 1}}))
    assert "content=true" in str(found.problem)


def test_greenhouse_job_at_the_employers_own_address_has_no_board() -> None:
    found = row(GREENHOUSE, absolute_url="https://bread.example/jobs?gh_jid=4021")

    assert found.values["source"] == "greenhouse"


def test_lever_job_comes_in_with_all_its_sections() -> None:
    found = row(LEVER)
    posting = read_fields(found.values, given=found.given)

    assert posting.key == ("lever/clinic", "9b2c")
    assert posting.values["location"] == "Ghent; Antwerp"
    assert posting.values["description"] == (
        "You care.\n\nYou have\n\n- a diploma\n- patience\n\nApply <now>\nor later"
    )
    assert posting.values["posted_at"].isoformat() == "2026-01-05T06:59:28.549000+00:00"
    assert posting.values["given"]["facts"] == {
        "salary": {"min": 20, "max": 25.5, "currency": "EUR", "period": "hour"},
        "employment_types": ["FULL_TIME"],
        "contract_type": "permanent",
        "remote_policy": "on_site",
        "location": {"city": None, "region": None, "country": "BE"},
    }


def test_lever_period_that_is_not_known_is_told() -> None:
    pay = {"min": 1, "max": 2, "currency": "EUR", "interval": "semi-month-salary"}

    assert facts(LEVER, salaryRange=pay)["salary"]["period"] is None
    assert notes(LEVER, salaryRange=pay) == [
        "salaryRange, period: not one that is known; left out ('semi-month-salary')"
    ]


def test_ashby_job_comes_in() -> None:
    found = row(ASHBY)

    assert found.values["source"] == "ashby/builders"
    assert found.values["location"] == "Brussels; Paris"
    assert facts(ASHBY) == {
        "salary": {"min": 100000, "max": 130000, "currency": "USD", "period": "year"},
        "employment_types": ["FULL_TIME"],
        "remote_policy": "hybrid",
        "location": {
            "city": "Brussels",
            "region": None,
            "country": "Belgium",
            "others": [{"city": "Paris", "region": None, "country": None}],
        },
    }


def test_ashby_job_that_is_not_listed_is_skipped() -> None:
    assert row(ASHBY, isListed=False).skipped == "not listed by the employer"


def test_ashby_pay_that_the_employer_hides_is_left_out() -> None:
    hidden = {"shouldDisplayCompensationOnJobPostings": False}

    assert "salary" not in facts(ASHBY, **hidden)
    assert notes(ASHBY, **hidden) == [
        "compensation: the employer doesn't show it; left out"
    ]


@pytest.mark.parametrize(
    ("job", "module"), [(GREENHOUSE, greenhouse), (LEVER, lever), (ASHBY, ashby)]
)
@pytest.mark.parametrize("odd", [None, 7, "odd", [], [[]], {}, {"name": {"name": []}}])
def test_odd_values_stop_nothing(job: dict[str, Any], module: Any, odd: Any) -> None:
    for name in job:
        module.read({**job, name: odd})


@pytest.mark.parametrize("job", [GREENHOUSE, LEVER, ASHBY])
def test_a_single_job_is_a_file_too(job: dict[str, Any]) -> None:
    assert read(json.dumps(job)) == read(json.dumps([job]))
    jsonl = partial(importing.read, READERS["jsonl"])
    assert [one.values for one in jsonl(json.dumps(job))] == [
        one.values for one in read(json.dumps([job]))
    ]


def test_bad_amount_leaves_the_job_and_is_told_by_its_field() -> None:
    pay = {"min": "competitive", "max": 2, "currency": "EUR", "interval": "1 YEAR"}

    assert "salary" not in facts(LEVER, salaryRange=pay)
    assert notes(LEVER, salaryRange=pay) == [
        "salaryRange.min: not an amount; left out ('competitive')"
    ]


def test_lowest_above_the_highest_is_told() -> None:
    pay = {"min": 9, "max": 2, "currency": "EUR", "interval": "1 YEAR"}

    assert notes(LEVER, salaryRange=pay) == [
        "salaryRange: the lowest is above the highest; left out ('9, 2')"
    ]


def test_format_that_is_said_refuses_other_shapes() -> None:
    forced = partial(importing.read, READERS["lever"])

    (right, wrong) = forced(json.dumps([LEVER, {"title": "x", "description": "y"}]))
    assert right.values["title"] == "Nurse"
    assert str(wrong.problem) == "not a job as lever has it"
