"""One batch in a worker's hands: its texts in line, its calls in flight, its end."""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum, auto

from enrichment import leases, ledger
from enrichment.caller import Answer
from enrichment.conf import EngineSettings
from enrichment.leases import Lease
from enrichment.ledger import Asking, Closing
from enrichment.llm.errors import LlmError, Remedy
from enrichment.llm.retry import is_retryable
from enrichment.outage import Outage
from enrichment.recorder import Ended, LeaseLostError, Recorder
from enrichment.tries import Job, judge

logger = logging.getLogger(__name__)

# Until the answer of another batch about the same text may have come.
SAME_TEXT_PAUSE = 0.5


class Ending(Enum):
    """Why a worker stops working on a batch before nothing is left."""

    STOPPED = auto()  # the run was paused, cancelled or blocked
    LEAVING = auto()  # the worker is told to stop, or its task is out of time
    LOST = auto()  # another worker has the lease
    BROKEN = auto()  # a fault of this program


class Holding:
    """Work on a batch under its lease; every method may raise LeaseLostError."""

    def __init__(self, lease: Lease, settings: EngineSettings) -> None:
        self.lease = lease
        self.ending: Ending | None = None
        self.fault: Exception | None = None
        self.end_by = float("inf")
        self._settings = replace(settings, prompt=lease.prompt)
        self._recorder = Recorder(
            batch_id=lease.batch_id, attempt=lease.attempt, settings=self._settings
        )
        # For the lines of logs that programs read.
        self._names = {"run": lease.run_id, "batch": lease.batch_id}
        self._jobs: list[Job] = []
        self._flying: dict[int, Job] = {}

    def begin(self, numbers: Iterable[int]) -> None:
        """Claim the postings; those that need no call end at once."""
        logger.info(
            "🔄 Background batch enrichment started for %s jobs",
            self.lease.live,
            extra=self._names,
        )
        ended, works = leases.claim(self.lease, self._settings)
        self._recorder.record([], ended)
        for number, work in zip(numbers, works, strict=False):
            heapq.heappush(
                self._jobs, Job.first_try(work, self._settings, number=number)
            )

    # --- What the runner asks -----------------------------------------------------------
    @property
    def is_over(self) -> bool:
        if self._flying and time.monotonic() < self.end_by:
            return False
        return self.ending is not None or not (self._jobs or self._flying)

    def next_due(self) -> float | None:
        """When the next text may be called; None where none may."""
        if self.ending is not None or not self._jobs:
            return None
        return self._jobs[0].ready_at

    def due(self, count: int) -> list[Job]:
        """Up to so many texts whose time has come, in their order; they stay in line."""
        if self.ending is not None:
            return []
        now = time.monotonic()
        if count == 1:
            return [job for job in self._jobs[:1] if job.ready_at <= now]
        return heapq.nsmallest(
            count, (job for job in self._jobs if job.ready_at <= now)
        )

    def stop(self, ending: Ending, *, grace: float) -> None:
        """No call starts from now on; those in flight have so many seconds."""
        if self.ending is None:
            self.ending = ending
            self.end_by = time.monotonic() + grace

    def hurry(self, *, grace: float) -> None:
        self.end_by = min(self.end_by, time.monotonic() + grace)

    def look(self) -> None:
        """Once a second: keep the lease, and see whether the run goes on."""
        if self.ending in {Ending.LOST, Ending.BROKEN}:
            return
        self._recorder.renew_if_due()
        if self.ending is None and not leases.run_is_active(self.lease.run_id):
            self.stop(Ending.STOPPED, grace=self._settings.call_timeout + 1)

    # --- Calls --------------------------------------------------------------------------
    def put_on_record(self, jobs: Sequence[Job]) -> list[Job]:
        """Those that may go on to their call; the others wait, or have their answer."""
        new = [job for job in jobs if job.call_id is None]
        if not new:
            return list(jobs)
        asks = [self._asking(job) for job in new]
        for job, call_id in zip(
            new, ledger.open_calls(asks, self._settings), strict=True
        ):
            job.call_id = call_id
        opened = [job for job in new if job.call_id is not None]
        for job in new:
            if job.call_id is None:
                # Another batch is asking about the same text just now.
                self._put_off(job, SAME_TEXT_PAUSE)
        stored = leases.stored_answers(
            self.lease, [job.work for job in opened], self._settings
        )
        answered = [job for job in opened if job.work.content_hash in stored]
        if answered:
            ledger.unsend([job.call_id for job in answered if job.call_id])
            ended = []
            for job in answered:
                self._drop(job)
                answer = stored[job.work.content_hash]
                ended.append(
                    Ended(work=job.work, facts=answer.facts, call_id=answer.call_id)
                )
            self._recorder.record([], ended)
        return [j for j in jobs if j.call_id is not None and j not in answered]

    def _asking(self, job: Job) -> Asking:
        return Asking(
            work=job.work,
            batch_id=self.lease.batch_id,
            attempt=self.lease.attempt,
            try_number=job.attempts.number,
        )

    def started(self, job: Job) -> None:
        self._drop(job)
        self._flying[job.number] = job

    def take_in(self, answers: Sequence[Answer[Job]], outage: Outage) -> bool:
        """Record what came back; whether the run is in trouble now."""
        closings: list[Closing] = []
        ended: list[Ended] = []
        trouble: LlmError | None = None
        for answer in answers:
            job = answer.job
            self._flying.pop(job.number, None)
            closing, facts = judge(answer)
            closings.append(closing)
            job.call_id = None
            found = self._trouble(job, closing.error, outage)
            trouble = trouble or found
            if closing.error is None:
                ended.append(Ended(work=job.work, facts=facts, call_id=closing.call_id))
            elif found is None and self._is_over(job, closing.error):
                ended.append(Ended(work=job.work, error=closing.error))
        if trouble is not None:
            leases.block_run(self.lease.run_id, trouble)
            self.stop(Ending.STOPPED, grace=self._settings.call_timeout + 1)
        self._recorder.record(closings, ended)
        return trouble is not None

    def _trouble(
        self, job: Job, error: LlmError | None, outage: Outage
    ) -> LlmError | None:
        """An error that every posting would meet."""
        trouble = outage.note(job.number, error)
        if error is None:
            return None
        if error.kind.remedy is Remedy.ACCOUNT:
            return error
        if self.lease.is_probe and is_retryable(error):
            return error
        return trouble

    def _is_over(self, job: Job, error: LlmError) -> bool:
        """Whether the posting has failed; otherwise it is called again, or given back."""
        if self.ending is not None and is_retryable(error):
            return False
        wait = job.attempts.failed(error)
        if wait is None:
            return True
        job.ready_at = time.monotonic() + wait
        heapq.heappush(self._jobs, job)
        return False

    def _put_off(self, job: Job, seconds: float) -> None:
        self._drop(job)
        job.ready_at = time.monotonic() + seconds
        heapq.heappush(self._jobs, job)

    def _drop(self, job: Job) -> None:
        if self._jobs[0] is job:
            heapq.heappop(self._jobs)
        else:
            self._jobs.remove(job)
            heapq.heapify(self._jobs)

    # --- The end ------------------------------------------------------------------------
    def end(self) -> None:
        """Give the batch up, in the state that its ending asks for."""
        ledger.unsend([job.call_id for job in self._jobs if job.call_id])
        ledger.abandon([j.call_id for j in self._flying.values() if j.call_id])
        batch_id, run_id = self.lease.batch_id, self.lease.run_id
        match self.ending:
            case None:
                self._recorder.finish(run_id)
                successful, failed = leases.counts(batch_id)
                logger.info(
                    "✅ Background batch enrichment complete: %s successful, %s failed",
                    successful,
                    failed,
                    extra=self._names,
                )
            case Ending.STOPPED:
                rows = self._recorder.release(run_id)
                logger.info(
                    "Batch %s stopped: %s jobs given back",
                    batch_id,
                    rows,
                    extra=self._names,
                )
            case Ending.LEAVING:
                self._recorder.hand_over(run_id)
                logger.info(
                    "Batch %s waits for another worker to go on",
                    batch_id,
                    extra=self._names,
                )
            case Ending.BROKEN if self.fault is not None:
                leases.give_up_if_hopeless(self.lease, self._settings, self.fault)
            case _:
                raise LeaseLostError
