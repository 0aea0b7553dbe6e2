"""Other tools at the same work: each a script and a list of pinned packages.

Each gets an environment of its own below `var/bench`, made when it is first needed and kept
while its list stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jobsite import processes

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / "var" / "bench"
INSTALL_SECONDS = 600


class PeerMissing(Exception):
    """Its packages can't be had; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """
    Attributes:
        name: as a table shows it.
        script: in this directory, without the suffix.
        work: what goes into its WORK.json besides the postings.
    """

    name: str
    script: str
    work: Mapping[str, float] = field(default_factory=dict)

    def start(self, work: Path) -> Running:
        """Its script at the work; what it keeps, it keeps beside that file.

        Raises:
            PeerMissing
        """
        script, home = HERE / f"{self.script}.py", work.parent
        # -P: the names of the scripts are not to hide the packages that they use.
        command = [python(self.script), "-P", str(script), str(work)]
        # Nothing of this machine's user, and no telemetry.
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "CURATOR_CACHE_DIR": str(home / "curator"),
            "CURATOR_DISABLE_RICH_DISPLAY": "1",
            "LITELLM_LOCAL_MODEL_COST_MAP": "true",
            "TELEMETRY_ENABLED": "false",
            "LANGSMITH_TRACING": "false",
        }
        return Running(command, env, home / "output.log")


class Running:
    """A script at work, in a session of its own, so that it can be killed whole."""

    def __init__(self, command: list[str], env: Mapping[str, str], log: Path) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = processes.start(
                command, env=env, output=output, cwd=str(log.parent)
            )

    def ends_within(self, seconds: float) -> bool:
        """Whether it did; an end with an error is told in full."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        if status:
            print(f"bench: ended with {status}\n{self._log.read_text()[-2000:]}")
        return True

    def kill(self) -> None:
        """-9, and all that it started."""
        processes.kill_group(self._process)


def python(script: str) -> str:
    """The interpreter that has the script's packages, installed first where need be.

    Raises:
        PeerMissing
    """
    packages = HERE / f"{script}.txt"
    home = CACHE / script
    installed = home / "installed.txt"
    program = str(home / "bin" / "python")
    wanted = packages.read_text(encoding="utf-8")
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return program
    print(f"bench: installing {', '.join(wanted.split())} into {home}", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(home)])
    pip = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--requirement", str(packages)])
    installed.write_text(wanted, encoding="utf-8")
    return program


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise PeerMissing(f"not installed within {INSTALL_SECONDS} s") from None
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.strip()]
        raise PeerMissing(errors[-1][:200] if errors else "the installation failed")
