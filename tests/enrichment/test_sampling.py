"""Which postings a pilot asks."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment import pilots, sampling
from jobs.models import JobPosting
from tests.builders import end, make_posting, make_postings, success
from tests.enrichment.prompting import draft

pytestmark = pytest.mark.django_db


def enrich(*postings: JobPosting) -> None:
    for posting in postings:
        end(success(posting))


def chosen(**wish: Any) -> set[int]:
    options = {"ids": (), "at_random": False, **wish}
    return {row.pk for row in sampling.enriched(options.pop("size", 2), **options)}


def test_newest_are_taken_and_enriched_ones_alone() -> None:
    old, *new = make_postings(3)
    enrich(old, *new)
    make_posting()

    assert chosen() == {posting.pk for posting in new}


def test_random_ones_are_enriched_and_each_once() -> None:
    postings = make_postings(5)
    enrich(*postings[1:4])

    assert chosen(size=3, at_random=True) <= {p.pk for p in postings[1:4]}


def test_of_those_ticked_the_enriched_ones() -> None:
    good, pending = make_postings(2)
    enrich(good)

    assert chosen(ids=[good.pk, pending.pk]) == {good.pk}


def test_nothing_enriched_starts_nothing() -> None:
    make_posting()

    assert pilots.start(version=draft().version) == (None, False)
    assert pilots.start(version=99) == (None, False)
