"""The whole suite on SQLite and on PostgreSQL: `python -m tests [--db ...] [pytest's own]`.

Brings what the tests need, runs pytest once for each database, side by side, and says at the
very end how each went. What no database has a say in (`any_database`) is run by one of them.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

from tests import services
from tests.redis_service import redis_program

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
NO_REDIS = "none to be had; THE TESTS OF THE QUEUE IN REDIS ARE SKIPPED"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests",
        description=__doc__,
        epilog="All other arguments go to pytest, as in: -k import -x",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    options, arguments = parser.parse_known_args()
    databases = list(NAMES) if options.db == "both" else [options.db]
    # Ended from outside: leave through the context managers, which stop the server.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="jobsite-"))
        addresses = {"sqlite": f"sqlite:///{scratch}/tests.sqlite3"}
        try:
            services.say(f"Chromium: {services.chromium()}")
            services.say(f"Redis: {redis_program() or NO_REDIS}")
            if "postgres" in databases:
                services.say(f"PostgreSQL: {services.postgres_binaries()}")
                addresses["postgres"] = stack.enter_context(services.postgres_server())
        except services.ServiceError as error:
            services.say(str(error))
            return 2
        outcomes = run_suites(databases, arguments, addresses, Path(scratch))
    print()
    for name, (_code, line) in outcomes.items():
        print(f"{NAMES[name] + ':':11} {line}")
    return max(code for code, _line in outcomes.values())


class Suite:
    """pytest on one database; only the first one writes to the terminal at once."""

    def __init__(self, name: str, address: str, directory: Path, *, live: bool) -> None:
        self.name = name
        self.report = directory / f"{name}.xml"
        self._log = None if live else directory / f"{name}.log"
        self._address = address
        self._process: subprocess.Popen[bytes] | None = None
        self._started = time.monotonic()

    def start(self, arguments: list[str]) -> None:
        command = [sys.executable, "-m", "pytest", f"--junit-xml={self.report}"]
        env = {**os.environ, "DATABASE_URL": self._address}
        with ExitStack() as stack:
            output = stack.enter_context(self._log.open("wb")) if self._log else None
            self._process = subprocess.Popen(
                [*command, *arguments], cwd=ROOT, env=env, stdout=output, stderr=output
            )

    def wait(self) -> tuple[int, str]:
        """pytest's exit code and a line about how it went."""
        assert self._process is not None
        code = self._process.wait()
        seconds = time.monotonic() - self._started
        if self._log:
            services.say(f"the suite on {NAMES[self.name]} said:")
            sys.stdout.flush()
            sys.stdout.buffer.write(self._log.read_bytes())
            sys.stdout.flush()
        verdict = "passed" if code == 0 else f"FAILED (pytest's exit code {code})"
        return code, f"{verdict}{counts(self.report)} in {seconds:.0f} s"

    def end(self) -> None:
        # Ctrl-C reached pytest too; SIGTERM did not.
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)


def run_suites(
    names: list[str], arguments: list[str], addresses: dict[str, str], directory: Path
) -> dict[str, tuple[int, str]]:
    """Side by side: most of their time they wait for real workers."""
    suites = [
        Suite(name, addresses[name], directory, live=number == 0)
        for number, name in enumerate(names)
    ]
    try:
        for number, suite in enumerate(suites, start=1):
            services.say(f"the suite on {NAMES[suite.name]}")
            suite.start([f"--share={number}/{len(suites)}", *arguments])
        return {suite.name: suite.wait() for suite in suites}
    except BaseException:
        for suite in suites:
            suite.end()
        raise


def counts(report: Path) -> str:
    """`: 212 tests, 1 skipped`, from pytest's report; nothing where it wrote none."""
    try:
        suite = ElementTree.parse(report).getroot()[0]
    except (OSError, ElementTree.ParseError, IndexError):
        return ""
    parts = [f"{suite.get('tests')} tests"]
    for key, label in (
        ("failures", "failed"),
        ("errors", "errors"),
        ("skipped", "skipped"),
    ):
        if suite.get(key, "0") != "0":
            parts.append(f"{suite.get(key)} {label}")
    return f": {', '.join(parts)}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
