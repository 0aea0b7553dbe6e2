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
from contextlib import ExitStack
from pathlib import Path

from tests import services, side_by_side
from tests.redis_service import redis_program
from tests.side_by_side import NAMES, ROOT

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
    # In a shell's background it is ignored, and pytest would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="jobsite-"))
        try:
            services.say(f"Chromium: {services.chromium()}")
            services.say(f"Redis: {redis_program() or NO_REDIS}")
            addresses = {name: serve(name, stack, scratch) for name in databases}
        except services.ServiceError as error:
            services.say(str(error))
            return 2
        if len(databases) == 1:
            # As a developer asks for it: at once on the terminal, which a debugger may use.
            return alone(addresses[databases[0]], arguments)
        outcomes = side_by_side.run(addresses, arguments, Path(scratch))
    print()
    for name, (_code, line) in outcomes.items():
        print(f"{NAMES[name] + ':':11} {line}")
    return max(code for code, _line in outcomes.values())


def serve(name: str, stack: ExitStack, scratch: str) -> str:
    """The address of a database that is there until the stack is left.

    Raises:
        ServiceError: it can't be had.
    """
    if name == "sqlite":
        return f"sqlite:///{scratch}/tests.sqlite3"
    services.say(f"PostgreSQL: {services.postgres_binaries()}")
    return stack.enter_context(services.postgres_server())


def alone(address: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    env = {**os.environ, "DATABASE_URL": address}
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        try:
            return process.wait()
        except BaseException as error:
            if not isinstance(error, KeyboardInterrupt):
                process.send_signal(signal.SIGINT)
            process.wait(side_by_side.END_WITHIN)
            raise


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
