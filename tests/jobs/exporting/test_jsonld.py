"""A posting as schema.org's JobPosting: valid by the vocabulary, and saying what is known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from enrichment.models import Enrichment
from enrichment.offline import extractor
from jobs.exporting import known
from jobs.exporting.jsonld import job_posting
from jobs.importing.html_text import read_description
from jobs.models import JobPosting
from tests.builders import make_posting
from tests.jobs.exporting.known import known_posting
from tests.jobs.test_sample_postings import FILE

SCHEMA = json.loads(Path(__file__).with_name("jobposting.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
# What Google for Jobs doesn't show a posting without.
REQUIRED = {"title", "description", "datePosted", "hiringOrganization"}

pytestmark = pytest.mark.django_db


def problems(document: dict[str, Any]) -> list[str]:
    return [
        f"{one.json_path}: {one.message}" for one in VALIDATOR.iter_errors(document)
    ]


def test_schema_is_one_and_refuses() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert problems({"@context": "https://schema.org", "@type": "JobPosting"})
    fine = job_posting(known_posting())
    for name, bad in {
        "employmentType": "full time",
        "baseSalary": 3000,
        "datePosted": "yesterday",
        "inLanguage": "en",
        "description": "<p>Bread</p><script>alert(1)</script>",
    }.items():
        assert len(problems({**fine, name: bad})) == 1


def test_every_sample_is_valid_and_has_what_google_requires() -> None:
    call_command("import_jobs", str(FILE), verbosity=0)
    for posting in JobPosting.objects.all():
        facts = extractor.extract(posting.text).model_dump(mode="json")
        posting.enrichment = Enrichment(posting=posting, facts=facts)
        document = job_posting(posting)

        assert problems(document) == []
        assert document.keys() >= REQUIRED
        places = {"jobLocation", "applicantLocationRequirements"}
        assert document.keys() & places
        assert json.loads(json.dumps(document)) == document


def test_posting_without_facts_is_valid() -> None:
    document = job_posting(make_posting(description="Bread."))

    assert problems(document) == []
    assert document.keys() == {
        *("@context", "@type", "title", "description", "identifier")
    }


def test_all_facts_have_their_property() -> None:
    document = job_posting(known_posting(source="desk", external_id="7"))

    assert problems(document) == []
    assert document["identifier"] == {
        "@type": "PropertyValue",
        "name": "desk",
        "value": "7",
    }
    assert document["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Ghent",
        "addressCountry": "Belgium",
    }
    assert document["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": 2500,
            "maxValue": 3000.5,
            "unitText": "MONTH",
        },
    }
    assert document["employmentType"] == ["FULL_TIME", "PART_TIME"]
    assert document["skills"] == ["Baking", "Bread", "Oven", "Pastry"]
    assert document["qualifications"] == "Dutch (fluent)"
    assert document["educationRequirements"]["credentialCategory"] == (
        "postgraduate degree"
    )
    assert document["experienceRequirements"]["monthsOfExperience"] == 18
    assert document["jobBenefits"] == "Bicycle"
    assert "jobLocationType" not in document


def test_remote_job_says_from_where() -> None:
    document = job_posting(known_posting(facts={"remote_policy": "remote"}))

    assert problems(document) == []
    assert document["jobLocationType"] == "TELECOMMUTE"
    assert document["applicantLocationRequirements"]["name"] == "Belgium"
    assert "jobLocation" not in document


def test_remote_job_of_no_country_keeps_its_place() -> None:
    facts = {"remote_policy": "remote", "location": None}

    document = job_posting(known_posting(facts=facts))

    assert problems(document) == []
    assert document["jobLocation"] == {"@type": "Place", "address": "Gent"}


@pytest.mark.parametrize(
    "salary",
    [
        None,
        {"min": None, "max": None, "currency": "EUR", "period": "month"},
        {"min": 3000, "max": None, "currency": None, "period": "month"},
        {"min": 3000, "max": None, "currency": "euro", "period": "month"},
        "a lot",
    ],
)
def test_pay_without_amount_or_currency_is_left_out(salary: Any) -> None:
    document = job_posting(known_posting(facts={"salary": salary}))

    assert "baseSalary" not in document
    assert problems(document) == []


def test_one_amount_is_a_value() -> None:
    salary = {"min": 20, "max": 20.0, "currency": "EUR", "period": None}

    value = job_posting(known_posting(facts={"salary": salary}))["baseSalary"]["value"]

    assert value == {"@type": "QuantitativeValue", "value": 20}


def test_employer_stands_above_the_model_and_a_person_above_both() -> None:
    posting = known_posting()
    pay = {"min": 9000, "max": 9000, "currency": "EUR", "period": "month"}
    posting.given = {
        "facts": {"salary": pay, "employment_types": ["INTERN"], "education": ""},
        "more": {"valid_through": "2026-12-31"},
    }
    posting.enrichment.edits = {"employment_types": {"value": ["CONTRACTOR"]}}

    document = job_posting(posting)

    assert document["baseSalary"]["value"]["value"] == 9000
    assert document["employmentType"] == "CONTRACTOR"
    assert document["validThrough"] == "2026-12-31"
    assert "educationRequirements" in document
    assert problems(document) == []


def test_pay_that_the_employer_gave_by_half_replaces_nothing() -> None:
    posting = known_posting()
    posting.given = {"facts": {"salary": {"min": 9000, "currency": None}}}

    assert known.facts(posting)["salary"]["min"] == 2500


def test_several_places_of_the_employer_are_all_told() -> None:
    posting = known_posting()
    place = {"city": "Lille", "others": [{"city": "Brussels"}, {"city": None}]}
    posting.given = {"facts": {"location": place}}

    document = job_posting(posting)

    cities = [one["address"]["addressLocality"] for one in document["jobLocation"]]
    assert cities == ["Lille", "Brussels"]
    assert problems(document) == []


def test_description_is_escaped_html_that_reads_as_the_text() -> None:
    text = (
        "Bread & butter <b>now</b>.\nDaily.\n\n- one\n- two <script>alert(1)</script>"
    )

    html = job_posting(make_posting(description=text))["description"]

    assert set(re.findall(r"<[^>]+>", html)) == {"<p>", "</p>", "<br>"}
    assert read_description(html).text == text


def test_odd_facts_do_no_harm() -> None:
    odd: dict[str, Any] = {name: {"odd": 1} for name in ("tools", "education", "perks")}
    odd |= {"location": ["Ghent"], "experience": {"min_years": "three"}, "salary": 7}
    odd |= {"spoken_languages": ["nl"], "employment_types": ["FULL_TIME", "sometimes"]}

    document = job_posting(known_posting(facts=odd))

    assert problems(document) == []
    assert document["employmentType"] == "FULL_TIME"
