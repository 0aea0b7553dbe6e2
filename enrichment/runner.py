"""The worker's side: batches leased, the model called for their postings, each end recorded.

One thread does everything but the calls: it decides, paces, writes and renews leases, in a
loop that never waits longer than a second. A worker that has nothing left to start takes
the next batch, so that the last answers of one don't hold the next one up.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from itertools import count

from enrichment import adapting, conf, leases, pacing, shutdown
from enrichment.caller import Answer, Ask, Caller, by_settings
from enrichment.conf import MAX_HOLDINGS, EngineSettings
from enrichment.durable import AWAY
from enrichment.hearing import Hearing, expected_tokens
from enrichment.holding import Ending, Holding
from enrichment.leases import Lease
from enrichment.outage import Outage
from enrichment.queue import enqueue_batch
from enrichment.recorder import LeaseLostError
from enrichment.tries import Job

logger = logging.getLogger(__name__)

BEAT = 1.0
# A worker that is told to stop gives calls in flight so long to be answered.
LEAVING_GRACE = 8.0
# Then answers are looked at: where this process is late with its starts, a refusal among
# them must not wait until it has caught up.
STARTS_IN_A_ROW = 4
# Seconds between two looks for another batch where there was none.
NEXT_BATCH_PAUSE = 1.0
# Seconds that the first answer waits for others, to be recorded with them.
GATHER = 0.03


def run(
    batch_id: int,
    *,
    settings: EngineSettings | None = None,
    ask: Ask | None = None,
    alone: bool = False,
) -> None:
    """Work on a batch until its end, and on others after it, as one delivery of its task.

    A second delivery, or one that comes late, finds the lease taken: its worker, which was
    idle, takes another batch if there is one.

    Args:
        settings: None = those of the moment.
        ask: how to call the model; None = by the openai client of the settings.
        alone: take no other batch.
    """
    settings = settings or conf.current()
    if shutdown.is_requested():
        enqueue_batch(batch_id)  # this delivery ends here; the batch waits for another
        return
    lease = leases.acquire(batch_id, settings)
    if lease is None and not alone:
        # Most often because a worker took it before its task came by. That worker may be
        # on another machine, and this one have nothing to do.
        lease = leases.acquire_next(settings)
    if lease is None:
        logger.debug("Batch %s is not free; this delivery has nothing to do", batch_id)
        return
    runner = Runner(settings, ask, alone=alone)
    try:
        runner.work(lease)
    except BaseException as error:
        if isinstance(error, Exception) and not isinstance(error, AWAY):
            runner.break_off(error)
        else:  # the task's time limit, Ctrl-C in a shell, a database that is away
            runner.leave_at_once()
        raise


class Runner:
    """One process at work on a batch or a few."""

    def __init__(
        self, settings: EngineSettings, ask: Ask | None, *, alone: bool
    ) -> None:
        self._settings = settings
        self._ask = ask
        self._pace = settings.pace
        self._caller: Caller[Job] = Caller()
        self._holdings: list[Holding] = []
        self._owners: dict[int, Holding] = {}
        self._outage = Outage()
        self._hearing = Hearing(settings.pace)
        self._numbers = count()
        self._ask_pace_at = 0.0
        self._beat_at = 0.0
        self._next_batch_at = 0.0
        started = time.monotonic()
        # Half of the time for new batches, so that the last one comes to its end.
        self._take_until = started if alone else started + settings.task_seconds / 2
        self._stop_at = started + settings.task_seconds

    def work(self, lease: Lease) -> None:
        self._hold(lease)
        try:
            while self._holdings:
                self._beat()
                self._start_due()
                self._take_in(timeout=self._pause())
                self._let_go()
        finally:
            self._caller.close()

    def leave_at_once(self) -> None:
        """Without waiting for the calls in flight."""
        for holding in self._holdings:
            holding.stop(Ending.LEAVING, grace=0)
            self._guard(holding, holding.end)

    def break_off(self, error: Exception) -> None:
        """A fault outside all batches: it counts as one of each, or it might go on for ever."""
        for holding in self._holdings:
            holding.ending, holding.fault = Ending.BROKEN, error
            self._guard(holding, holding.end)

    def _hold(self, lease: Lease) -> None:
        holding = Holding(lease, self._settings)
        self._holdings.append(holding)

        def begin() -> None:
            if not self._caller.is_ready:
                self._caller.use(self._ask or by_settings())
            holding.begin(self._numbers)

        self._guard(holding, begin)

    def _guard(self, holding: Holding, action: Callable[[], object]) -> None:
        """Let a batch's trouble be its own; the others go on."""
        names = {"batch": holding.lease.batch_id}
        try:
            action()
        except LeaseLostError:
            if holding.ending is not Ending.LOST:
                text = "⚠️  Batch %(batch)s was taken over by another worker"
                logger.warning(text, names, extra=names)
            holding.ending = Ending.LOST
        except Exception as error:
            text = "❌ Batch %(batch)s met a fault of this program"
            logger.exception(text, names, extra=names)
            holding.ending, holding.fault = Ending.BROKEN, error

    # --- The loop -----------------------------------------------------------------------
    def _beat(self) -> None:
        """Once a second: keep the leases, and see whether to go on."""
        now = time.monotonic()
        if now < self._beat_at:
            return
        self._beat_at = now + BEAT
        leaving = shutdown.is_requested()
        for holding in self._holdings:
            self._guard(holding, holding.look)
            if leaving:
                holding.stop(Ending.LEAVING, grace=LEAVING_GRACE)
                holding.hurry(grace=LEAVING_GRACE)
            elif now >= self._stop_at:
                grace = self._settings.call_timeout + BEAT
                holding.stop(Ending.LEAVING, grace=grace)
        if not self._pace.is_limited:
            self._wait_at_least(pacing.held_for(self._pace.account))
        elif self._pace.learns:
            adapting.recover(self._pace.account)
        self._take_turns()

    def _start_due(self) -> None:
        """Start what may start, the batches in turn."""
        for _start in range(STARTS_IN_A_ROW):
            room = self._room
            if not room or time.monotonic() < self._ask_pace_at:
                return
            # By the pace one call at a time; without one all that there is room for.
            limit = 1 if self._pace.is_limited else room
            due = (h for h in self._holdings if h.due(1))
            holding = max(due, key=lambda h: h.lease.priority, default=None)
            if holding is None:
                self._take_next_batch()
                return
            if not self._start_from(holding, limit):
                return
            self._holdings.remove(holding)
            self._holdings.append(holding)

    def _start_from(self, holding: Holding, limit: int) -> bool:
        """Whether to go on starting."""
        ready: list[Job] = []
        self._guard(
            holding, lambda: ready.extend(holding.put_on_record(holding.due(limit)))
        )
        for job in ready:
            if self._pace.is_limited:
                job.tokens = expected_tokens(self._pace.account, job.estimated)
                wait = pacing.take(self._pace, tokens=job.tokens)
                if wait:
                    self._wait_at_least(wait)
                    return False
                self._wait_at_least(self._pace.next_slot_in)
            holding.started(job)
            self._owners[job.number] = holding
            self._caller.start(job, job.work.text, holding.lease.prompt)
        return True

    @property
    def _room(self) -> int:
        return max(self._settings.concurrency - self._caller.in_flight, 0)

    def _wait_at_least(self, seconds: float) -> None:
        self._ask_pace_at = max(self._ask_pace_at, time.monotonic() + seconds)

    def _take_turns(self) -> None:
        """Batches of other runs don't wait for the end of those at hand."""
        if not self._may_begin:
            return
        above = None
        if len(self._holdings) >= MAX_HOLDINGS:  # one more, if it is urgent
            above = max(holding.lease.priority for holding in self._holdings)
        mine = {holding.lease.run_id for holding in self._holdings}
        lease = leases.acquire_waiting(self._settings, besides=mine, above=above)
        if lease is not None:
            self._hold(lease)

    @property
    def _may_begin(self) -> bool:
        if time.monotonic() >= self._take_until or shutdown.is_requested():
            return False
        return all(h.ending is not Ending.LEAVING for h in self._holdings)

    def _take_next_batch(self) -> None:
        """Nothing can be started now: is there another batch to start from?"""
        now = time.monotonic()
        if now < self._next_batch_at or not self._may_begin:
            return
        if len(self._holdings) >= MAX_HOLDINGS:
            return
        self._next_batch_at = now + NEXT_BATCH_PAUSE
        lease = leases.acquire_next(self._settings)
        if lease is not None:
            self._next_batch_at = now
            self._hold(lease)

    def _pause(self) -> float:
        """Seconds until something is due without an answer coming first."""
        if any(holding.is_over for holding in self._holdings):
            return 0.0
        due = self._beat_at
        if self._room:
            times = [holding.next_due() for holding in self._holdings]
            ready = [moment for moment in times if moment is not None]
            due = min([due, *(max(moment, self._ask_pace_at) for moment in ready)])
        return max(due - time.monotonic(), 0.0)

    # --- Answers ------------------------------------------------------------------------
    def _take_in(self, *, timeout: float) -> None:
        by_holding: dict[Holding, list[Answer[Job]]] = {}
        gather = GATHER
        if self._pace.is_limited:  # the next slot comes first
            gather = min(GATHER, max(self._ask_pace_at - time.monotonic(), 0.0))
        for answer in self._caller.answers(timeout=timeout, gather=gather):
            self._note_pace(answer)
            holding = self._owners.pop(answer.job.number)
            by_holding.setdefault(holding, []).append(answer)
        for holding, answers in by_holding.items():
            self._guard(holding, lambda h=holding, a=answers: self._pass_on(h, a))  # type: ignore[misc]

    def _pass_on(self, holding: Holding, answers: list[Answer[Job]]) -> None:
        if holding.take_in(answers, self._outage):
            self._outage = Outage()

    def _note_pace(self, answer: Answer[Job]) -> None:
        hold = self._hearing.note(
            completion=answer.completion,
            error=answer.error,
            tokens=answer.job.tokens,
            estimated=answer.job.estimated,
        )
        if hold:
            self._wait_at_least(hold)

    def _let_go(self) -> None:
        for holding in [holding for holding in self._holdings if holding.is_over]:
            was_broken = holding.ending is Ending.BROKEN
            self._guard(holding, holding.end)
            if holding.ending is Ending.BROKEN and not was_broken:
                self._guard(holding, holding.end)  # a fault of the end counts too
            if holding.is_over:
                self._holdings.remove(holding)
