"""What django-q2 calls: plain functions that take an id and return nothing."""

from __future__ import annotations

from enrichment import runner, sweeper


def run_batch(batch_id: int) -> None:
    runner.run(batch_id)


def sweep() -> None:
    sweeper.sweep()
