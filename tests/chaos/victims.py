"""Worker commands under a supervisor, and ways to kill what belongs to them."""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress
from pathlib import Path

from tests.installation import Installation
from tests.site_processes import Service, session_members

ROLES = ("worker", "sentinel", "main", "monitor", "pusher", "cluster", "all clusters")
# How often each is chosen: a worker process has the most to lose.
WEIGHTS = (6, 2, 3, 2, 2, 3, 2)


def named(cluster: Service, name: str) -> list[int]:
    """Its processes of that name; `enrichment/cluster.py` gives them (Linux)."""
    found = []
    for pid in session_members(cluster.pid):
        with suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() == f"q-{name}":
                found.append(pid)
    return found


class Clusters:
    """Keeps so many worker commands alive, as systemd would."""

    def __init__(
        self, site: Installation, count: int, *, chance: random.Random
    ) -> None:
        self._site = site
        self._chance = chance
        self.restarts = 0
        self._running = [site.start_worker() for _ in range(count)]

    def tend(self) -> None:
        """Start anew what has ended."""
        for place, cluster in enumerate(self._running):
            if not cluster.is_running:
                cluster.process.wait()
                self._running[place] = self._site.start_worker()
                self.restarts += 1

    def strike(self) -> str | None:
        """Kill something by -9; which role, or None where that one is not there now."""
        role = self._chance.choices(ROLES, WEIGHTS)[0]
        cluster = self._chance.choice(self._running)
        match role:
            case "main":
                victims = [cluster.pid] if cluster.is_running else []
            case "cluster":
                victims = session_members(cluster.pid)
            case "all clusters":
                victims = [
                    pid for one in self._running for pid in session_members(one.pid)
                ]
            case _:
                victims = named(cluster, role)
                self._chance.shuffle(victims)
                victims = victims[:1]
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return role if victims else None

    def stop(self) -> None:
        for cluster in self._running:
            cluster.stop()
