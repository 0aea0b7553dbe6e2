"""pytest in several processes at once: on each database, and acceptance tests beside the others.

Acceptance tests wait for real workers most of their time, so those on each database run
side by side, and beside them the rest, on one database after the other.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from xml.etree import ElementTree

from tests import services

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
KINDS = ("acceptance", "other")
LABELS = {
    "tests": "tests",
    "failures": "failed",
    "errors": "errors",
    "skipped": "skipped",
}
NO_TESTS = 5  # pytest's exit code
END_WITHIN = 60.0


class Part:
    """pytest on one database, over the acceptance tests or over the others.

    Only a live part has the terminal; what another one says is told when all are done.
    """

    def __init__(
        self, database: str, kind: str, address: str, directory: Path, *, live: bool
    ) -> None:
        self.database = database
        self.title = f"{kind} tests on {NAMES[database]}"
        self.report = directory / f"{database}-{kind}.xml"
        self._name = f"{database}-{kind}"
        self._own = [f"--part={kind}"]
        self._log = None if live else directory / f"{self._name}.log"
        self._address = address
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str]) -> None:
        command = [
            *(sys.executable, "-m", "pytest", f"--junit-xml={self.report}"),
            # What failed last is remembered for each, or the last one to end would forget
            # what the others had.
            *("-o", f"cache_dir=.pytest_cache/{self._name}"),
        ]
        env = {**os.environ, "DATABASE_URL": self._address, "TESTED_PART": self._name}
        with ExitStack() as stack:
            output = stack.enter_context(self._log.open("wb")) if self._log else None
            self._process = subprocess.Popen(
                [*command, *self._own, *arguments],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL if self._log else None,
                stdout=output,
                stderr=output,
            )

    @property
    def code(self) -> int | None:
        """As a shell tells it; None while it runs or before it has started."""
        code = self._process.poll() if self._process else None
        return 128 - code if code is not None and code < 0 else code

    def tell(self) -> None:
        if self._log and self._log.exists():
            services.say(f"the {self.title} said:")
            sys.stdout.buffer.write(self._log.read_bytes())
            sys.stdout.flush()

    def interrupt(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def end(self, *, by: float) -> None:
        """Wait until the moment of the monotonic clock, and no longer."""
        if self._process is None:
            return
        try:
            self._process.wait(max(by - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def run(
    addresses: Mapping[str, str], arguments: Sequence[str], directory: Path
) -> dict[str, tuple[int, str]]:
    """How it went on each database: an exit code and a line.

    Args:
        addresses: of the databases, by their keys in `NAMES`.
        arguments: for pytest.
        directory: for logs and reports.
    """
    parts = {
        (database, kind): Part(
            database,
            kind,
            address,
            directory,
            live=(number, kind) == (0, KINDS[0]),
        )
        for number, (database, address) in enumerate(addresses.items())
        for kind in KINDS
    }
    lanes = [
        *([parts[database, "acceptance"]] for database in addresses),
        [parts[database, "other"] for database in addresses],
    ]
    shares = {
        database: f"--share={number}/{len(addresses)}"
        for number, database in enumerate(addresses, start=1)
    }
    seconds = dict.fromkeys(addresses, 0.0)
    try:
        for part, taken in finished(lanes, shares, arguments):
            seconds[part.database] += taken
    except BaseException as error:
        end_all(parts.values(), have_heard=isinstance(error, KeyboardInterrupt))
        raise
    for part in parts.values():
        part.tell()
    codes = {key: part.code or 0 for key, part in parts.items()}
    forgiven = NO_TESTS if set(codes.values()) != {NO_TESTS} else None
    return {
        database: verdict(
            [codes[database, kind] for kind in KINDS],
            [parts[database, kind].report for kind in KINDS],
            seconds=seconds[database],
            forgiven=forgiven,
        )
        for database in addresses
    }


def finished(
    lanes: Iterable[Iterable[Part]],
    shares: Mapping[str, str],
    arguments: Sequence[str],
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


def end_all(parts: Iterable[Part], *, have_heard: bool) -> None:
    """A terminal's Ctrl-C reaches them by itself; a second one would break their clean-up."""
    parts = list(parts)
    if not have_heard:
        for part in parts:
            part.interrupt()
    by = time.monotonic() + END_WITHIN
    for part in parts:
        part.end(by=by)


def verdict(
    codes: Sequence[int],
    reports: Sequence[Path],
    *,
    seconds: float,
    forgiven: int | None,
) -> tuple[int, str]:
    """Of the parts on one database.

    Args:
        forgiven: a code that is none: of what was chosen, all stand in other parts.
    """
    code = max(0 if code == forgiven else code for code in codes)
    word = "passed" if code == 0 else f"FAILED (pytest's exit code {code})"
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
