"""The whole suite on SQLite and on PostgreSQL: `python -m tests [--db ...] [pytest's own]`.

Brings what the tests need, runs pytest for each database, side by side, and says at the
very end how each went. What no database has a say in (`any_database`) is run on one of them.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from xml.etree import ElementTree

from tests import services
from tests.redis_service import redis_program

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
LABELS = {
    "tests": "tests",
    "failures": "failed",
    "errors": "errors",
    "skipped": "skipped",
}
NO_TESTS = 5  # pytest's exit code
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
        outcomes = run_parts(databases, arguments, addresses, Path(scratch))
    print()
    for name, (_code, line) in outcomes.items():
        print(f"{NAMES[name] + ':':11} {line}")
    return max(code for code, _line in outcomes.values())


class Part:
    """pytest on one database, over the acceptance tests or over the rest."""

    def __init__(
        self, database: str, kind: str, address: str, directory: Path, *, live: bool
    ) -> None:
        self.database = database
        self.title = f"{kind} tests on {NAMES[database]}"
        self.report = directory / f"{database}-{kind}.xml"
        self._kind = kind
        self._log = None if live else directory / f"{database}-{kind}.log"
        self._address = address
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str]) -> None:
        command = [
            *(sys.executable, "-m", "pytest", f"--junit-xml={self.report}"),
            f"--part={self._kind}",
        ]
        env = {**os.environ, "DATABASE_URL": self._address}
        with ExitStack() as stack:
            output = stack.enter_context(self._log.open("wb")) if self._log else None
            self._process = subprocess.Popen(
                [*command, *arguments], cwd=ROOT, env=env, stdout=output, stderr=output
            )

    @property
    def code(self) -> int | None:
        """pytest's exit code; None while it runs or before it has started."""
        return self._process.poll() if self._process else None

    def tell(self) -> None:
        """What it said, unless that went to the terminal at once."""
        if self._log:
            services.say(f"the {self.title} said:")
            sys.stdout.buffer.write(self._log.read_bytes())
            sys.stdout.flush()

    def end(self) -> None:
        # Ctrl-C reached pytest too; SIGTERM did not.
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)


def run_parts(
    databases: list[str],
    arguments: list[str],
    addresses: dict[str, str],
    directory: Path,
) -> dict[str, tuple[int, str]]:
    """How it went on each database: an exit code and a line.

    Side by side, since acceptance tests wait for real workers most of their time: those on
    each database, and beside them the rest, on one database after the other.
    """
    parts = {
        (database, kind): Part(
            database,
            kind,
            addresses[database],
            directory,
            live=(database, kind) == (databases[0], "acceptance"),
        )
        for database in databases
        for kind in ("acceptance", "other")
    }
    lanes = [
        *([parts[database, "acceptance"]] for database in databases),
        [parts[database, "other"] for database in databases],
    ]
    shares = {
        database: f"--share={number}/{len(databases)}"
        for number, database in enumerate(databases, start=1)
    }
    seconds = dict.fromkeys(databases, 0.0)
    try:
        for part, taken in finished(lanes, shares, arguments):
            seconds[part.database] += taken
        for part in parts.values():
            part.tell()
    except BaseException:
        for part in parts.values():
            part.end()
        raise
    return {
        database: verdict(
            [part for part in parts.values() if part.database == database],
            seconds[database],
        )
        for database in databases
    }


def finished(
    lanes: list[list[Part]], shares: dict[str, str], arguments: list[str]
) -> Iterator[tuple[Part, float]]:
    """Each part as it ends, with its seconds; the next one of its lane starts then."""
    running: dict[int, tuple[Part, float]] = {}
    waiting = [deque(lane) for lane in lanes]
    while any(waiting) or running:
        for number, lane in enumerate(waiting):
            if number not in running and lane:
                part = lane.popleft()
                services.say(f"the {part.title}")
                part.start([shares[part.database], *arguments])
                running[number] = part, time.monotonic()
        time.sleep(0.2)
        for number, (part, since) in list(running.items()):
            if part.code is not None:
                del running[number]
                yield part, time.monotonic() - since


def verdict(parts: list[Part], seconds: float) -> tuple[int, str]:
    codes = {part.code or 0 for part in parts}
    if codes != {NO_TESTS}:
        codes.discard(NO_TESTS)  # of what was chosen, all stand in the other part
    code = max(codes)
    word = "passed" if code == 0 else f"FAILED (pytest's exit code {code})"
    reports = [part.report for part in parts]
    return code, f"{word}{counts(reports)} in {seconds:.0f} s of work"


def counts(reports: Sequence[Path]) -> str:
    """`: 212 tests, 1 skipped`, from pytest's reports; nothing where it wrote none."""
    sums: Counter[str] = Counter()
    for report in reports:
        with suppress(OSError, ElementTree.ParseError, IndexError):
            suite = ElementTree.parse(report).getroot()[0]
            sums.update({key: int(suite.get(key, "0")) for key in LABELS})
    parts = [f"{sums[key]} {label}" for key, label in LABELS.items() if sums[key]]
    return f": {', '.join(parts)}" if parts else ""


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
