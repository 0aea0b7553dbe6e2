"""Any facts against any text: places lie inside it, and what is stored is read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrichment import grounding
from enrichment.grounding import WITHHELD
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from tests.fuzz.facts import FACTS, FRAGMENTS, POSTINGS
from tests.fuzz.mutating import mutated
from tests.fuzz.profile import examples, soon

pytestmark = pytest.mark.any_database


def check(posting: PostingText, facts: dict[str, Any]) -> grounding.Grounding:
    with soon():
        found = grounding.check(posting, facts)
    for value in found.checked:
        for place in value.places:
            source = getattr(posting, place.part)
            assert 0 <= place.start < place.end <= len(source)
            assert source[place.start : place.end].strip()
    stored = json.dumps(found.as_json(), allow_nan=False)
    assert grounding.read(json.loads(stored)) == found.record
    return found


@examples(40)
@given(posting=POSTINGS, facts=FACTS)
def test_any_facts_of_the_schema(posting: PostingText, facts: dict[str, Any]) -> None:
    found = check(posting, facts)

    supported = found.supported(facts)
    JobFacts.model_validate(supported)
    again = grounding.check(posting, supported)
    assert {value.field for value in again.not_found} <= {"salary"}
    assert supported.keys() == facts.keys()
    assert all(supported[name] == facts[name] for name in facts if name not in WITHHELD)


@examples(40)
@given(posting=POSTINGS, facts=FACTS.flatmap(lambda facts: mutated([facts])))
def test_facts_of_another_schema(posting: PostingText, facts: Any) -> None:
    if isinstance(facts, dict):
        check(posting, facts)


@examples(40)
@given(posting=POSTINGS)
def test_what_is_extracted_can_be_checked(posting: PostingText) -> None:
    with soon():
        facts = extractor.extract(posting)
    check(posting, facts.model_dump(mode="json"))


@examples(8)
@given(piece=st.sampled_from(FRAGMENTS) | st.text(min_size=1, max_size=5), facts=FACTS)
def test_long_text_takes_no_longer_than_its_length(
    piece: str, facts: dict[str, Any]
) -> None:
    text = (piece + " ") * (60_000 // (len(piece) + 1))
    check(
        PostingText(title=text[:200], company="", location="", description=text), facts
    )


@examples(40)
@given(
    stored=mutated(
        [
            {
                "version": 1,
                "places": {"title": ["title", 0, 3]},
                "not_found": ["tools-0"],
                "notes": ["no_text"],
            }
        ]
    )
)
def test_any_stored_record_is_read(stored: Any) -> None:
    found = grounding.read(stored)
    assert grounding.read(found.as_json()) == found
