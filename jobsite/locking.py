"""`make lock`: each requirements file to a lock with all packages and all their hashes.

Locks are for any platform and any mirror of PyPI. A version stays as it is as long as the
requirements allow it; `--upgrade` asks for newer ones.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = "requirements"
OPTIONS = [
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--quiet"),
    *("--custom-compile-command", "make lock"),
]
# With what each one has to agree with, or how it is installed.
LOCKS = {
    BASE: [],
    "requirements-dev": ["--constraints", f"{BASE}.lock"],
    "requirements-smollm2": ["--no-deps"],
}


def main() -> int:
    for name, options in LOCKS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *options),
            *(f"{name}.txt", "--output-file", f"{name}.lock", *sys.argv[1:]),
        ]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            print(f"lock: {name}.lock is as it was", file=sys.stderr)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
