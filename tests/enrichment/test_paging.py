"""Counting only so far: what people read, and what is left of it."""

from __future__ import annotations

import pytest

from enrichment.models import Enrichment
from enrichment.paging import MoreThan, capped_count, without
from tests.builders import make_postings


@pytest.mark.django_db
def test_count_stops_at_its_limit_with_a_plus() -> None:
    make_postings(4)
    rows = Enrichment.objects.order_by("-pk")

    assert str(capped_count(rows, limit=4)) == "4"
    assert str(capped_count(rows, limit=3)) == "3+"


def test_large_numbers_are_grouped() -> None:
    assert str(MoreThan(5000)) == "5,000+"


@pytest.mark.parametrize(
    ("whole", "part", "rest"),
    [
        (10, 4, "6"),
        (MoreThan(5000), 300, "4,700+"),
        (MoreThan(5000), MoreThan(5000), "0"),
    ],
)
def test_rest_of_a_count_that_stopped_is_at_least_so_many(whole, part, rest) -> None:
    assert str(without(whole, part)) == rest
