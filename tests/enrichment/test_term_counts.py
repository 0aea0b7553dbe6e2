"""Counts of terms follow what changes them."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db.models.functions import Now

from enrichment import edits, sweeper, term_counts, terms
from enrichment.models import Enrichment, Term
from enrichment.models.terms import TermCounting
from enrichment.querysets import Seen
from tests.builders import make_postings
from tests.enrichment.test_terms import FACTS, enrich
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


def come_due() -> None:
    TermCounting.objects.update(due_at=Now())


class TestCounts:
    def test_postings_indexed_after_an_upgrade_are_counted(self) -> None:
        for posting in make_postings(4):
            enrich(posting)
        terms.catch_up(limit=2)
        term_counts.refresh()

        come_due()
        sweeper.keep_terms()

        assert Term.objects.filter(kind="role_family").count() == 4
        assert term_counts.top("role_family") == [("data", 4)]

    def test_a_correction_is_counted(self) -> None:
        (posting,) = make_postings(1)
        enrich(posting)
        terms.catch_up(limit=2)
        term_counts.refresh_if_due()

        row = Enrichment.objects.get(pk=posting.pk)
        user = User.objects.create(username="ann")
        seen = Seen(edit_number=0, call_id=None)
        assert edits.correct(row, {"role_family": "sales"}, user=user, seen=seen)
        come_due()
        term_counts.refresh_if_due()

        assert term_counts.top("role_family") == [("sales", 1)]

    def test_two_that_count_at_once_do_not_fail(self) -> None:
        for number, posting in enumerate(make_postings(30)):
            enrich(
                posting, FACTS | {"tools": [f"tool {number} {n}" for n in range(40)]}
            )
        terms.catch_up(limit=100)
        term_counts.refresh()

        together(*[partial(term_counts.refresh)] * 4)
