"""The whole suite on SQLite and on PostgreSQL: `python -m tests [--db ...] [pytest's own]`.

Brings what the tests need, runs pytest once for each database, and says at the very end how
each went.
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

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


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
            if "postgres" in databases:
                services.say(f"PostgreSQL: {services.postgres_binaries()}")
                addresses["postgres"] = stack.enter_context(services.postgres_server())
        except services.ServiceError as error:
            services.say(str(error))
            return 2
        outcomes = {
            name: run_suite(
                arguments,
                address=addresses[name],
                report=Path(scratch, f"{name}.xml"),
            )
            for name in databases
        }
    print()
    for name, (_code, line) in outcomes.items():
        print(f"{NAMES[name] + ':':11} {line}")
    return max(code for code, _line in outcomes.values())


def run_suite(arguments: list[str], *, address: str, report: Path) -> tuple[int, str]:
    """pytest's exit code and a line about how it went."""
    name = NAMES[address.partition(":")[0]]
    services.say(f"the suite on {name}")
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}
    )
    try:
        code = process.wait()
    except BaseException:
        # Ctrl-C reached pytest too; SIGTERM did not.
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(60)
        raise
    seconds = time.monotonic() - started
    verdict = "passed" if code == 0 else f"FAILED (pytest's exit code {code})"
    return code, f"{verdict}{counts(report)} in {seconds:.0f} s"


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
