"""Which shape an object of a file has: our own fields, schema.org, or a job board's.

Told by each object for itself, so that a file is streamed whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jobs.importing import schema_org
from jobs.importing.boards import ashby, greenhouse, lever
from jobs.importing.given import Job
from jobs.importing.rows import Reason, Row

Shape = tuple[
    Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any]], Iterable[Job]]
]
# Each with how it is told, in the order in which it is tried.
SHAPES: dict[str, Shape] = {
    "jsonld": (schema_org.is_node, schema_org.jobs),
    "lever": (lever.is_job, lambda job: [lever.read(job)]),
    "ashby": (ashby.is_job, lambda job: [ashby.read(job)]),
    "greenhouse": (greenhouse.is_job, lambda job: [greenhouse.read(job)]),
}


def of(value: Mapping[str, Any]) -> str:
    """The name of the shape; empty for our own fields, and for anything else."""
    return next((name for name, (is_it, _read) in SHAPES.items() if is_it(value)), "")


def rows(objects: Iterable[Row], *, shape: str = "") -> Iterator[Row]:
    """The rows of what a reader found, counted anew: an object may hold several jobs.

    Args:
        shape: the one that all of them have; else each is asked for its own.
    """
    number = 0
    for row in objects:
        for found in _rows(row, shape):
            number += 1
            yield replace(found, number=number)


def job_row(job: Job, *, line: int) -> Row:
    """As `rows` counts it later."""
    return Row(
        number=0,
        line=line,
        values=job.values,
        problem=job.problem,
        given=job.given,
        notes=job.notes,
        skipped=job.skipped,
    )


def _rows(row: Row, shape: str) -> Iterator[Row]:
    name = shape or (of(row.values) if row.values else "")
    if row.problem or not name:
        yield row
        return
    is_it, read = SHAPES[name]
    if not is_it(row.values):
        problem = Reason(summary=f"not a job as {name} has it")
        yield Row(number=0, line=row.line, values={}, problem=problem)
        return
    for job in read(row.values):
        yield job_row(job, line=row.line)
