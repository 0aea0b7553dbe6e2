"""`python -m tests.chaos [--db ...] [--postings N] [--kills N] [--seed N]`."""

from __future__ import annotations

import argparse
import io
import random
import signal
import sys
import tempfile
from contextlib import ExitStack, redirect_stdout

from tests import services
from tests.chaos.play import Options, play
from tests.installation import Installation, Template

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--postings", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None, help="as an earlier one told")
    options = parser.parse_args()
    if not 0 < options.kills < options.postings:
        parser.error("--kills has to be between 1 and the number of postings")
    seed = random.randrange(1, 10_000) if options.seed is None else options.seed
    # Ended from outside: leave through the context managers, which end every process.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    databases = list(NAMES) if options.db == "both" else [options.db]
    outcomes = {name: run(name, options, seed=seed) for name in databases}
    print()
    for name, went_well in outcomes.items():
        verdict = "nothing lost, nothing paid twice" if went_well else "FAILED"
        print(f"{NAMES[name] + ':':11} {verdict} (--seed {seed})")
    return 0 if all(outcomes.values()) else 1


def run(name: str, options: argparse.Namespace, *, seed: int) -> bool:
    """Whether every check held; the logs are printed where one did not."""
    asked = f"{options.postings} postings, {options.kills} kills, --seed {seed}"
    print(f"\n{NAMES[name]}: {asked}", flush=True)
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="jobsite-"))
        address = f"sqlite:///{scratch}/server.sqlite3"
        if name == "postgres":
            address = stack.enter_context(services.postgres_server())
        template = Template(address)
        stack.callback(template.remove)
        site = Installation(template=template)
        went_well = False
        try:
            report = play(
                site,
                Options(
                    postings=options.postings,
                    kills=options.kills,
                    seed=seed,
                    # Two worker commands would only wait for SQLite's one writer.
                    clusters=2 if name == "postgres" else 1,
                    kills_again=options.kills // 4,
                ),
                lambda text: print(f"  {text}", flush=True),
            )
            print(report)
            went_well = not report.problems
        except (TimeoutError, AssertionError) as error:
            print(f"FAILED: {error}")
        finally:
            with redirect_stdout(io.StringIO() if went_well else sys.stdout):
                site.stop()
    return went_well


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
