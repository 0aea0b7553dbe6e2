"""Finding postings by several filters at once, a bounded piece of the way at a time."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import TestCase

from enrichment import term_counts, terms
from enrichment.models import Enrichment
from jobs import filters, finding
from jobs.models import JobPosting
from tests.builders import (
    enriched_posting,
    failed_posting,
    make_posting,
    make_postings,
)

# The source, which isn't counted yet, is taken for the rarer one.
SELDOM = "source=own&state=failed"


def with_facts(title: str, **facts: Any) -> JobPosting:
    """An enriched posting, found by its facts."""
    posting = make_posting(title=title)
    Enrichment.objects.filter(pk=posting.pk).update(
        status="enriched", facts=facts, finished_at=posting.created_at
    )
    terms.refresh([posting.pk])
    return posting


def found(query: str, **options: Any) -> list[str]:
    """Titles, in the order of the walk."""
    chosen = filters.read(QueryDict(query))
    ids = finding.look(finding.plan(chosen), limit=100, **options).ids
    titles = dict(JobPosting.objects.values_list("pk", "title"))
    return [titles[pk] for pk in ids]


class LookTests(TestCase):
    def test_newest_come_first_and_upwards_the_oldest(self) -> None:
        one, _two, three = (make_posting(title=title) for title in ("1", "2", "3"))

        assert found("") == ["3", "2", "1"]
        assert found("", upwards=True) == ["1", "2", "3"]
        assert found("", start=three.pk) == ["2", "1"]
        assert found("", upwards=True, start=one.pk) == ["2", "3"]

    def test_all_filters_have_to_be_met(self) -> None:
        with_facts("both", seniority="senior", tools=["SQL", "Python"])
        with_facts("one", seniority="senior", tools=["SQL"])
        with_facts("other", seniority="junior", tools=["SQL", "Python"])

        assert found("skill=sql") == ["other", "one", "both"]
        assert found("skill=sql&skill=python") == ["other", "both"]
        assert found("skill=sql&skill=python&seniority=senior") == ["both"]
        assert found("skill=cobol&seniority=senior") == []

    def test_terms_meet_states_sources_and_words(self) -> None:
        with_facts("Night baker", tools=["Oven"])
        with_facts("Day baker", tools=["Oven"])
        failed_posting(title="Night nurse", source="feed")

        assert found("skill=oven&q=night") == ["Night baker"]
        assert found("skill=oven&state=enriched&source=import") == [
            "Day baker",
            "Night baker",
        ]
        assert found("skill=oven&state=failed") == []
        assert found("state=failed&kind=bad_output&source=feed&q=nurse") == [
            "Night nurse"
        ]

    def test_pay_is_between_its_two_ends(self) -> None:
        for title, amount in (("low", 25_000), ("middle", 45_000), ("high", 90_000)):
            pay = {"min": amount, "max": None, "currency": "EUR", "period": "year"}
            with_facts(title, salary=pay)
        with_facts("unpaid")

        assert found("currency=EUR&salary_from=40000") == ["high", "middle"]
        assert found("currency=EUR&salary_below=50000") == ["middle", "low"]
        assert found("currency=EUR&salary_from=40000&salary_below=50000") == ["middle"]
        assert found("currency=USD&salary_from=40000") == []

    def test_rarest_filter_is_walked_along(self) -> None:
        with_facts("rare", seniority="senior", tools=["SQL"])
        for number in range(3):
            with_facts(str(number), seniority="senior")
        term_counts.refresh()

        chosen = filters.read(QueryDict("skill=sql&seniority=senior"))

        with self.assertNumQueries(3) as captured:  # counts, where to stop, ids
            finding.look(finding.plan(chosen), limit=10)
        walked = """FROM "enrichment_term" WHERE ("enrichment_term"."kind" = 'skill'"""
        assert walked in captured[-1]["sql"]


class StartableTests(TestCase):
    def startable(self, query: str, **options: Any) -> list[int]:
        chosen = filters.read(QueryDict(query))
        return finding.startable(chosen, **{"limit": 100, **options})

    def test_pending_ones_come_before_those_that_failed(self) -> None:
        one, other = make_postings(2, company="Ann")
        failed = failed_posting(company="Ann")
        enriched_posting(company="Ann")
        make_posting(company="Bob")

        assert self.startable("q=ann") == [other.pk, one.pk, failed.pk]
        assert self.startable("q=ann", limit=2) == [other.pk, one.pk]
        assert self.startable("q=ann&order=oldest&state=pending") == [one.pk, other.pk]

    def test_only_states_that_the_filters_leave(self) -> None:
        make_posting()
        failed = failed_posting()

        assert self.startable("state=failed") == [failed.pk]
        assert self.startable("kind=bad_output") == [failed.pk]
        assert self.startable("state=enriched") == []


class BoundTests(TestCase):
    def test_look_stops_and_says_where(self) -> None:
        wanted = failed_posting(source="own")
        make_postings(4, source="own")
        chosen = filters.read(QueryDict(SELDOM))

        first = finding.look(finding.plan(chosen), limit=10, most=3)
        second = finding.look(
            finding.plan(chosen), limit=10, most=3, start=first.stopped_at
        )

        assert (first.ids, first.stopped_at) == ([], wanted.pk + 2)
        assert (second.ids, second.stopped_at) == ([wanted.pk], None)

    def test_upwards_as_well(self) -> None:
        oldest, *_others = make_postings(3, source="own")
        wanted = failed_posting(source="own")
        chosen = filters.read(QueryDict(SELDOM))

        first = finding.look(finding.plan(chosen), limit=10, most=3, upwards=True)
        second = finding.look(
            finding.plan(chosen), limit=10, most=3, upwards=True, start=first.stopped_at
        )

        assert (first.ids, first.stopped_at) == ([], oldest.pk + 2)
        assert second.ids == [wanted.pk]

    def test_full_page_has_no_end_in_between(self) -> None:
        make_postings(5, source="own")
        chosen = filters.read(QueryDict("source=own&state=pending"))

        look = finding.look(finding.plan(chosen), limit=3, most=3)

        assert (len(look.ids), look.stopped_at) == (3, None)

    def test_one_filter_alone_is_never_cut(self) -> None:
        make_postings(5, source="own")

        assert len(found("source=own", most=3)) == 5
        assert len(found("state=pending", most=3)) == 5
