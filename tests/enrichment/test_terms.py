"""The terms of a posting, from its facts to their counts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from enrichment import sweeper, term_counts, terms
from enrichment.models import Enrichment, Term, TermCount
from enrichment.models.terms import TermCounting
from jobs.models import JobPosting
from tests.builders import (
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    success,
)

FACTS: dict[str, Any] = {
    "role_family": "data",
    "seniority": "senior",
    "remote_policy": None,
    "employment_types": ["FULL_TIME", "PART_TIME"],
    "spoken_languages": [{"language": "nl", "level": None, "required": True}],
    "must_have_skills": ["Python", "  Data   Modelling "],
    "tools": ["python", "dbt"],
    "perks": ["Bike"],
    "salary": {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"},
}


def values(found: list[terms.Pair], kind: str) -> list[str]:
    return [value for one, value in found if one == kind]


def facts_with(**changes: Any) -> dict[str, Any]:
    return FACTS | changes


def paid(**pay: Any) -> list[terms.Pair]:
    whole = {"min": None, "max": None, "currency": "EUR", "period": "year", **pay}
    return terms.of(facts_with(salary=whole))


def enrich(posting: JobPosting, facts: Any = None) -> JobPosting:
    Enrichment.objects.filter(pk=posting.pk).update(
        status="enriched", facts=facts or FACTS, finished_at=posting.created_at
    )
    return posting


class TermsOfFactsTest(SimpleTestCase):
    def test_words_of_closed_lists_are_kept_as_they_are(self) -> None:
        found = terms.of(FACTS)
        assert values(found, "role_family") == ["data"]
        assert values(found, "employment_type") == ["FULL_TIME", "PART_TIME"]
        assert values(found, "remote_policy") == []

    def test_skill_named_twice_in_two_cases_is_one_term(self) -> None:
        assert values(terms.of(FACTS), "skill") == ["python", "data modelling", "dbt"]

    def test_languages_are_their_codes(self) -> None:
        assert values(terms.of(FACTS), "spoken_language") == ["nl"]

    def test_pay_of_a_month_reaches_the_steps_of_its_year(self) -> None:
        found = terms.of(FACTS)  # 42,000 a year
        steps = ["EUR 10000", "EUR 20000", "EUR 30000", "EUR 40000"]
        assert values(found, "salary_from") == steps
        assert values(found, "salary") == ["EUR 40000"]
        assert values(found, "role_salary") == ["data EUR 40000"]

    def test_one_end_of_a_range_is_enough(self) -> None:
        assert values(paid(min=60_000), "salary") == ["EUR 60000"]

    def test_pay_without_period_or_currency_gives_no_term(self) -> None:
        assert values(paid(min=60_000, period=None), "salary") == []
        assert values(paid(min=60_000, currency="euros"), "salary") == []

    def test_pay_below_the_first_step_gives_no_term(self) -> None:
        assert values(paid(max=900), "salary_from") == []

    def test_odd_facts_give_no_terms(self) -> None:
        odd = {"role_family": 3, "tools": "dbt", "perks": [None, 4, ""], "salary": []}
        assert terms.of(odd) == []
        assert terms.of(None) == []
        assert terms.of(["a"]) == []

    def test_long_value_and_nul_are_cut_away(self) -> None:
        found = terms.of({"tools": ["x" * 300, "a\0b"]})
        assert values(found, "skill") == ["x" * 100, "a b"]


class IndexTest(TestCase):
    def test_catching_up_indexes_each_enriched_posting_once(self) -> None:
        one, other = map(enrich, make_postings(2))
        make_posting()
        assert terms.catch_up(limit=10) == 2
        assert terms.catch_up(limit=10) == 0
        assert set(
            Term.objects.filter(value="dbt").values_list("posting", flat=True)
        ) == {
            one.pk,
            other.pk,
        }

    def test_new_facts_replace_the_terms(self) -> None:
        posting = enrich(make_posting())
        terms.refresh([posting.pk])
        enrich(posting, facts_with(tools=["airflow"], must_have_skills=[]))
        terms.refresh([posting.pk])
        skills = Term.objects.filter(kind="skill").values_list("value", flat=True)
        assert list(skills) == ["airflow"]

    def test_answer_and_its_terms_are_recorded_together(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        recorder_of(batch).record([], [success(posting)])
        assert Term.objects.filter(posting=posting.pk).exists()
        assert terms.catch_up(limit=10) == 0

    def test_terms_go_with_their_posting(self) -> None:
        posting = enrich(make_posting())
        terms.refresh([posting.pk])
        assert Term.objects.exists()
        posting.delete()
        assert not Term.objects.exists()

    def test_posting_with_terms_can_be_deleted_in_the_admin(self) -> None:
        posting = enrich(make_posting())
        terms.refresh([posting.pk])
        self.client.force_login(User.objects.create_superuser("root"))
        address = reverse("admin:jobs_jobposting_delete", args=[posting.pk])
        assert self.client.get(address).status_code == 200
        assert self.client.post(address, {"post": "yes"}).status_code == 302
        assert not JobPosting.objects.filter(pk=posting.pk).exists()


class CountsTest(TestCase):
    def test_most_frequent_value_comes_first(self) -> None:
        enrich(make_posting(), facts_with(tools=["airflow"]))
        enrich(make_posting())
        sweeper.keep_terms()
        assert term_counts.top("skill", limit=2) == [
            ("data modelling", 2),
            ("python", 2),
        ]
        assert term_counts.of("skill", "airflow") == 1
        assert term_counts.of("skill", "cobol") is None

    def test_sources_are_counted_with_their_enriched_ones(self) -> None:
        enrich(make_posting(source="feed"))
        make_posting(source="feed")
        term_counts.refresh()
        assert term_counts.top("source") == [("feed", 2)]
        assert term_counts.top("source_enriched") == [("feed", 1)]

    def test_nothing_is_counted_before_it_is_due(self) -> None:
        assert term_counts.refresh_if_due()
        enrich(make_posting())
        assert not term_counts.refresh_if_due()

    def test_nothing_is_counted_where_nothing_has_changed(self) -> None:
        term_counts.refresh_if_due()
        TermCounting.objects.update(due_at="2020-01-01T00:00Z")
        assert not term_counts.refresh_if_due()

    def test_slow_count_is_left_to_who_has_the_time(self) -> None:
        term_counts.refresh_if_due()
        TermCounting.objects.update(due_at="2020-01-01T00:00Z", seen="", took_ms=4000)
        assert not term_counts.refresh_if_due(only_quick=True)
        assert term_counts.refresh_if_due()

    def test_counts_start_anew_each_time(self) -> None:
        enrich(make_posting())
        sweeper.keep_terms()
        term_counts.refresh()
        assert TermCount.objects.get(kind="skill", value="dbt").count == 1
