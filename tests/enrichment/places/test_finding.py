"""Each value of the facts is found where the text says so, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enrichment import places
from enrichment.llm.posting import PostingText
from enrichment.offline import extractor

pytestmark = pytest.mark.any_database

SAMPLES = Path(__file__).parents[3] / "jobs" / "data" / "sample_postings.jsonl"


def posting(description: str, title: str = "Baker", location: str = "") -> PostingText:
    return PostingText(
        title=title, company="Ann", location=location, description=description
    )


def spots(text: PostingText, **facts: Any) -> dict[str, list[str]]:
    """What is found, by key, as it stands in the text."""
    return {
        found.key: [
            getattr(text, place.part)[place.start : place.end] for place in found.places
        ]
        for found in places.find(text, facts)
    }


def texts(description: str, **facts: Any) -> list[str]:
    """Of the only value."""
    (found,) = spots(posting(description), **facts).values()
    return found


@pytest.mark.parametrize(
    ("skill", "description", "found"),
    [
        ("Python", "We write PYTHON daily.", ["PYTHON"]),
        ("café", "Work in our Cafe, Ann.", ["Cafe"]),
        ("machine learning", "Machine\nlearning and  more", ["Machine\nlearning"]),
        ("machine learning", "machine-learning", ["machine-learning"]),
        ("machine learning", "- machine\n\n- learning", []),
        ("Java", "JavaScript only", []),
        ("C++", "C++ or C#", ["C++"]),
        (".NET", "You know .NET well", [".NET"]),
        ("microservice", "our microservices", ["microservices"]),
        ("JavaScript", "modern JS", ["JS"]),
        ("Go", "We go far. We write Go.", ["Go"]),
        ("Excel", "You excel at baking.", []),
        ("CI/CD", "CI/CD, always", ["CI/CD"]),
    ],
)
def test_skill_is_found_as_whole_words(
    skill: str, description: str, found: list[str]
) -> None:
    assert texts(description, tools=[skill]) == found


@pytest.mark.parametrize(
    ("pay", "description", "found"),
    [
        ((45000, None), "You earn from 45k", []),
        ((3000, None), "You earn from 3k", ["3k"]),
        ((4500, 5500), "4.500 - 5.500 euro", ["4.500 - 5.500 euro"]),
        ((4500, 5500), "4.500 - 5.500 pounds", []),
        ((4500, 5500), "4.500 - 5.500 euro per jaar", []),
        ((3000, 4000), "€ 3.000 - 4.000 per maand", ["€ 3.000 - 4.000"]),
        ((3500, 3500), "3,5k bruto", ["3,5k"]),
        ((2800, 3400), "entre 2.800 et 3.400 €", ["2.800 et 3.400 €"]),
        ((5800, 7200), "Junior: €5,800. Senior: €7,200.", ["€5,800", "€7,200"]),
        ((380, None), "380 employees, from 380 euro", ["380 euro"]),
        ((5000, None), "a bonus of 5,000 euro", []),
        ((5000, None), "We have 40 bakers.", []),
    ],
)
def test_salary_is_found_by_its_numbers(
    pay: tuple[float, float | None], description: str, found: list[str]
) -> None:
    salary = {"min": pay[0], "max": pay[1], "currency": "EUR", "period": "month"}

    assert texts(description, salary=salary) == found


@pytest.mark.parametrize(
    ("facts", "description", "found"),
    [
        ({"remote_policy": "hybrid"}, "Thuiswerk kan.", ["Thuiswerk"]),
        ({"remote_policy": "remote"}, "100 % en télétravail", ["100 % en télétravail"]),
        ({"contract_type": "permanent"}, "Un CDI vous attend", ["CDI"]),
        ({"contract_type": "fixed_term"}, "Contract: 7 months", ["Contract: 7 months"]),
        ({"employment_types": ["PART_TIME"]}, "24 uur per week", ["24 uur per week"]),
        ({"employment_types": ["FULL_TIME"]}, "1 job, voltijds", ["voltijds"]),
        ({"education": "bachelor"}, "een hbo-diploma", ["hbo", "hbo-diploma"]),
        ({"education": "master"}, "You are a scrum master", []),
        ({"seniority": "senior"}, "A senior baker", ["senior"]),
        ({"experience": {"min_years": 3}}, "3 jaar ervaring", ["3 jaar"]),
        ({"experience": {"min_years": 3}}, "open for 30 years", []),
    ],
)
def test_words_of_three_languages_say_what_a_value_means(
    facts: dict[str, Any], description: str, found: list[str]
) -> None:
    assert texts(description, **facts) == found


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("You speak Dutch", ["Dutch"]),
        ("Je spreekt Nederlands", ["Nederlands"]),
        ("le néerlandais est un plus", ["néerlandais"]),
        ("bilingue FR/NL", ["NL"]),
        ("Dutch law. You speak Dutch.", ["Dutch"]),
        ("We bake", []),
    ],
)
def test_language_is_found_by_its_names(description: str, found: list[str]) -> None:
    spoken = [{"language": "nl", "level": None, "required": True}]

    assert texts(description, spoken_languages=spoken) == found


def test_place_is_found_by_its_other_names() -> None:
    text = posting("Wij bakken in Gent.", location="Gand, Belgique")

    assert spots(text, location={"city": "Ghent", "country": "Belgium"}) == {
        "location-city": ["Gent", "Gand"],
        "location-country": ["Belgique"],
    }


def test_title_is_found_though_words_stand_between() -> None:
    text = posting("Bread.", title="Senior (night) baker")

    assert spots(text, title="Senior baker") == {"title": ["Senior (night) baker"]}


def test_judgements_are_not_sought() -> None:
    facts = {"role_family": "hospitality", "summary_short": {"en": "Bake."}}

    assert spots(posting("We bake."), **facts) == {}


def test_what_the_rules_extract_is_found_again() -> None:
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        text = PostingText(
            title=given["title"],
            company=given.get("company", ""),
            location=given.get("location", ""),
            description=given["description"],
        )
        facts = extractor.extract(text).model_dump(mode="json")

        missed = [one.key for one in places.find(text, facts) if not one.is_supported]
        assert missed == []


@pytest.mark.parametrize(
    "facts",
    [
        None,
        [],
        "text",
        {"salary": "much", "tools": "many", "location": [1], "experience": 3},
        {"salary": {"min": "3", "max": 10**400}, "seniority": ["senior"]},
        {"spoken_languages": [3, None, {"language": ["nl"]}], "tools": [None, {}, ""]},
        {"contract_type": "forever", "employment_types": [{}, "SOMETIMES"]},
        {"salary": {"min": True, "max": None}, "title": 3, "tools": ["+++", "  "]},
    ],
)
def test_odd_facts_do_no_harm(facts: Any) -> None:
    found = places.find(posting("We bake for 3 euro."), facts)

    assert not any(one.is_supported for one in found)


def test_places_of_one_value_are_bounded() -> None:
    (found,) = places.find(posting("bread " * 50_000), {"tools": ["bread"]})

    assert len(found.places) == places.texts.MOST_PLACES


def test_hostile_repetition_stays_quick() -> None:
    text = posting("a b " * 25_000)
    facts = {"tools": [f"{'a b ' * 20}{number}" for number in range(100)]}

    assert not any(one.is_supported for one in places.find(text, facts))
