"""System checks of the database's side: `manage.py migrate` and `check --database` run them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

MIGRATION = ("jobs", "0003_search")
INDEX = "jobs_jobposting_words"


def register_all() -> None:
    register(check_search_index, Tags.database)


def check_search_index(
    app_configs: Sequence[Any] | None = None,
    databases: Sequence[str] | None = None,
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Searching a million postings without an index takes seconds."""
    if not databases or connection.vendor != "postgresql" or not _is_missing():
        return []
    return [
        Warning(
            "Searching postings reads the whole table: the extension pg_trgm is missing.",
            hint="Let a superuser run CREATE EXTENSION pg_trgm; in this database, then: "
            "manage.py migrate jobs 0002 && manage.py migrate jobs",
            id="jobs.W001",
        )
    ]


def _is_missing() -> bool:
    """Whether the migration that makes the index had to go without it."""
    if MIGRATION not in MigrationRecorder(connection).applied_migrations():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [INDEX])
        row: tuple[bool] = cursor.fetchone()
    return row[0]
