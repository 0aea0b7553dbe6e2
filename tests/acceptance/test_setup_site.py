"""`make setup`: what it leaves, and that again does no harm."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from tests.acceptance.sites import make
from tests.installation import Installation

POSTINGS = "select count(*) from jobs_jobposting"
SUPERUSERS = "select count(*) from auth_user where is_superuser"


def login_of(installation: Installation) -> dict[str, str]:
    text = (installation.directory / "login.txt").read_text()
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_first_time_brings_postings_and_a_login(installation: Installation) -> None:
    done = make(installation, "setup")

    login = login_of(installation)
    assert installation.value(POSTINGS) == 60
    assert installation.value(SUPERUSERS) == 1
    assert f"Login: admin, password {login['password']}" in done.stdout
    assert done.stdout.count(login["password"]) == 1


def test_password_is_for_its_owner_alone(installation: Installation) -> None:
    (installation.directory / "login.txt").touch(mode=0o666)

    installation.manage("setup_site")

    mode = Path(installation.directory, "login.txt").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_login_works(installation: Installation) -> None:
    installation.manage("setup_site")
    login = login_of(installation)

    done = installation.python(
        "from django.contrib.auth import authenticate\n"
        "from django.http import HttpRequest\n"
        f"user = authenticate(HttpRequest(), username={login['user']!r}, "
        f"password={login['password']!r})\n"
        "print(user.is_superuser, user.is_staff)"
    )

    assert done.last_line == "True True"


def test_second_time_changes_nothing(installation: Installation) -> None:
    installation.manage("setup_site")
    before = login_of(installation)

    done = installation.manage("setup_site")

    assert "nothing to do" in done.stdout
    assert len(done.lines) == 1
    assert installation.value(POSTINGS) == 60
    assert login_of(installation) == before


def test_own_postings_and_superuser_are_enough(installation: Installation) -> None:
    installation.python(
        "from django.contrib.auth.models import User\n"
        "from jobs.models import JobPosting\n"
        "User.objects.create_superuser('ann')\n"
        "JobPosting(external_id='1', title='Baker', description='Bread').save()"
    )

    installation.manage("setup_site")

    assert installation.value(POSTINGS) == 1
    assert installation.value(SUPERUSERS) == 1
    assert not (installation.directory / "login.txt").exists()


def test_taken_name_is_left_to_its_user(installation: Installation) -> None:
    installation.python(
        "from django.contrib.auth.models import User\nUser.objects.create_user('admin')"
    )

    installation.manage("setup_site")

    assert login_of(installation)["user"] == "admin2"


def test_two_at_once_make_one_site(installation: Installation) -> None:
    command = (sys.executable, "manage.py", "setup_site")

    first, second = (installation.start("setup", *command) for _time in range(2))

    installation.wait_until(lambda: not first.is_running and not second.is_running, 120)

    assert installation.value(POSTINGS) == 60
    assert installation.value(SUPERUSERS) == 1
