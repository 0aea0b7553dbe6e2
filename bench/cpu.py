"""Who uses the CPU, and how to give a process less of it (Linux)."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")
PERIOD = 0.05


@dataclass(frozen=True, kw_only=True)
class Used:
    """CPU seconds of this process's descendants so far, by what they are."""

    workers: float = 0.0
    database: float = 0.0
    provider: float = 0.0

    @classmethod
    def now(cls, *, sessions: set[int], provider: int) -> Self:
        """
        Args:
            sessions: of the worker commands.
            provider: the process's id.
        """
        found = {"workers": 0.0, "database": 0.0, "provider": 0.0}
        for process in descendants(os.getpid()):
            if process.session in sessions:
                found["workers"] += process.seconds
            elif process.name.startswith("postgres"):
                found["database"] += process.seconds
            elif process.pid == provider:
                found["provider"] += process.seconds
        return cls(**found)

    def since(self, earlier: Used) -> Mapping[str, float]:
        return {
            name: value - getattr(earlier, name) for name, value in vars(self).items()
        }


@dataclass(frozen=True, kw_only=True)
class Process:
    """`seconds`: its own and those of its children that have ended."""

    pid: int
    parent: int
    session: int
    name: str
    seconds: float


def descendants(pid: int) -> list[Process]:
    everyone = list(_everyone())
    found: list[Process] = []
    parents = {pid}
    while parents:
        children = [process for process in everyone if process.parent in parents]
        found += children
        parents = {process.pid for process in children}
    return found


def _everyone() -> Iterator[Process]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = stat.read_text().rpartition(")")
        except OSError:
            continue  # it has just ended
        fields = tail.split()
        yield Process(
            pid=int(stat.parent.name),
            parent=int(fields[1]),
            session=int(fields[3]),
            name=head.partition("(")[2],
            # utime, stime, cutime, cstime
            seconds=sum(int(ticks) for ticks in fields[11:15]) / TICKS,
        )


@contextmanager
def held_to(share: float, groups: list[int]) -> Iterator[None]:
    """Each process group runs for that share of the time, as under a container's quota."""
    done = threading.Event()

    def hold(group: int) -> None:
        time.sleep(random.uniform(0, PERIOD))
        while not done.is_set():
            os.killpg(group, signal.SIGSTOP)
            done.wait(PERIOD * (1 - share))
            os.killpg(group, signal.SIGCONT)
            done.wait(PERIOD * share)

    threads = [threading.Thread(target=hold, args=[group]) for group in groups]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
