"""schema.org's JobPosting as JSON-LD, in all the ways that people write it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from jobs.importing.fields import read_fields
from jobs.importing.files import READERS
from jobs.importing.rows import Row
from tests.jobs import importing

POSTING = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Baker",
    "description": "&amp;lt;p&amp;gt;You bake &amp;lt;b&amp;gt;bread&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;",
    "identifier": {"@type": "PropertyValue", "name": "Bread Co", "value": "b-1"},
    "datePosted": "2026-05-01T09:00:00+02:00",
    "validThrough": "2026-09-30",
    "employmentType": ["FULL_TIME", "PART_TIME"],
    "hiringOrganization": {"@type": "Organization", "name": "Bread &amp; Co"},
    "jobLocation": {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Ghent",
            "addressCountry": {"@type": "Country", "name": "BE"},
        },
    },
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": 3000,
            "maxValue": "4000.00",
            "unitText": "MONTH",
        },
    },
    "directApply": True,
    "url": "https://www.bread.example/jobs/b-1",
}
SALARY = {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"}
read = partial(importing.read, READERS["json"])


def row(**changes: Any) -> Row:
    (found,) = read(json.dumps([{**POSTING, **changes}]))
    return found


def facts(**changes: Any) -> Any:
    found = row(**changes).given
    assert found is not None
    return found.facts


def test_job_posting_comes_in() -> None:
    found = row()
    posting = read_fields(found.values, given=found.given)

    assert posting.key == ("schema.org/bread.example", "b-1")
    assert posting.values["company"] == "Bread & Co"
    assert posting.values["location"] == "Ghent, BE"
    assert posting.values["description"] == "You bake bread."
    assert posting.values["posted_at"].isoformat() == "2026-05-01T07:00:00+00:00"
    assert posting.values["given"] == {
        "facts": {
            "salary": SALARY,
            "employment_types": ["FULL_TIME", "PART_TIME"],
            "location": {"city": "Ghent", "region": None, "country": "BE"},
        },
        "raw": {
            "salary": "EUR 3000 4000.00 MONTH",
            "employment_types": "FULL_TIME, PART_TIME",
            "location": "Ghent, BE",
        },
        "more": {
            "format": "schema.org",
            "valid_through": "2026-09-30",
            "direct_apply": True,
        },
    }


@pytest.mark.parametrize(
    "value",
    [
        {"@context": "https://schema.org", "@graph": [POSTING]},
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "ListItem", "item": POSTING}],
        },
        {"@type": "DataFeed", "dataFeedElement": [{"item": POSTING}]},
        {"@type": "WebPage", "mainEntity": POSTING},
        {**POSTING, "@type": ["Thing", "http://schema.org/JobPosting"]},
        POSTING,
        [POSTING],
    ],
)
def test_it_is_found_where_people_put_it(value: Any) -> None:
    (found,) = read(json.dumps(value))

    assert found.values["external_id"] == "b-1"


def test_things_of_other_types_are_skipped_by_name() -> None:
    found = read(json.dumps({"@graph": [{"@type": "Organization"}, POSTING]}))

    assert [(one.number, one.skipped) for one in found] == [
        (1, "of type Organization"),
        (2, ""),
    ]


def test_things_of_a_graph_are_found_by_their_names() -> None:
    employer = {"@type": "Organization", "@id": "#us", "name": "Bread Co"}
    posting = {**POSTING, "hiringOrganization": {"@id": "#us"}}

    assert read(json.dumps({"@graph": [employer, posting]}))[1].values["company"] == (
        "Bread Co"
    )


@pytest.mark.parametrize(
    ("value", "salary"),
    [
        (3500, {"min": 3500, "max": 3500, "currency": "USD", "period": None}),
        (
            "45000-55000",
            {"min": 45000, "max": 55000, "currency": "USD", "period": None},
        ),
        (
            {"currency": "EUR", "value": "20", "unitText": "HOUR"},
            {"min": 20, "max": 20, "currency": "EUR", "period": "hour"},
        ),
        (
            [{"currency": "EUR", "value": {"minValue": 30000, "unitText": "YEAR"}}],
            {"min": 30000, "max": None, "currency": "EUR", "period": "year"},
        ),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_salary_has_many_shapes(value: Any, salary: Any) -> None:
    found = facts(baseSalary=value, salaryCurrency="USD")

    assert found.get("salary") == salary


def test_bad_values_are_told_by_their_fields_and_left_out() -> None:
    found = row(
        baseSalary={"currency": "euro's", "value": {"minValue": "15.000"}},
        datePosted="May 1",
        validThrough="0001-01-01T00:00:00",
        url="jobs/b-1",
    )

    assert sorted(map(str, found.notes)) == [
        "baseSalary.value.minValue: could be 15 or 15000; left out ('15.000')",
        "datePosted: not a date; left out ('May 1')",
        "url: not a web address; left out ('jobs/b-1')",
        "validThrough: not a date; left out ('0001-01-01T00:00:00')",
    ]
    assert read_fields(found.values, given=found.given).values["posted_at"] is None


def test_remote_job_without_a_place_says_who_may_apply() -> None:
    found = row(
        jobLocation=None,
        jobLocationType="TELECOMMUTE",
        applicantLocationRequirements=[{"@type": "Country", "name": "Belgium"}],
    )

    assert found.values["location"] == "Remote (Belgium)"
    assert found.given is not None
    assert found.given.facts["remote_policy"] == "remote"
    assert found.given.more["applicant_locations"] == ["Belgium"]


def test_requirements_are_read_where_they_have_a_shape() -> None:
    experience = {"@type": "Occupational", "monthsOfExperience": 30}
    found = facts(
        experienceRequirements=experience,
        educationRequirements=[{"credentialCategory": "bachelor degree"}],
    )

    assert found["experience"] == {"min_years": 2.5, "max_years": None}
    assert found["education"] == "bachelor"


def test_identifier_that_is_the_employers_name_is_none() -> None:
    found = row(identifier={"value": "Bread & Co"})

    assert read_fields(found.values, given=found.given).external_id == POSTING["url"]


@pytest.mark.parametrize("odd", [None, 7, "odd", [], [[]], {}, {"@id": {"@id": []}}])
def test_odd_values_stop_nothing(odd: Any) -> None:
    for name in POSTING:
        read(json.dumps([{**POSTING, name: odd}, POSTING]))


def test_deep_nesting_ends_the_search() -> None:
    value: Any = POSTING
    for _level in range(100):
        value = {"@type": "ListItem", "item": value}

    assert [one.skipped for one in read(json.dumps([value]))] == ["of type ListItem"]
