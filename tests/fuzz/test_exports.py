"""Whatever is known of a posting: JSON-LD that is valid, cells that run nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrichment.models import Enrichment
from enrichment.sheets import FORMULA
from jobs.exporting import flat
from jobs.exporting.jsonld import job_posting
from jobs.exporting.records import record
from jobs.models import JobPosting
from tests.fuzz.facts import FACTS
from tests.fuzz.mutating import mutated
from tests.fuzz.profile import examples
from tests.jobs.exporting.test_jsonld import problems

pytestmark = pytest.mark.any_database
# As databases keep texts.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
NAMED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
GIVEN: list[Any] = [
    {},
    {
        "facts": {
            "salary": {"min": 1, "max": 2.5, "currency": "EUR", "period": "month"},
            "location": {"city": "Ghent", "region": None, "country": "BE"},
            "employment_types": ["FULL_TIME"],
        },
        "raw": {"salary": "1"},
        "more": {"format": "lever", "valid_through": "2026-05-01"},
    },
]


def posting(facts: Any, given_facts: Any, texts: list[str]) -> JobPosting:
    title, company, location, description = texts
    found = JobPosting(
        pk=1,
        source="feed",
        external_id="1",
        title=title,
        company=company,
        location=location,
        description=description,
        given=given_facts,
    )
    found.enrichment = Enrichment(posting=found, facts=facts, status="enriched")
    return found


def check(one: JobPosting) -> dict[str, Any]:
    document = job_posting(one)
    json.dumps(document, allow_nan=False).encode()
    json.dumps(record(one), allow_nan=False).encode()
    cells = flat.cells(one)
    assert len(cells) == len(flat.COLUMNS)
    assert not any(isinstance(one, str) and one.startswith(FORMULA) for one in cells)
    return document


@examples(25)
@given(
    facts=FACTS, told=st.sampled_from(GIVEN), texts=st.tuples(NAMED, TEXT, TEXT, NAMED)
)
def test_facts_of_the_schema(facts: Any, told: Any, texts: tuple[str, ...]) -> None:
    assert problems(check(posting(facts, told, list(texts)))) == []


@examples(25)
@given(facts=FACTS.flatmap(lambda facts: mutated([facts, None])), told=mutated(GIVEN))
def test_facts_of_another_schema(facts: Any, told: Any) -> None:
    # Neither column takes a number that JSON has no word for, or half a character.
    try:
        json.dumps([facts, told], allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, UnicodeEncodeError):
        return
    check(posting(facts, told, ["Baker", "", "", "Bakes"]))
