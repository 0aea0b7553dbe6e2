"""Processes of a site under test: started, watched, stopped and killed in every way."""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from jobsite import processes

LOG_LINES_SHOWN = 60


class Service:
    """A process that runs beside the test; `log` is the file with all that it printed."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.process = process
        self.log = log

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return not processes.has_exited(self.process)

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self, *, grace_seconds: float = 20) -> None:
        """As an orderly shutdown does: SIGTERM, and SIGKILL to what stays."""
        processes.end(self.process, grace_seconds=grace_seconds)

    def kill(self) -> None:
        """`kill -9` of the process and of all that it started."""
        processes.kill_group(self.process)

    def kill_main(self) -> None:
        """`kill -9` of the main process alone; its children are left to themselves."""
        os.kill(self.process.pid, 9)

    def children(self) -> list[int]:
        """Ids of the live processes of its session, its own left out (Linux)."""
        return [pid for pid in session_members(self.pid) if pid != self.pid]

    def __str__(self) -> str:
        tail = "\n".join(self.output.splitlines()[-LOG_LINES_SHOWN:])
        return f"--- {self.name} (pid {self.pid}, {self.log.name})\n{tail}"


def answers(port: int) -> bool:
    """Whether an HTTP server answers there, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def session_members(session: int) -> list[int]:
    """Ids of the live processes of a session; zombies don't count (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name, which may hold anything: state, parent, group, session.
            state, _parent, _group, its = (
                stat.read_text().rpartition(")")[2].split()[:4]
            )
        except OSError:
            continue
        if int(its) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def kill_session(session: int) -> None:
    for pid in session_members(session):
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            continue


def parent_of(pid: int) -> int:
    stat = Path(f"/proc/{pid}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


def free_port() -> int:
    """One that the system gives to nobody until a server that starts later has it.

    It hands out those from 32768 on (Linux) or 49152 on, to every connection.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
