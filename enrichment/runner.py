"""The worker's side of a batch: lease it, call the model for its postings, record each end.

One thread does everything but the calls: it decides, paces, writes and renews the lease,
in a loop that never waits longer than a second.
"""

from __future__ import annotations

import heapq
import logging
import time
from enum import Enum, auto
from itertools import count

from enrichment import conf, leases, pacing, shutdown
from enrichment.caller import Answer, Ask, Caller, by_settings
from enrichment.conf import EngineSettings
from enrichment.leases import Lease
from enrichment.ledger import Closing, open_call
from enrichment.llm.errors import LlmError, Remedy
from enrichment.llm.retry import is_retryable
from enrichment.models import LlmCall
from enrichment.outage import Outage
from enrichment.queue import enqueue_batch
from enrichment.recorder import Ended, LeaseLostError, Recorder
from enrichment.tries import Job, judge
from enrichment.work import Work

logger = logging.getLogger(__name__)

BEAT = 1.0
# A worker that is told to stop gives calls in flight so long to be answered.
LEAVING_GRACE = 8.0
# Faults of this program: after so many workers have met them the batch is given up.
MAX_ATTEMPTS = 3


class Ending(Enum):
    """Why a worker stops working on a batch."""

    DONE = auto()  # nothing is left
    STOPPED = auto()  # the run was paused, cancelled or blocked
    LEAVING = auto()  # this worker is told to stop
    TIME = auto()  # a task may not last for ever; another one goes on


def run(
    batch_id: int, *, settings: EngineSettings | None = None, ask: Ask | None = None
) -> None:
    """Work on a batch until its end, as one delivery of its task.

    A second delivery, or one that comes late, finds the lease taken and does nothing.

    Args:
        settings: None = those of the moment.
        ask: how to call the model; None = by the openai client of the settings.
    """
    settings = settings or conf.current()
    if shutdown.is_requested():
        enqueue_batch(batch_id)  # this delivery ends here; the batch waits for another
        return
    lease = leases.acquire(batch_id, settings)
    if lease is None:
        logger.info("Batch %s is not free; this delivery has nothing to do", batch_id)
        return
    runner: Runner | None = None
    try:
        runner = Runner(lease, settings, ask or by_settings())
        runner.work()
    except LeaseLostError:
        logger.warning("⚠️  Batch %s was taken over by another worker", batch_id)
    except Exception as error:
        logger.exception("❌ Batch %s met a fault of this program", batch_id)
        leases.give_up_if_hopeless(lease, settings, error, max_attempts=MAX_ATTEMPTS)
    except BaseException:
        if runner:
            runner.leave_at_once()  # the task's time limit, or Ctrl-C in a shell
        raise


class Runner:
    """One worker's hold on one batch."""

    def __init__(self, lease: Lease, settings: EngineSettings, ask: Ask) -> None:
        self._lease = lease
        self._settings = settings
        self._pace = settings.pace
        self._caller: Caller[Job] = Caller(ask)
        self._recorder = Recorder(
            batch_id=lease.batch_id, attempt=lease.attempt, settings=settings
        )
        self._jobs: list[Job] = []
        self._flying: dict[int, Job] = {}
        self._outage = Outage()
        self._numbers = count()
        self._ask_pace_at = 0.0
        self._beat_at = 0.0
        self._stop_at = time.monotonic() + settings.task_seconds

    def work(self) -> None:
        logger.info(
            "🔄 Background batch enrichment started for %s jobs", self._lease.live
        )
        ended, works = leases.claim(self._lease, self._settings)
        self._recorder.record([], ended)
        for work in works:
            self._add(work)
        ending = self._loop()
        self._let_calls_end(ending)
        self._end(ending)

    def leave_at_once(self) -> None:
        """Without waiting for the calls in flight."""
        try:
            self._end(Ending.LEAVING)
        except LeaseLostError:
            pass

    # --- The loop -----------------------------------------------------------------------
    def _loop(self) -> Ending:
        while self._jobs or self._flying:
            ending = self._beat()
            if ending is not None:
                return ending
            self._start_due()
            self._take_in(timeout=self._pause())
        return Ending.DONE

    def _beat(self) -> Ending | None:
        """Once a second: keep the lease, and look whether to go on."""
        now = time.monotonic()
        if now < self._beat_at:
            return None
        self._beat_at = now + BEAT
        self._recorder.renew_if_due()
        if shutdown.is_requested():
            return Ending.LEAVING
        if not leases.run_is_active(self._lease.run_id):
            return Ending.STOPPED
        if now >= self._stop_at:
            return Ending.TIME
        if not self._pace.is_limited:
            self._wait_at_least(pacing.held_for(self._pace.account))
        return None

    def _wait_at_least(self, seconds: float) -> None:
        self._ask_pace_at = max(self._ask_pace_at, time.monotonic() + seconds)

    def _start_due(self) -> None:
        while self._has_room and self._jobs:
            now = time.monotonic()
            if now < self._jobs[0].ready_at or now < self._ask_pace_at:
                return
            job = self._jobs[0]
            if job.call_id is None and not self._put_on_record(job):
                continue
            if self._pace.is_limited:
                wait = pacing.take(self._pace, tokens=job.tokens)
                if wait:
                    self._ask_pace_at = time.monotonic() + wait
                    return
                self._ask_pace_at = time.monotonic() + self._next_slot_in
            heapq.heappop(self._jobs)
            self._flying[job.number] = job
            self._caller.start(job, job.work.text)

    @property
    def _has_room(self) -> bool:
        return len(self._flying) < self._settings.concurrency

    @property
    def _next_slot_in(self) -> float:
        """Before that there is no point in asking; a late start may be made good."""
        return max(self._pace.interval - self._pace.catch_up, 0.0)

    def _put_on_record(self, job: Job) -> bool:
        """Whether the first job in line may go on to its call; else it left the line."""
        lease = self._lease
        job.call_id = open_call(
            job.work,
            self._settings,
            batch_id=lease.batch_id,
            attempt=lease.attempt,
            try_number=job.attempts.number,
        )
        if job.call_id is None:
            # Another batch is asking about the same text just now.
            job.ready_at = time.monotonic() + BEAT / 2
            heapq.heapreplace(self._jobs, job)
            return False
        answer = leases.stored_answer(lease, job.work, self._settings)
        if answer is None:
            return True
        heapq.heappop(self._jobs)
        LlmCall.objects.unsend([job.call_id])
        ended = Ended(work=job.work, facts=answer.facts, call_id=answer.call_id)
        self._recorder.record([], [ended])
        return False

    def _pause(self) -> float:
        """Seconds until something is due without an answer coming first."""
        due = self._beat_at
        if self._jobs and self._has_room:
            due = min(due, max(self._jobs[0].ready_at, self._ask_pace_at))
        return max(due - time.monotonic(), 0.0)

    # --- Answers ------------------------------------------------------------------------
    def _take_in(self, *, timeout: float, may_retry: bool = True) -> None:
        closings: list[Closing] = []
        ended: list[Ended] = []
        for answer in self._caller.answers(timeout=timeout):
            del self._flying[answer.job.number]
            closing, facts = judge(answer)
            closings.append(closing)
            self._settle(answer)
            if closing.error is None:
                self._outage.note(answer.job.number, None)
                ended.append(
                    Ended(work=answer.job.work, facts=facts, call_id=closing.call_id)
                )
            elif self._is_over(answer.job, closing.error, may_retry=may_retry):
                ended.append(Ended(work=answer.job.work, error=closing.error))
        if closings:
            self._recorder.record(closings, ended)

    def _is_over(self, job: Job, error: LlmError, *, may_retry: bool) -> bool:
        """Whether the posting has failed; otherwise it is called again, or given back."""
        job.call_id = None
        remedy = error.kind.remedy
        trouble = self._outage.note(job.number, error)
        if remedy is Remedy.ACCOUNT or (self._lease.is_probe and is_retryable(error)):
            trouble = error
        if trouble is not None:
            leases.block_run(self._lease.run_id, trouble)
            self._beat_at = 0.0  # look at the run's state at once
            return False
        if remedy is Remedy.RATE_BACKOFF and error.retry_after:
            pacing.hold(self._pace.account, seconds=error.retry_after)
            self._wait_at_least(error.retry_after)
        if not may_retry and is_retryable(error):
            return False
        wait = job.attempts.failed(error)
        if wait is None:
            return True
        job.ready_at = time.monotonic() + wait
        heapq.heappush(self._jobs, job)
        return False

    def _settle(self, answer: Answer[Job]) -> None:
        if answer.completion and self._pace.per_thousand_tokens:
            usage = answer.completion.usage
            used = usage.input_tokens + usage.output_tokens
            pacing.settle(self._pace, estimated=answer.job.tokens, used=used)

    # --- The end ------------------------------------------------------------------------
    def _let_calls_end(self, ending: Ending) -> None:
        """Calls in flight are paid for: take their answers in, up to a bound."""
        grace = self._settings.call_timeout + BEAT
        if ending is Ending.LEAVING:
            grace = LEAVING_GRACE
        deadline = time.monotonic() + grace
        while self._flying and (left := deadline - time.monotonic()) > 0:
            if ending is not Ending.LEAVING and shutdown.is_requested():
                deadline = min(deadline, time.monotonic() + LEAVING_GRACE)
            self._take_in(timeout=min(left, BEAT), may_retry=False)
            self._recorder.renew_if_due()

    def _end(self, ending: Ending) -> None:
        self._close_what_stayed_open()
        batch_id, run_id = self._lease.batch_id, self._lease.run_id
        match ending:
            case Ending.DONE:
                self._recorder.finish(run_id)
                successful, failed = leases.counts(batch_id)
                logger.info(
                    "✅ Background batch enrichment complete: %s successful, %s failed",
                    successful,
                    failed,
                )
            case Ending.STOPPED:
                rows = self._recorder.release(run_id)
                logger.info("Batch %s stopped: %s jobs given back", batch_id, rows)
            case Ending.LEAVING | Ending.TIME:
                self._recorder.hand_over(run_id)
                logger.info("Batch %s waits for another worker to go on", batch_id)

    def _close_what_stayed_open(self) -> None:
        unsent = [job.call_id for job in self._jobs if job.call_id is not None]
        LlmCall.objects.unsend(unsent)
        flying = [job.call_id for job in self._flying.values() if job.call_id]
        LlmCall.objects.abandon(flying)

    def _add(self, work: Work) -> None:
        job = Job.first_try(work, self._settings, number=next(self._numbers))
        heapq.heappush(self._jobs, job)
