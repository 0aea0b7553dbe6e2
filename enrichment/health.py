"""Is all there that the site needs? For load balancers, supervisors and whoever is on duty.

What a web process can't work without fails it; dead workers and a provider that is down are
told, but taking the web process away would only hide them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from enrichment import progress, queue
from enrichment.models import LlmCall, Run

logger = logging.getLogger(__name__)

# The last calls; of a provider that works not all of them fail.
LAST_CALLS = 20


class State(StrEnum):
    OK = "ok"
    # Somebody should look at it; pages still work.
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Check:
    """`message` is for the operator, and no secret: it names no host and no address."""

    name: str
    state: State
    message: str


def missing_migrations() -> int:
    """How many of this version's the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Migrations:
    """Asked of the database until it has all of them; then they don't go away again."""

    def __init__(self) -> None:
        self._are_there = False

    def are_there(self) -> bool:
        if not self._are_there:
            self._are_there = missing_migrations() == 0
        return self._are_there


migrations = Migrations()


def checks() -> list[Check]:
    """All of them; without a database the others can't be told."""
    found = [_guarded("database", _database)]
    if found[0].state is not State.OK:
        return found
    named: list[tuple[str, Callable[[], tuple[State, str]]]] = [
        ("migrations", _migrated),
        ("queue", _queue),
        ("workers", _workers),
        ("provider", _provider),
    ]
    return [*found, *(_guarded(name, check) for name, check in named)]


def _guarded(name: str, check: Callable[[], tuple[State, str]]) -> Check:
    try:
        state, message = check()
    except Error as error:
        logger.warning("⚠️  The check of the %s failed (%s)", name, error)
        state, message = State.FAILED, "The database does not answer."
    return Check(name=name, state=state, message=message)


def _database() -> tuple[State, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return State.OK, "The database answers."


def _migrated() -> tuple[State, str]:
    if migrations.are_there():
        return State.OK, "All migrations are applied."
    return State.FAILED, "Migrations are missing: run manage.py migrate."


def _queue() -> tuple[State, str]:
    try:
        queue.count_waiting()
    except queue.QueueAwayError:
        return State.FAILED, "The task queue (Q_BROKER_URL) does not answer."
    return State.OK, "The task queue answers."


def _workers() -> tuple[State, str]:
    if alive := progress.workers_alive():
        return State.OK, f"{alive} alive."
    return State.WARNING, "No worker is alive: start manage.py qcluster."


def _provider() -> tuple[State, str]:
    """By the calls of late; without any there is nothing to say against it."""
    blocked = Run.objects.filter(status=Run.Status.BLOCKED).order_by("-pk")
    if kind := blocked.values_list("reason_kind", flat=True).first():
        return State.WARNING, f"A run is blocked: {kind}."
    ended = LlmCall.objects.order_by("-pk").values_list("outcome", flat=True)
    latest = [outcome for outcome in ended[:LAST_CALLS] if outcome in ("ok", "error")]
    if len(latest) == LAST_CALLS and "ok" not in latest:
        return State.WARNING, f"The last {LAST_CALLS} calls failed."
    return State.OK, "No trouble with the last calls."
