"""Is a worker's memory flat? One worker command over 100,000 postings, sampled on the way.

`BENCH_MEMORY_POSTINGS=10000` for a quick look.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bench import limited
from bench.report import Result
from bench.site import StandIn, installation, swift_stand_in
from tests.installation import Installation
from tests.site_processes import Service

COUNT = int(os.environ.get("BENCH_MEMORY_POSTINGS", "100000"))
# Postings between two samples.
STEP = max(COUNT // 50, 100)
# After so many the caches are full and every code path has run; growth counts from there.
WARM = COUNT // 10
ROWS = (WARM, COUNT // 4, COUNT // 2, COUNT * 3 // 4, COUNT)
WORKER = "q-worker"
MIB = 1024


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Of the moment when the provider had so many calls; KiB.

    Attributes:
        workers: resident memory of each worker process, by its id.
        command: of all processes of the command, what they share counted once (PSS).
    """

    calls: int
    workers: dict[int, int]
    command: int

    @property
    def average(self) -> float:
        return sum(self.workers.values()) / max(len(self.workers), 1) / MIB


def main() -> Result:
    started = time.monotonic()
    samples = run()
    seconds = time.monotonic() - started
    shown = [next(s for s in samples if s.calls >= calls) for calls in ROWS]
    growth = shown[-1].average / shown[0].average
    pids = {pid for sample in samples for pid in sample.workers}
    return Result(
        name="memory",
        question=f"Does a worker's memory grow over {COUNT:,} postings?",
        ratio=f"{growth:.2f} x from {shown[0].calls:,} to {shown[-1].calls:,} postings",
        table=[
            [
                "postings",
                "MiB of each worker process (RSS)",
                "MiB of the whole command (PSS)",
            ],
            *[
                [f"{s.calls:,}", _each(s), f"{s.command / MIB:.0f}"]
                for s in [samples[0], *shown]
            ],
        ],
        notes=f"PostgreSQL, one command with its usual two worker processes, no limit, no "
        f"latency; {len(samples)} samples in {seconds:.0f} s. {len(pids)} worker processes "
        "lived in that time; django-q2 replaces one after 1,000 tasks. Peak of a worker "
        f"process: {max(max(s.workers.values()) for s in samples) / MIB:.0f} MiB.",
    )


def _each(sample: Memory) -> str:
    return " and ".join(f"{kib / MIB:.1f}" for kib in sample.workers.values())


def run() -> list[Memory]:
    env = {"OPENAI_API_KEY": "x", "LOG_LEVEL": "ERROR"}
    with (
        swift_stand_in() as provider,
        installation(
            COUNT, postgres=True, OPENAI_BASE_URL=provider.base_url, **env
        ) as site,
    ):
        worker = site.start_worker()
        site.wait_for("select count(*) from enrichment_worker", 1)
        site.manage("enrich_batch", "--all")
        return watch(site, worker, provider)


def watch(site: Installation, worker: Service, provider: StandIn) -> list[Memory]:
    """A sample at every step, until all postings have ended."""
    samples: list[Memory] = []
    seen, since = 0, time.monotonic()
    while not samples or samples[-1].calls < COUNT:
        calls = provider.get("_stats")["calls"]
        if calls > seen:
            seen, since = calls, time.monotonic()
        assert time.monotonic() < since + 120, f"stands still at {calls}\n{worker}"
        if calls >= min(len(samples) * STEP, COUNT) and calls:
            samples.append(sample(worker, calls))
            print(f"bench: {calls:,}: {_each(samples[-1])} MiB", flush=True)
        time.sleep(0.2)
    site.wait_for(limited.ENDED, COUNT, timeout=60)
    return samples


def sample(worker: Service, calls: int) -> Memory:
    workers, command = {}, 0
    for pid in [worker.pid, *worker.children()]:
        place = Path(f"/proc/{pid}")
        try:
            command += kib(place / "smaps_rollup", "Pss")
            if (place / "comm").read_text().startswith(WORKER):
                workers[pid] = kib(place / "status", "VmRSS")
        except OSError:  # replaced just now
            continue
    return Memory(calls=calls, workers=workers, command=command)


def kib(file: Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise ValueError(f"{file} says nothing about {name}")
