"""What a web server takes while it is visited: connections of the database, and memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.memory import MIB, kib
from tests.installation import Installation
from tests.site_processes import Service

CONNECTIONS = """
SELECT application_name, count(*) FROM pg_stat_activity
WHERE datname = current_database() GROUP BY 1
"""


@dataclass(kw_only=True)
class Seen:
    """What was measured meanwhile: the most connections by who has them, and MiB."""

    connections: dict[str, int] = field(default_factory=dict)
    memory: float = 0.0
    load: float = 0.0


@contextmanager
def watched(site: Installation, web: Service) -> Iterator[Seen]:
    """Looks at connections and memory every second, beside the readers."""
    seen, over = Seen(), threading.Event()

    def look() -> None:
        while not over.wait(1):
            for name, count in site.rows(CONNECTIONS):
                seen.connections[name] = max(seen.connections.get(name, 0), count)
            seen.memory = max(seen.memory, _memory(web))
            seen.load = max(seen.load, os.getloadavg()[0])

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _memory(web: Service) -> float:
    total = 0
    for pid in [web.pid, *web.children()]:
        try:
            total += kib(Path(f"/proc/{pid}/smaps_rollup"), "Pss")
        except OSError:
            continue
    return total / MIB
