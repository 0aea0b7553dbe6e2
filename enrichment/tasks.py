"""What django-q2 calls: plain functions that take an id and return nothing."""

from __future__ import annotations

from enrichment import pilots, runner, sweeper
from enrichment.redaction import no_secret_raised


def run_batch(batch_id: int) -> None:
    with no_secret_raised():
        runner.run(batch_id)


def run_pilot(pilot_id: int) -> None:
    with no_secret_raised():
        pilots.run(pilot_id)


def sweep() -> None:
    with no_secret_raised():
        sweeper.sweep()
