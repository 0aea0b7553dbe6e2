"""A site that can be used: tables, some postings, a login.

Used by `manage.py setup_site`, `run_site` and `demo`. What is there already is left alone.
"""

from __future__ import annotations

import fcntl
import io
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction

from enrichment.health import missing_migrations
from jobs.models import JobPosting

SAMPLES = settings.BASE_DIR / "jobs" / "data" / "sample_postings.jsonl"
USER = "admin"

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Login:
    user: str
    password: str


def prepare(say: Say) -> None:
    """Tables, postings and a login, each where it's missing; one process at a time."""
    with _alone():
        migrate(say)
        add_samples(say)
        add_login(say)


def migrate(say: Say) -> None:
    if missing := missing_migrations():
        call_command("migrate", verbosity=0, interactive=False)
        say(f"Database: {missing} migrations applied to {database()}.")


def add_samples(say: Say) -> None:
    """Only into a database without any posting."""
    if not JobPosting.objects.exists():
        counts = io.StringIO()
        call_command("import_jobs", str(SAMPLES), stdout=counts)
        say(f"Sample postings: {counts.getvalue().strip()}.")


def add_login(say: Say) -> None:
    """A superuser with a random password, where there is no superuser."""
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists():
        return
    names = chain([USER], (f"{USER}{number}" for number in count(2)))
    name = next(name for name in names if not users.filter(username=name).exists())
    login = Login(user=name, password=secrets.token_urlsafe(12))
    with transaction.atomic():
        user = get_user_model()(username=name, is_staff=True, is_superuser=True)
        user.set_password(login.password)
        user.save()
        _write(login)  # before the commit: nobody has a user without the password
    say(f"Login: {name}, password {login.password} (kept in {shown(login_file())}).")


def stored_login() -> Login | None:
    """The one that `add_login` made; None where it is gone or its password was changed."""
    try:
        lines = login_file().read_text(encoding="utf-8").splitlines()
        fields = dict(line.split(": ", 1) for line in lines if line)
        login = Login(user=fields["user"], password=fields["password"])
    except (OSError, ValueError, KeyError):
        return None
    users = get_user_model()._default_manager
    user = users.filter(username=login.user, is_active=True).first()
    return login if user and user.check_password(login.password) else None


def login_file() -> Path:
    path: Path = settings.VAR_DIR / "login.txt"
    return path


def database() -> str:
    """Its name for people: SQLite's file, or PostgreSQL and the database."""
    name = str(connection.settings_dict["NAME"])
    return shown(Path(name)) if connection.vendor == "sqlite" else f"PostgreSQL {name}"


def shown(path: Path) -> str:
    """Relative to the project, where it is inside."""
    inside = path.is_relative_to(settings.BASE_DIR)
    return str(path.relative_to(settings.BASE_DIR) if inside else path)


def _write(login: Login) -> None:
    path = login_file()
    path.unlink(missing_ok=True)  # with whatever rights it had
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"user: {login.user}\npassword: {login.password}\n")


@contextmanager
def _alone() -> Iterator[None]:
    """The lock ends with the process."""
    with (settings.VAR_DIR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
