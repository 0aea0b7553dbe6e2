"""Searching postings: the same words find the same ones on both databases."""

from __future__ import annotations

import importlib

import pytest
from django.db import connection
from django.test import TestCase

from jobs import checks, search
from jobs.models import JobPosting
from tests.builders import make_posting

migration = importlib.import_module("jobs.migrations.0003_search")
postgres_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no such index"
)


def found(words: str) -> set[str]:
    return set(
        search.matching(JobPosting.objects.all(), words).values_list("title", flat=True)
    )


class SearchTests(TestCase):
    def test_every_word_has_to_be_somewhere(self) -> None:
        make_posting(title="Night baker", company="Ann & Co", location="Ghent")
        make_posting(title="Day baker", company="Bob", location="Lille")

        assert found("BAKER ann") == {"Night baker"}
        assert found("baker ghent lille") == set()

    def test_parts_of_words_and_external_ids_are_found(self) -> None:
        make_posting(title="Vrachtwagenchauffeur", external_id="VDAB-7731")

        assert found("chauffeur") == {"Vrachtwagenchauffeur"}
        assert found("7731") == {"Vrachtwagenchauffeur"}

    def test_short_words_are_found_where_a_word_begins(self) -> None:
        for title in ("IT manager", "Manager (IT)", "Recruiter", "ICT/it lead"):
            make_posting(title=title)

        assert found("it") == {"IT manager", "Manager (IT)", "ICT/it lead"}

    def test_signs_in_a_word_count(self) -> None:
        make_posting(title="C developer")
        make_posting(title="C++ developer")
        make_posting(title="100% remote")

        assert found("c++") == {"C++ developer"}
        assert found("100%") == {"100% remote"}

    def test_signs_alone_are_no_word(self) -> None:
        make_posting(title="There")

        assert found("& - ++ _%") == found("") == {"There"}

    def test_only_the_first_words_count(self) -> None:
        make_posting(title="There")

        assert found("there " * search.MOST_WORDS + "nowhere") == {"There"}


@postgres_only
class IndexTests(TestCase):
    def test_query_reads_as_the_index_does(self) -> None:
        rows = search.matching(JobPosting.objects.all(), "falconer")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

        assert checks.INDEX in rows.explain()

    def test_missing_index_is_told_with_what_to_do(self) -> None:
        assert checks.check_search_index(databases=["default"]) == []
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {checks.INDEX}")

        (warning,) = checks.check_search_index(databases=["default"])
        assert (warning.id, "pg_trgm" in str(warning.hint)) == ("jobs.W001", True)

    def test_check_that_may_not_ask_the_database_says_nothing(self) -> None:
        assert checks.check_search_index() == []

    def test_database_without_the_extension_gets_no_index(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {checks.INDEX}")
            cursor.execute("DROP EXTENSION pg_trgm")
            cursor.execute("CREATE ROLE guest")
            cursor.execute("SET LOCAL ROLE guest")

        with connection.schema_editor() as editor:
            migration.create_index(None, editor)

        assert not connection.needs_rollback


class SqliteTests(TestCase):
    def test_migration_and_check_have_nothing_to_do(self) -> None:
        if connection.vendor == "postgresql":
            self.skipTest("the tests above are about PostgreSQL")
        migration.create_index(None, connection.schema_editor())

        assert checks.check_search_index(databases=["default"]) == []
