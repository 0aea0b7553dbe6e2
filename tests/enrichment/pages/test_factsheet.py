"""The facts in words: every field has its line, every value its words, oddities no harm."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from enrichment.llm import schema
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from enrichment.pages import factsheet, labels

WORDS = [
    (schema.RoleFamily, labels.ROLE_FAMILIES),
    (schema.Seniority, labels.SENIORITIES),
    (schema.EmploymentType, labels.EMPLOYMENT_TYPES),
    (schema.ContractType, labels.CONTRACT_TYPES),
    (schema.Sourcing, labels.SOURCINGS),
    (schema.RemotePolicy, labels.REMOTE_POLICIES),
    (schema.Education, labels.EDUCATIONS),
    (schema.LanguageLevel, labels.LANGUAGE_LEVELS),
    (schema.Period, labels.PERIODS),
]
FULL: dict[str, Any] = {
    "title": "Master baker",
    "role_family": "hospitality",
    "seniority": "senior",
    "employment_types": ["FULL_TIME", "PART_TIME"],
    "contract_type": "permanent",
    "sourcing": "agency",
    "remote_policy": "on_site",
    "location": {"city": "Ghent", "region": None, "country": "Belgium"},
    "must_have_skills": ["kneading"],
    "nice_to_have_skills": ["pastry"],
    "programming_languages": ["Python"],
    "tools": ["oven"],
    "spoken_languages": [
        {"language": "nl", "level": "fluent", "required": True},
        {"language": "fr", "level": None, "required": False},
    ],
    "experience": {"min_years": 2, "max_years": 5},
    "education": "vocational",
    "salary": {"min": 2500, "max": None, "currency": "EUR", "period": "month"},
    "perks": ["free bread"],
    "posting_language": "en",
    "summary_short": {"en": "Bake.", "nl": "Bak.", "fr": "Cuis."},
    "summary_long": {"en": "Bake well.", "nl": "Bak goed.", "fr": "Cuis bien."},
}


def lines(facts: dict[str, Any]) -> dict[str, str]:
    sheet = factsheet.sheet(facts)
    assert sheet is not None
    return {
        fact.label: fact.text or ", ".join(fact.items)
        for group in sheet.groups
        for fact in group.facts
    }


@pytest.mark.parametrize(("values", "words"), WORDS)
def test_every_value_of_the_schema_has_its_words(values: Any, words: Any) -> None:
    assert set(words) == set(values)


def test_every_field_is_laid_out() -> None:
    assert set(FULL) == set(JobFacts.model_fields)
    assert lines(FULL) == {
        "Title": "Master baker",
        "Field": "Hospitality",
        "Seniority": "Senior",
        "Employment": "Full-time, Part-time",
        "Contract": "Permanent",
        "Offered by": "An agency",
        "Place": "Ghent, Belgium",
        "Remote work": "On site",
        "Languages": "Dutch (fluent), French (a plus)",
        "Language of the posting": "English",
        "Salary": "at least € 2,500 per month",
        "Perks": "free bread",
        "Experience": "2 – 5 years",
        "Education": "Vocational training",
        "Must have": "kneading",
        "Nice to have": "pastry",
        "Programming languages": "Python",
        "Tools": "oven",
    }


def test_summaries_come_in_three_languages() -> None:
    sheet = factsheet.sheet(FULL)
    assert sheet is not None
    found = [(one.code, one.short, one.long) for one in sheet.summaries]

    assert found == [
        ("en", "Bake.", "Bake well."),
        ("nl", "Bak.", "Bak goed."),
        ("fr", "Cuis.", "Cuis bien."),
    ]


def test_amounts_are_written_as_the_reader_does() -> None:
    value = {"min": 2500, "max": 3000.5, "currency": "EUR", "period": "month"}
    with translation.override("nl"):
        assert factsheet.salary(value) == "€ 2.500 – 3.000,50 per maand"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ({"min": None, "max": None, "currency": "EUR"}, ""),
        ({"min": 10, "max": 10, "currency": "USD", "period": "hour"}, "$ 10 per hour"),
        ({"min": None, "max": 9000, "currency": "CHF"}, "at most CHF 9,000"),
        ("a lot", ""),
    ],
)
def test_salary_says_no_more_than_is_known(value: Any, text: str) -> None:
    assert factsheet.salary(value) == text


@pytest.mark.parametrize("facts", [None, {}, [], "text", 3])
def test_no_facts_make_no_sheet(facts: Any) -> None:
    assert factsheet.sheet(facts) is None
    assert factsheet.highlights(facts) == []


def test_values_of_another_schema_are_shown_as_they_are() -> None:
    odd = {"seniority": "wizard", "spoken_languages": [{"language": "tlh"}, 3, None]}

    assert lines(odd)["Seniority"] == "wizard"
    assert "tlh (a plus)" in lines(odd)["Languages"]


def test_what_the_extractor_says_can_be_laid_out() -> None:
    posting = PostingText(
        title="Baker", company="Ann", location="Ghent", description="We bake."
    )
    facts = extractor.extract(posting).model_dump(mode="json")

    assert lines(facts)["Title"] == "Baker"
