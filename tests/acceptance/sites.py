"""Real processes of an installation, wherever their sessions are (Linux)."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.installation import Finished, Installation, run


def make(
    installation: Installation, *arguments: str, check: bool = True, **env: str
) -> Finished:
    """A target of the Makefile by this Python; `.venv` is not looked at."""
    command = ["make", "--no-print-directory", *arguments]
    command += [f"PY={sys.executable}", "BOOTSTRAP=true"]
    return run(installation.env | env, command, check=check, timeout=300)


def processes_of(installation: Installation, *words: str) -> list[int]:
    """Live ones with the installation's environment; those with all words in the command."""
    found = []
    mark = f"={installation.directory}".encode()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            is_ours = mark in (place / "environ").read_bytes()
        except OSError:
            continue
        # A zombie has neither.
        if is_ours and command and all(word in command for word in words):
            found.append(int(place.name))
    return found
