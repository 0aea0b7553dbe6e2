"""A whole separate site for acceptance tests: own database, own environment, real processes.

Of the same kind of database as the run's `DATABASE_URL`. Usually by the fixture:

    def test_something(installation):
        installation.manage("import_jobs", "postings.jsonl")
        installation.start_worker()
        installation.wait_for("select count(*) from jobs_jobposting", 60)
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Self

import psycopg

from jobsite import processes
from tests import services
from tests.site_processes import Service, answers, free_port, kill_session

ROOT = Path(__file__).resolve().parent.parent
_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a command left: `lines` are the lines of its standard output."""

    command: str
    returncode: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()

    @property
    def last_line(self) -> str:
        return self.lines[-1] if self.lines else ""


class Template:
    """A migrated database that each installation starts with a copy of."""

    def __init__(self, address: str) -> None:
        self.server = address
        self.directory = Path(tempfile.mkdtemp(prefix="jobsite-template-"))
        self.is_postgres = not address.startswith("sqlite")
        self._name = f"template_{os.getpid()}"
        if self.is_postgres:
            self._execute(f'CREATE DATABASE "{self._name}"')
            own = services.database_address(address, self._name)
        else:
            own = f"sqlite:///{self.directory}/template.sqlite3"
        env = environment(DATABASE_URL=own, JOBSITE_VAR_DIR=str(self.directory))
        run_manage(env, "migrate", "-v0")
        if not self.is_postgres:
            # All into the one file: what stays in the -wal beside it isn't copied.
            with sqlite3.connect(self.directory / "template.sqlite3") as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()

    def copy_to(self, directory: Path) -> str:
        """The address of a new copy."""
        if not self.is_postgres:
            path = directory / "site.sqlite3"
            shutil.copyfile(self.directory / "template.sqlite3", path)
            return f"sqlite:///{path}"
        name = f"installation_{os.getpid()}_{next(_numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        return services.database_address(self.server, name)

    def drop(self, address: str) -> None:
        if self.is_postgres:
            name = address.rpartition("/")[2]
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def remove(self) -> None:
        self.drop(f"/{self._name}")
        shutil.rmtree(self.directory, ignore_errors=True)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())


class Installation:
    """`env` of the constructor adds to, or overrides, the installation's own variables."""

    def __init__(
        self, *, template: Template, env: Mapping[str, str] | None = None
    ) -> None:
        self.template = template
        self.directory = Path(tempfile.mkdtemp(prefix="jobsite-installation-"))
        self.address = template.copy_to(self.directory)
        self.env = environment(
            DATABASE_URL=self.address,
            JOBSITE_VAR_DIR=str(self.directory),
            HOME=str(self.directory),
            ENRICHMENT_DELAY_BETWEEN_JOBS="0",
        )
        self.env.update(env or {})
        self.services: list[Service] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    # --- Commands -----------------------------------------------------------------------
    def manage(
        self, *arguments: str | Path, check: bool = True, timeout: float = 180
    ) -> Finished:
        """Run `manage.py`; with `check`, fail unless it exits with 0."""
        return run_manage(self.env, *map(str, arguments), check=check, timeout=timeout)

    def python(
        self, code: str, *, check: bool = True, timeout: float = 180
    ) -> Finished:
        """Run Python code in a process with Django set up for this installation."""
        code = f"import django\ndjango.setup()\n{code}"
        return run(self.env, [sys.executable, "-c", code], check=check, timeout=timeout)

    # --- Processes ----------------------------------------------------------------------
    def start_worker(self, **env: str) -> Service:
        """A real `manage.py qcluster`; `env` adds to its environment alone."""
        return self.start("worker", sys.executable, "manage.py", "qcluster", **env)

    def start_web(self, **env: str) -> str:
        """The site under gunicorn; its address, without a slash at the end."""
        port = free_port()
        service = self.start(
            "web",
            *(sys.executable, "-m", "gunicorn", "jobsite.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--threads", "8"),
            **env,
        )
        self.wait_until(lambda: not service.is_running or answers(port), 60)
        assert service.is_running, f"the web server ended\n{service}"
        return f"http://127.0.0.1:{port}"

    def start(self, name: str, *command: str, **env: str) -> Service:
        log = self.directory / f"{name}-{len(self.services) + 1}.log"
        with log.open("wb") as output:
            process = processes.start(
                command, env={**self.env, **env}, output=output, cwd=str(ROOT)
            )
        service = Service(name, process, log)
        self.services.append(service)
        return service

    # --- The database -------------------------------------------------------------------
    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query, in a connection of its own (or of a statement, committed)."""
        with self._connection() as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def value(self, query: str) -> Any:
        """The first column of the first row."""
        return self.rows(query)[0][0]

    def wait_for(self, query: str, expected: Any, *, timeout: float = 60) -> None:
        """Until the query's value is the expected one."""
        seen: list[Any] = [None]

        def holds() -> bool:
            seen[0] = self.value(query)
            return bool(seen[0] == expected)

        try:
            self.wait_until(holds, timeout)
        except TimeoutError:
            raise AssertionError(
                f"after {timeout:g} s still {seen[0]!r}, not {expected!r}: {query}"
            ) from None

    def wait_until(self, condition: Callable[[], bool], timeout: float = 60) -> None:
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not so after {timeout:g} s")
            time.sleep(0.1)

    def is_being_written(self) -> bool:
        """Whether somebody else holds rows, or the file, in a transaction."""
        if self.template.is_postgres:
            others = (
                "select count(*) from pg_stat_activity where state <> 'idle'"
                " and datname = current_database() and pid <> pg_backend_pid()"
            )
            return bool(self.value(others))
        with self._connection() as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            connection.execute("ROLLBACK")
            return False

    # --- The end ------------------------------------------------------------------------
    def stop(self) -> None:
        """Kill every process, print their logs (pytest shows them for a failure)."""
        for service in self.services:
            service.kill()
            kill_session(service.pid)
            print(service)
        self.services.clear()
        self.template.drop(self.address)
        shutil.rmtree(self.directory, ignore_errors=True)

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        if self.template.is_postgres:
            with psycopg.connect(self.address, autocommit=True) as connection:
                yield connection
            return
        path = self.address.removeprefix("sqlite:///")
        database = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            yield database
        finally:
            database.close()


def environment(**variables: str) -> dict[str, str]:
    """What a fresh login has, without the developer's project variables, plus these."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "jobsite.settings",
        "JOBSITE_DOTENV": "off",
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost",
        **variables,
    }


def run_manage(
    env: Mapping[str, str], *arguments: str, check: bool = True, timeout: float = 180
) -> Finished:
    command = [sys.executable, "manage.py", *arguments]
    return run(env, command, check=check, timeout=timeout)


def run(
    env: Mapping[str, str], command: list[str], *, check: bool, timeout: float
) -> Finished:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    finished = Finished(
        command=" ".join(command[1:]),
        returncode=done.returncode,
        stdout=done.stdout,
        stderr=done.stderr,
    )
    assert not check or done.returncode == 0, (
        f"{finished.command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    )
    return finished
