"""What stands in the form of facts, and what becomes of what is entered in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms import BoundField
from django.utils import translation

from enrichment.llm.schema import JobFacts
from enrichment.models import Enrichment
from enrichment.pages.edit_page import Page
from tests.enrichment.pages.test_factsheet import FULL


def boxes(page: Page) -> list[BoundField]:
    return [*page.form, *page.languages.management_form] + [
        box for row in page.languages for box in row
    ]


def page(facts: Any = None, **entered: Any) -> Page:
    """The form of these facts as a browser sends it back, with some of it changed."""
    enrichment = Enrichment(pk=1, facts=facts or FULL)
    sent: dict[str, Any] = {}
    for box in boxes(Page(enrichment)):
        value = box.value()
        if value not in (None, "", [], False):
            sent[box.html_name] = box.field.prepare_value(value)
    return Page(enrichment, data={**sent, **entered})


def test_form_has_a_place_for_every_fact() -> None:
    rows = [row for section in page().sections for row in section.rows]

    assert {row.field for row in rows} == set(JobFacts.model_fields)
    assert all(row.inputs or row.is_languages for row in rows)


def test_what_was_left_as_it_was_is_not_entered() -> None:
    assert page().entered() == {}


def test_facts_of_another_shape_are_left_as_they_are() -> None:
    odd = {
        "title": "Baker",
        "role_family": "software",
        "posting_language": "en",
        "seniority": "wizard",
        "salary": "much",
        "tools": "many",
        "location": [1],
        "employment_types": [3, "SOMETIMES"],
        "spoken_languages": [3, {"language": "tlh", "level": "C1"}, {"language": 1}],
        "summary_short": None,
    }

    changed = page(odd, tools="oven").entered()
    assert changed == {"tools": ["oven"]}


@pytest.mark.parametrize(
    ("entered", "fact"),
    [
        ({"seniority": ""}, {"seniority": None}),
        ({"tools": "oven, mixer"}, {"tools": ["oven", "mixer"]}),
        ({"tools": "oven, big\nmixer\n\n"}, {"tools": ["oven, big", "mixer"]}),
        ({"tools": "Oven\noven"}, {"tools": ["Oven"]}),
        ({"tools": ""}, {"tools": []}),
        (
            {"salary_max": "2900.5", "salary_currency": "usd"},
            {
                "salary": {
                    "min": 2500,
                    "max": 2900.5,
                    "currency": "USD",
                    "period": "month",
                }
            },
        ),
        ({"min_years": "", "max_years": ""}, {"experience": None}),
        (
            {"location_region": "East Flanders"},
            {
                "location": {
                    "city": "Ghent",
                    "region": "East Flanders",
                    "country": "Belgium",
                }
            },
        ),
        ({"employment_types": ["INTERN"]}, {"employment_types": ["INTERN"]}),
        (
            {"summary_short_nl": "Bak brood."},
            {"summary_short": {"en": "Bake.", "nl": "Bak brood.", "fr": "Cuis."}},
        ),
        (
            {"languages-0-language": "", "languages-1-level": "basic"},
            {
                "spoken_languages": [
                    {"language": "fr", "level": "basic", "required": False}
                ]
            },
        ),
    ],
)
def test_entered_values_become_facts(
    entered: dict[str, Any], fact: dict[str, Any]
) -> None:
    assert page(**entered).entered() == fact


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ({"title": ""}, "This field is required."),
        ({"salary_min": "9000", "salary_max": "10"}, "This is below the lowest."),
        ({"salary_min": "-1"}, "greater than or equal to 0"),
        ({"salary_currency": "euro"}, "Three letters"),
        ({"min_years": "61"}, "less than or equal to 60"),
        ({"role_family": ""}, "This field is required."),
        ({"seniority": "wizard"}, "not one of the available choices"),
        ({"tools": "\n".join(map(str, range(61)))}, "more than 60"),
        ({"tools": "x" * 201}, "longer than 200"),
        ({"summary_long_en": "x" * 4001}, "at most 4000"),
        ({"languages-1-language": "nl"}, "Name each language once."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    entered: dict[str, Any], message: str
) -> None:
    form = page(**entered)

    assert form.entered() is None
    assert form.has_errors
    told = f"{form.form.errors}{form.languages.non_form_errors()}"
    assert message in told.replace("&#x27;", "'")


def test_numbers_are_taken_in_any_language() -> None:
    with translation.override("nl"):
        assert page(min_years="2.5").entered() == {
            "experience": {"min_years": 2.5, "max_years": 5}
        }


def test_nul_never_reaches_the_database() -> None:
    assert page(tools="ov\0en").entered() == {"tools": ["ov en"]}
    assert page(title="a\0b").entered() is None
