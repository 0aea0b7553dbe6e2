"""The files of a deployment, as far as they can be told without an engine: their linters, and
that they name what there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from enrichment.cluster import STOP_WITHIN
from tests.installation import ROOT

pytestmark = pytest.mark.any_database

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SCRIPTS = sorted(DEPLOY.glob("*.sh"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
VARIABLE = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")


def run(*command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(one) for one in command],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )


def clean(*command: str | Path) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def variables() -> set[str]:
    """That the settings read, with the files that may hold them."""
    modules = (ROOT / "jobsite" / name for name in ("settings.py", "security.py"))
    names = {name for path in modules for name in VARIABLE.findall(path.read_text())}
    return names | {f"{name}_FILE" for name in names}


def test_dockerfile_is_clean() -> None:
    clean(Path(sys.executable).with_name("hadolint"), "Dockerfile")


def test_yaml_is_clean() -> None:
    clean(sys.executable, "-m", "yamllint", "--strict", "compose.yaml", "deploy")


def test_image_is_sent_what_it_copies_and_nothing_more() -> None:
    copied = set(re.findall(r"^COPY (?!--)(\S+)", DOCKERFILE, re.M))
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    sent = {line.removeprefix("!") for line in ignore if line.startswith("!")}

    assert ignore[1] == "*"
    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)


def test_image_installs_by_hash_and_runs_as_nobody_in_particular() -> None:
    assert "--require-hashes --only-binary :all:" in DOCKERFILE
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M)
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("\nCMD")
    # The tag says which Python to the last digit.
    assert re.search(r"^ARG PYTHON=3\.11\.\d+-slim-\w+$", DOCKERFILE, re.M)


def test_services_run_what_there_is_with_variables_that_are_read() -> None:
    services = COMPOSE["services"]
    assert services.keys() == {"db", "migrate", "web", "worker"}
    for name in ("migrate", "worker"):
        assert services[name]["command"][2] in get_commands()
    assert set(services["web"]["environment"]) <= variables()
    assert services["worker"]["deploy"]["replicas"] == 2


def test_services_have_no_more_than_they_need() -> None:
    services = COMPOSE["services"]
    for name in ("migrate", "web", "worker"):
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["secrets"] == [
            *("database_url", "secret_key", "openai_api_key")
        ]
    assert "ports" not in services["db"]
    assert services["db"]["networks"] == ["data"]
    assert COMPOSE["networks"]["data"]["internal"]
    assert services["web"]["ports"] == ["127.0.0.1:${JOBSITE_PORT:-8000}:8000"]


def test_secrets_are_made_once_and_for_compose(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "make-secrets.sh", tmp_path)

    clean(tmp_path / "make-secrets.sh")
    made = {one.name: one.read_text() for one in (tmp_path / "secrets").iterdir()}
    clean(tmp_path / "make-secrets.sh")

    wanted = {Path(one["file"]).name for one in COMPOSE["secrets"].values()}
    assert made.keys() == wanted
    assert made["postgres_password"] in made["database_url"]
    assert len(made["secret_key"]) >= 50
    again = {one.name: one.read_text() for one in (tmp_path / "secrets").iterdir()}
    assert again == made
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_workers_get_the_time_that_they_need_to_leave() -> None:
    grace = COMPOSE["services"]["worker"]["stop_grace_period"]
    unit = (DEPLOY / "systemd" / "jobsite-worker@.service").read_text()
    supervisor = (DEPLOY / "supervisord.conf").read_text()
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    waits = re.findall(r"^stopwaitsecs = (\d+)$", supervisor, re.M)

    assert "KillMode=mixed" in unit
    for given in (grace.removesuffix("s"), seconds, max(waits, key=int)):
        assert float(given) > STOP_WITHIN + 5


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_units_are_clean(tmp_path: Path) -> None:
    for path in UNITS:
        # What isn't installed on this machine would be its only complaint.
        text = re.sub(
            r"^ExecStart=\S+", "ExecStart=/usr/bin/env", path.read_text(), flags=re.M
        )
        (tmp_path / path.name).write_text(text)

    clean("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_can_be_read_and_run(path: Path) -> None:
    clean("sh", "-n", path)
    assert os.access(path, os.X_OK)


def test_backup_keeps_the_password_off_the_command_line(tmp_path: Path) -> None:
    """By stand-ins for PostgreSQL's programs, which write down what they were given."""
    tools = tmp_path / "bin"
    tools.mkdir()
    told = tmp_path / "told"
    dump = f'#!/bin/sh\necho "$PGPASSWORD $*" >{told}\nfor a; do case $a in --file=*) echo x >"${{a#--file=}}";; esac; done\n'
    for name, text in {"pg_dump": dump, "pg_restore": "#!/bin/sh\n"}.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    address = "postgres://jobsite:s%40cret@db.example:5432/jobs?sslmode=require"

    done = run(
        *(DEPLOY / "backup.sh", tmp_path / "kept"),
        PATH=f"{tools}:{os.environ['PATH']}",
        DATABASE_URL=address,
    )

    assert done.returncode == 0, done.stderr
    password, _space, arguments = told.read_text().partition(" ")
    assert password == "s@cret"
    assert (
        "--dbname=postgres://jobsite@db.example:5432/jobs?sslmode=require" in arguments
    )
    assert "cret" not in arguments
    (kept,) = (tmp_path / "kept").iterdir()
    assert re.fullmatch(r"jobsite-\d{8}T\d{6}Z\.dump", kept.name)


def test_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "pg_dump").write_text("#!/bin/sh\nexit 1\n")
    (tools / "pg_dump").chmod(0o755)

    done = run(
        *(DEPLOY / "backup.sh", tmp_path / "kept"),
        PATH=f"{tools}:{os.environ['PATH']}",
        DATABASE_URL="postgres://localhost/jobs",
    )

    assert done.returncode == 1
    assert list((tmp_path / "kept").iterdir()) == []
