"""`python -m bench [names]`: each benchmark in a process of its own, then `RESULTS.md`."""

from __future__ import annotations

import argparse
import sys
import time

from bench import report

NAMES = (
    "limited",
    "noisy",
    "halved",
    "overhead",
    "scale",
    "workers",
    "memory",
    "readers",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    wanted = parser.parse_args().names or NAMES
    if unknown := set(wanted) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for name in wanted:
        print(f"bench: {name}", flush=True)
        started = time.monotonic()
        result = report.in_new_process(report.run, name)
        report.write([result])  # at once: a later one may fail
        print(f"\n{result}", flush=True)
        print(f"bench: {name} took {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
