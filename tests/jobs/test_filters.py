"""The filters in the list's address: what counts as one, and how they are written."""

from __future__ import annotations

from django.http import QueryDict
from django.test import TestCase

from jobs import filters
from jobs.filters import Filters


def read(query: str) -> Filters:
    return filters.read(QueryDict(query))


class ReadTests(TestCase):
    def test_each_name_gives_a_filter_in_a_fixed_order(self) -> None:
        found = read("skill=sql&state=failed&q=night++baker&seniority=senior")

        assert found.pairs == (
            ("q", "night baker"),
            ("state", "failed"),
            ("seniority", "senior"),
            ("skill", "sql"),
        )

    def test_odd_values_are_no_filter(self) -> None:
        odd = "state=gone&kind=%3F&seniority=great&skill=+&q=%00&source=&nobody=1"

        assert read(odd) == Filters()

    def test_several_skills_are_kept_and_of_states_the_last(self) -> None:
        found = read("skill=SQL&skill=Python&skill=sql&state=failed&state=pending")

        assert found.pairs == (
            ("state", "pending"),
            ("skill", "sql"),
            ("skill", "python"),
        )

    def test_amount_needs_a_currency_and_a_known_step(self) -> None:
        found = read("currency=EUR&salary_from=40000&salary_below=60000")

        assert found.get("salary_from") == "EUR 40000"
        assert found.get("salary_below") == "EUR 60000"
        for odd in ("salary_from=40000", "currency=EUR&salary_from=41000"):
            assert read(odd) == Filters()
        assert (
            read("currency=EUR&salary_from=%C2%B2") == Filters()
        )  # a digit, no number

    def test_only_so_many_count(self) -> None:
        many = "&".join(f"skill={number}" for number in range(50))

        assert len(read(many).pairs) == filters.MOST


class WriteTests(TestCase):
    def test_what_is_written_reads_the_same(self) -> None:
        query = (
            "q=a+%26+b&state=failed&kind=timeout&source=own&skill=c%2B%2B"
            "&currency=EUR&salary_from=40000&salary_below=60000&order=oldest"
        )

        assert read(query).query() == f"?{query}"
        assert read(query).query(before=7) == f"?{query}&before=7"

    def test_toggling_twice_changes_nothing(self) -> None:
        found = read("q=baker&order=oldest")

        once = found.toggled("skill", "sql")

        assert once.query() == "?q=baker&skill=sql&order=oldest"
        assert once.toggled("skill", "sql") == found

    def test_another_value_takes_the_place_where_one_can_be(self) -> None:
        found = read("seniority=senior&skill=sql")

        assert found.plus("seniority", "junior").get("seniority") == "junior"
        assert len(found.plus("skill", "python").pairs) == 3


class LabelTests(TestCase):
    def test_values_are_told_in_words(self) -> None:
        for pair, words in {
            ("state", "failed"): "failed",
            ("kind", "timeout"): "no answer in time",
            ("seniority", "mid"): "Mid-level",
            ("spoken_language", "nl"): "Dutch",
            ("skill", "postgresql"): "PostgreSQL",
            ("salary_from", "EUR 40000"): "€ 40,000 or more",
            ("salary_below", "EUR 60000"): "less than € 60,000",
            ("q", "night baker"): "night baker",
        }.items():
            with self.subTest(pair):
                assert filters.label(*pair) == words
