"""`make lint`'s look for known holes in what the locks pin, by pip-audit and PyPI's database.

Where that database can't be reached the gate goes on, and says in capitals what was not done.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# It has all that requirements.lock has.
LOCK = ROOT / "requirements-dev.lock"
PYPI = "https://pypi.org/pypi"
PATIENCE = 5.0
# For a hundred packages; it keeps what it was told for the next time.
LONGEST = 120
NOT_DONE = "AUDIT SKIPPED, KNOWN HOLES WERE NOT LOOKED FOR"


def main() -> int:
    if reason := unreachable():
        return told(f"{NOT_DONE}: {reason}")
    command = [
        *(sys.executable, "-m", "pip_audit", "--progress-spinner", "off"),
        *("--require-hashes", "--disable-pip", "--format", "json"),
        *("--requirement", str(LOCK)),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LONGEST, check=False
        )
        packages = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return told(f"{NOT_DONE}: no answer within {LONGEST} s")
    except (ValueError, KeyError):
        return told(f"{NOT_DONE}: {done.stderr.strip()[-500:]}")
    return report(packages)


def unreachable() -> str:
    """Why the database can't be asked; empty where it can.

    By one question like those that pip-audit asks: to it a registry that has packages but
    knows nothing of their holes looks like one where all is well.
    """
    version = re.search(r"^django==(\S+)", LOCK.read_text(encoding="utf-8"), re.M)
    address = f"{PYPI}/django/{version[1] if version else ''}/json"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310
            known = json.loads(response.read())
    except (OSError, ValueError) as error:
        return f"{address}: {error}"
    return "" if "vulnerabilities" in known else f"{address} names no vulnerabilities"


def report(packages: list[dict[str, Any]]) -> int:
    """As pip-audit gives them; 1 where one has a hole."""
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if unknown:
        told(f"NOT AUDITED, the database doesn't know them: {', '.join(unknown)}")
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in packages
        for hole in one.get("vulns", [])
    ]
    for line in holes:
        told(f"audit: {line}")
    return 1 if holes else 0


def told(text: str) -> int:
    print(text, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
