"""The states of batches, runs and calls: which arrow moves which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from enrichment.models import Batch, LlmCall, Run
from tests.builders import (
    lease,
    make_posting,
    open_call,
    start_batch,
)

pytestmark = pytest.mark.django_db

# --- Batches ----------------------------------------------------------------------------
HOUR = timedelta(hours=1)
BATCH_STATES: dict[str, dict[str, Any]] = {
    "queued": {"status": "queued"},
    "running": {"status": "running", "lease_expires_at": timezone.now() + HOUR},
    "stalled": {"status": "running", "lease_expires_at": timezone.now() - HOUR},
    "finished": {"status": "finished", "finished_at": timezone.now()},
    "released": {"status": "released", "finished_at": timezone.now()},
}
BATCH_ARROWS: dict[str, tuple[set[str], str, Callable[[int], int]]] = {
    "lease": (
        {"queued", "stalled"},
        "running",
        lambda pk: Batch.objects.lease(pk, holder="a:1", seconds=60),
    ),
    "hand_over": (
        {"running", "stalled"},
        "queued",
        lambda pk: Batch.objects.filter(pk=pk).hand_over(),
    ),
    "finish": (
        {"running", "stalled"},
        "finished",
        lambda pk: Batch.objects.filter(pk=pk).finish(),
    ),
    "release": (
        {"queued", "running", "stalled"},
        "released",
        lambda pk: Batch.objects.filter(pk=pk).release(),
    ),
}


def batch_in(state: str) -> Batch:
    batch = start_batch(make_posting())
    Batch.objects.update(**BATCH_STATES[state])
    batch.refresh_from_db()
    return batch


class TestBatchArrows:
    @pytest.mark.parametrize("state", BATCH_STATES)
    @pytest.mark.parametrize("arrow", BATCH_ARROWS)
    def test_arrow_moves_its_own_states_alone(self, arrow, state) -> None:
        sources, target, move = BATCH_ARROWS[arrow]
        batch = batch_in(state)
        before = batch.status
        moves = state in sources

        assert move(batch.pk) == moves
        batch.refresh_from_db()
        assert batch.status == (target if moves else before)

    def test_each_lease_is_another_attempt(self) -> None:
        batch = start_batch(make_posting())

        assert [lease(batch, seconds=-1), lease(batch)] == [1, 2]
        assert not Batch.objects.held(batch.pk, 1).exists()
        assert Batch.objects.held(batch.pk, 2).exists()

    def test_started_at_is_that_of_the_first_worker(self) -> None:
        batch = start_batch(make_posting())
        lease(batch, seconds=-1)
        first = batch.started_at
        lease(batch)

        assert batch.started_at == first


# --- Runs -------------------------------------------------------------------------------
RUN_STATES: dict[str, dict[str, Any]] = {
    "active": {},
    "paused": {},
    "blocked": {
        "reason_kind": "provider_down",
        "reason": "No answer",
        "blocked_at": timezone.now() - HOUR,
    },
    "probing": {"status": "active", "probing": True},
    "finished": {"finished_at": timezone.now()},
    "cancelled": {"finished_at": timezone.now()},
}
RUN_ARROWS: dict[str, tuple[set[str], str, Callable[[Any], int]]] = {
    "pause": ({"active", "probing", "blocked"}, "paused", lambda runs: runs.pause()),
    "probe": ({"blocked"}, "active", lambda runs: runs.probe(after=60)),
    "heal": ({"probing"}, "active", lambda runs: runs.heal()),
    "block": (
        {"active", "probing"},
        "blocked",
        lambda runs: runs.block(kind="unauthorized", reason="No key"),
    ),
    "resume": ({"paused", "blocked"}, "active", lambda runs: runs.resume()),
    "cancel": (
        {"active", "probing", "paused", "blocked"},
        "cancelled",
        lambda runs: runs.cancel(),
    ),
    "finish": ({"active", "probing"}, "finished", lambda runs: runs.finish()),
}


def run_in(state: str) -> Run:
    columns = {"status": state, **RUN_STATES[state]}
    return Run.objects.create(door="page", batch_size=50, **columns)


class TestRunArrows:
    @pytest.mark.parametrize("status", RUN_STATES)
    @pytest.mark.parametrize("arrow", RUN_ARROWS)
    def test_arrow_moves_its_own_states_alone(self, arrow, status) -> None:
        sources, target, move = RUN_ARROWS[arrow]
        before = run_in(status).status
        moves = status in sources

        assert move(Run.objects.all()) == moves
        run = Run.objects.get()
        assert run.status == (target if moves else before)
        assert run.probing == (arrow == "probe" if moves else status == "probing")

    @pytest.mark.parametrize("arrow", ["resume", "heal"])
    def test_run_that_goes_on_has_no_reason_any_more(self, arrow) -> None:
        run_in("blocked")
        if arrow == "heal":
            Run.objects.all().probe(after=60)

        RUN_ARROWS[arrow][2](Run.objects.all())

        run = Run.objects.get()
        assert (run.reason_kind, run.reason, run.blocked_at) == ("", "", None)

    def test_fault_of_the_account_is_not_probed(self) -> None:
        run_in("blocked")
        Run.objects.update(reason_kind="unauthorized")

        assert Run.objects.all().probe(after=60) == 0

    def test_probe_waits_its_time(self) -> None:
        run_in("blocked")

        assert Run.objects.all().probe(after=7200) == 0


# --- Calls ------------------------------------------------------------------------------
CALL_STATES: dict[str, dict[str, Any]] = {
    "open": {"finished_at": None},
    "ok": {"finished_at": timezone.now()},
    "error": {"finished_at": timezone.now(), "error_kind": "timeout"},
    "in_doubt": {"finished_at": timezone.now()},
    "abandoned": {"finished_at": timezone.now()},
    "unsent": {"finished_at": timezone.now()},
}
CALL_ARROWS: dict[str, tuple[set[str], str, Callable[[int], int]]] = {
    "close": (
        {"open", "in_doubt"},
        "ok",
        lambda pk: len(LlmCall.objects.close({pk: {"outcome": "ok"}})),
    ),
    "abandon": ({"open"}, "abandoned", lambda pk: LlmCall.objects.abandon([pk])),
    "doubt": (
        {"open"},
        "in_doubt",
        lambda pk: LlmCall.objects.filter(pk=pk).doubt(),
    ),
    "unsend": ({"open"}, "unsent", lambda pk: LlmCall.objects.unsend([pk])),
}


class TestCallArrows:
    @pytest.mark.parametrize("outcome", CALL_STATES)
    @pytest.mark.parametrize("arrow", CALL_ARROWS)
    def test_arrow_moves_its_own_states_alone(self, arrow, outcome) -> None:
        sources, target, move = CALL_ARROWS[arrow]
        call = open_call(make_posting(), outcome=outcome, **CALL_STATES[outcome])
        moves = outcome in sources

        assert move(call.pk) == moves
        call.refresh_from_db()
        assert call.outcome == (target if moves else outcome)
