"""The pages of an export: every posting once, in order, whatever the filters."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs import finding
from jobs.exporting import walking
from jobs.filters import Filters
from jobs.models import JobPosting
from tests.builders import make_postings

pytestmark = pytest.mark.django_db


def walked(filters: Filters) -> list[int]:
    return [posting.pk for page in walking.pages(filters) for posting in page]


@pytest.fixture
def ids(monkeypatch: Any) -> list[int]:
    """Of ten postings, the newest first; three to a page, and a look goes four far."""
    monkeypatch.setattr(walking, "PAGE", 3)
    monkeypatch.setattr(walking, "IDS_AT_ONCE", 3)
    monkeypatch.setattr(finding, "LOOKED", 4)
    monkeypatch.setattr(finding, "LOOKED_ON_SQLITE", 4)
    return [posting.pk for posting in reversed(make_postings(10, source="desk"))]


def test_pages_have_every_posting_once(ids: list[int]) -> None:
    assert walked(Filters()) == ids
    assert walked(Filters(oldest_first=True)) == ids[::-1]


def test_full_last_page_ends_it(ids: list[int]) -> None:
    JobPosting.objects.get(pk=ids[0]).delete()

    assert walked(Filters()) == ids[1:]


def test_filters_that_seldom_meet_are_walked_to_the_end(ids: list[int]) -> None:
    JobPosting.objects.filter(pk=ids[-1]).update(title="Falconer")
    both = Filters(pairs=(("q", "falconer"), ("state", "pending")))

    assert walked(both) == [ids[-1]]
    assert walking.ids(both, most=5) == [ids[-1]]


def test_ids_stop_at_the_most_that_are_wanted(ids: list[int]) -> None:
    assert walking.ids(Filters(), most=4) == ids[:4]
    assert walking.ids(Filters(), most=100) == ids


def test_posting_that_is_deleted_meanwhile_is_left_out(ids: list[int]) -> None:
    pages = walking.pages(Filters())
    found = next(pages)
    JobPosting.objects.filter(pk__in=ids[2:5]).delete()

    assert [one.pk for one in found] == ids[:3]
    assert [one.pk for page in pages for one in page] == ids[5:]


def test_page_costs_two_queries(ids: list[int]) -> None:
    pages = walking.pages(Filters())
    next(pages)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = next(pages)
        [one.enrichment.call for one in page]

    assert len(captured) == 2
    assert not [query for query in captured if "OFFSET" in query["sql"]]
