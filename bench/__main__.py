"""`python -m bench [names]`: each benchmark in a process of its own, then `RESULTS.md`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import report

HELPERS = {"__init__", "__main__", "bare_sdk", "filling", "report", "site"}
NAMES = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - HELPERS)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    wanted = parser.parse_args().names or NAMES
    if unknown := set(wanted) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for name in wanted:
        print(f"bench: {name}", flush=True)
        result = report.in_new_process(report.run, name)
        report.write([result])  # at once: a later one may fail
        print(f"\n{result}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
