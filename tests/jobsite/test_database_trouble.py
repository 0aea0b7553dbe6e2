"""Commands on a database that isn't there, or not as this version needs it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError

from jobsite.database_trouble import advice
from tests.installation import Installation


def test_unmigrated_database_is_told_with_what_to_do(
    installation: Installation,
) -> None:
    installation.manage("migrate", "enrichment", "zero", "-v0")

    done = installation.manage("enrich_batch", check=False)

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("manage.py: The database lacks ")
    assert line.endswith(" migrations of this version. Run `manage.py migrate` first.")


@pytest.mark.any_database
def test_database_that_cannot_be_opened_is_named(installation: Installation) -> None:
    missing = installation.directory / "nowhere" / "site.sqlite3"
    installation.env["DATABASE_URL"] = f"sqlite:///{missing}"

    done = installation.manage("enrich_batch", check=False)

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line == (
        "manage.py: The database that DATABASE_URL names does not answer: "
        "unable to open database file"
    )


def test_reason_of_many_lines_becomes_one() -> None:
    told = advice(OperationalError("connection failed:\n\tIs the server running?"))

    assert told is not None
    assert told.endswith("does not answer: connection failed: Is the server running?")


@pytest.mark.django_db
def test_fault_with_all_migrations_applied_keeps_its_traceback() -> None:
    assert advice(DatabaseError("value too long")) is None
