"""The part of a posting that is read: its fingerprint, and whether there is any."""

from __future__ import annotations

import pytest

from tests.enrichment.llm.calls import posting


def test_fingerprint_is_the_same_for_the_same_text() -> None:
    assert posting().content_hash == posting().content_hash
    assert len(posting().content_hash) == 64


@pytest.mark.parametrize("field", ["title", "company", "location", "description"])
def test_fingerprint_covers_each_part(field: str) -> None:
    assert posting(**{field: "Other"}).content_hash != posting().content_hash


def test_parts_do_not_run_into_each_other() -> None:
    one = posting(title="Baker An", company="n")
    other = posting(title="Baker A", company="nn")

    assert one.content_hash != other.content_hash


def test_half_a_surrogate_pair_has_a_fingerprint_of_its_own() -> None:
    assert posting("\ud800").content_hash != posting("?").content_hash


@pytest.mark.parametrize(
    ("description", "usable"),
    [
        ("", False),
        (" \n", False),
        ("12 34 - !", False),
        ("a 1 b", False),
        ("___", False),
        ("Bakker gezocht", True),
        ("面包师", True),
    ],
)
def test_text_is_usable_with_one_word(description: str, usable: bool) -> None:
    assert posting(description).is_usable is usable
