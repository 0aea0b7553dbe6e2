"""What the settings make of an environment, each in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Finished, environment, run

SECRET = "aB3-dE6_gH9.jK2" * 4
PRODUCTION = {
    "DJANGO_DEBUG": "false",
    "DJANGO_SECRET_KEY": SECRET,
    "DJANGO_ALLOWED_HOSTS": "jobs.example.org",
}


def start(directory: Path, *arguments: str, **env: str) -> Finished:
    """A command that loads the settings and the checks, and touches no database."""
    variables = environment(JOBSITE_VAR_DIR=str(directory), **env)
    command = [sys.executable, "manage.py", "check", *arguments]
    return run(variables, command, check=False, timeout=120)


def settings(directory: Path, *names: str, **env: str) -> list[Any]:
    variables = environment(JOBSITE_VAR_DIR=str(directory), **env)
    code = (
        "import json; from django.conf import settings\n"
        f"print(json.dumps([getattr(settings, name) for name in {names!r}]))"
    )
    done = run(variables, [sys.executable, "-c", code], check=True, timeout=120)
    values: list[Any] = json.loads(done.last_line)
    return values


def test_nothing_set_starts_in_development(tmp_path: Path) -> None:
    done = start(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")


def test_complete_production_starts(tmp_path: Path) -> None:
    assert start(tmp_path, **PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DJANGO_SECRET_KEY", "", "needed when DJANGO_DEBUG is false"),
        (
            "DJANGO_SECRET_KEY",
            "development-only-secret-never-used-with-debug-off",
            "needed when DJANGO_DEBUG is false",
        ),
        ("DJANGO_SECRET_KEY", "hunter2" * 7, "too short or too easy to guess"),
        ("DJANGO_SECRET_KEY_FALLBACKS", f"{SECRET}, hunter2", "too short"),
        ("DJANGO_ALLOWED_HOSTS", "", "name the site's host names"),
        ("DJANGO_ALLOWED_HOSTS", "jobs.example.org,*", "name the site's host names"),
    ],
)
def test_incomplete_production_does_not_start(
    tmp_path: Path, name: str, value: str, problem: str
) -> None:
    done = start(tmp_path, **PRODUCTION | {name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"manage.py: {name}: {problem}")
    assert len(done.stderr.splitlines()) == 1
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DJANGO_DEBUG", "perhaps"),
        ("DATABASE_URL", "mysql://ann:hunter2@localhost/site"),
        ("OPENAI_BASE_URL", "localhost:8090"),
        ("ENRICHMENT_API", "soap"),
        ("ENRICHMENT_BATCH_SIZE", "0"),
        ("ENRICHMENT_DELAY_BETWEEN_JOBS", "one"),
        ("ENRICHMENT_MAX_RETRIES", "-1"),
        ("Q_WORKERS", "many"),
        ("Q_BROKER_URL", "redis://:hunter2@localhost/queue"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_bad_value_ends_the_start_with_one_line_that_names_it(
    tmp_path: Path, name: str, value: str
) -> None:
    done = start(tmp_path, **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"manage.py: {name}: ")
    assert len(done.stderr.splitlines()) == 1
    assert "hunter2" not in done.stderr


def test_sqlite_waits_for_the_write_lock_from_the_beginning(tmp_path: Path) -> None:
    [databases] = settings(tmp_path, "DATABASES", DATABASE_URL="")

    assert databases["default"]["NAME"] == str(tmp_path / "jobs.sqlite3")
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_options_of_a_postgres_address_stay(tmp_path: Path) -> None:
    address = "postgres://me:secret@db.example.org/jobs?sslmode=verify-full"

    (databases,) = settings(tmp_path, "DATABASES", DATABASE_URL=address)

    options = databases["default"]["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["tcp_user_timeout"] > 0


def test_postgres_gets_a_pool(tmp_path: Path) -> None:
    address = "postgres://ann:secret@localhost:5433/site"

    [databases] = settings(tmp_path, "DATABASES", DATABASE_URL=address)

    assert databases["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert databases["default"]["OPTIONS"]["pool"]["min_size"] == 1


@pytest.mark.parametrize(
    ("env", "offline"),
    [
        ({}, True),
        ({"OPENAI_API_KEY": ""}, True),
        ({"OPENAI_API_KEY": "sk-x"}, False),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, False),
    ],
)
def test_without_key_and_address_the_offline_extractor_serves(
    tmp_path: Path, env: dict[str, str], *, offline: bool
) -> None:
    assert settings(tmp_path, "ENRICHMENT_OFFLINE", **env) == [offline]


def test_earlier_secrets_go_on_for_what_they_signed(tmp_path: Path) -> None:
    earlier = SECRET[::-1]
    env = PRODUCTION | {"DJANGO_SECRET_KEY_FALLBACKS": f"{earlier}, {SECRET}x"}

    assert settings(tmp_path, "SECRET_KEY", "SECRET_KEY_FALLBACKS", **env) == [
        SECRET,
        [earlier, f"{SECRET}x"],
    ]
