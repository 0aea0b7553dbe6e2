"""What all benchmarks share: medians, processes of their own, and `RESULTS.md`."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Elsewhere for a trial on a busy machine.
RESULTS = Path(os.environ.get("BENCH_RESULTS") or Path(__file__).parent / "RESULTS.md")
HEAD = """# Results

Written by `make bench`. Figures of one section were measured side by side in one run; absolute
times depend on the machine, ratios hardly do.
"""


@dataclass(frozen=True, kw_only=True)
class Result:
    """
    Attributes:
        name: of the benchmark, as its module.
        question: what it asks, in a line.
        ratio: the figure that counts, in words.
        table: its rows, the head first.
        notes: how it was measured.
    """

    name: str
    question: str
    ratio: str
    table: Sequence[Sequence[str]]
    notes: str = ""

    def __str__(self) -> str:
        head, *rows = self.table
        lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
        table = "\n".join(f"| {' | '.join(row)} |" for row in lines)
        notes = f"\n{self.notes}\n" if self.notes else ""
        return (
            f"## {self.name}\n\n{self.question}\n\n**{self.ratio}**\n\n"
            f"{table}\n{notes}\n{when_and_where()}\n"
        )


def milliseconds(
    action: Callable[[], object], *, times: int, warm: int = 2
) -> list[float]:
    """Each of so many calls of it, after some that don't count."""
    for _call in range(warm):
        action()
    found = []
    for _call in range(times):
        started = time.perf_counter()
        action()
        found.append((time.perf_counter() - started) * 1000)
    return found


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def run(name: str) -> Result:
    result: Result = importlib.import_module(f"bench.{name}").main()
    return result


def in_new_process(function: Callable[..., Any], *arguments: Any, **env: str) -> Any:
    """Its result. Django reads its settings once in a process, and so does django-q2."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(_call, env, function, arguments).result()


def _call(
    env: Mapping[str, str], function: Callable[..., Any], arguments: Sequence[Any]
) -> Any:
    os.environ.update(env)
    return function(*arguments)


def when_and_where() -> str:
    cores, python = os.cpu_count(), platform.python_version()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {cores} cores, Python {python}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    name = re.search(r"model name\s*: (.+)", text)
    return name[1].strip() if name else platform.machine()


def write(results: Sequence[Result]) -> None:
    """These sections anew; those of benchmarks that did not run stay."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    sections = {part.split("\n", 1)[0]: part.strip() for part in parts}
    sections |= {f"## {one.name}": str(one).strip() for one in results}
    body = "\n\n".join(sections[name] for name in sorted(sections))
    RESULTS.write_text(f"{HEAD}\n{body}\n", encoding="utf-8")
