"""What stands in a posting is never withheld, and a near miss always is, in three languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from enrichment.grounding import WITHHELD, check
from enrichment.llm.posting import PostingText
from tests.enrichment.grounding.planted import Planted, facts, values
from tests.enrichment.grounding.planted_en import ENGLISH
from tests.enrichment.grounding.planted_fr import FRENCH
from tests.enrichment.grounding.planted_nl import DUTCH

pytestmark = pytest.mark.any_database

ALL = (*ENGLISH, *DUTCH, *FRENCH)


def cases(planted: Planted, lines: str) -> Iterator[tuple[PostingText, str, str]]:
    for field, value in values(lines):
        yield planted.posting, field, value


@pytest.mark.parametrize("planted", ALL, ids=lambda planted: planted.title)
def test_what_stands_in_the_text_is_found(planted: Planted) -> None:
    missed = [
        (field, value)
        for text, field, value in cases(planted, planted.true)
        if not all(found.places for found in check(text, facts(field, value)).checked)
    ]

    assert missed == []


@pytest.mark.parametrize("planted", ALL, ids=lambda planted: planted.title)
def test_near_miss_is_withheld(planted: Planted) -> None:
    believed = [
        (field, value)
        for text, field, value in cases(planted, planted.false)
        if not check(text, facts(field, value)).not_found
    ]

    assert believed == []


def test_sets_are_large_and_of_all_fields() -> None:
    for chosen in (lambda each: each.true, lambda each: each.false):
        fields = [
            "location" if field in {"city", "country", "region"} else field
            for planted in ALL
            for field, _ in values(chosen(planted))
        ]

        assert len(fields) >= 400
        assert set(WITHHELD) <= {*fields, "nice_to_have_skills"}
        assert max(Counter(fields).values()) < len(fields) / 3
