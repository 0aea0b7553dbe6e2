"""Taking a batch, and what is found on taking it: repeats, stored answers, dead workers' work."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from enrichment import batches, ledger, prompts, turns
from enrichment.conf import EngineSettings
from enrichment.durable import AWAY, stubbornly
from enrichment.ledger import StoredAnswer
from enrichment.llm.errors import ErrorKind, LlmError, Remedy
from enrichment.llm.prompt import Prompt
from enrichment.models import Batch, Enrichment, LlmCall, Run
from enrichment.recorder import Ended, LeaseLostError, Recorder
from enrichment.work import Work, load

# A posting in flight at so many workers' deaths is set aside, before it kills another.
MAX_DEATHS = 2
# Faults of this program: after so many of them the batch is given up.
MAX_FAULTS = 3


@dataclass(frozen=True, kw_only=True)
class Lease:
    """One worker's hold on a batch; `attempt` is the fencing token of its writes.

    `prompt` is what its postings are asked with, whatever is promoted meanwhile.
    """

    batch_id: int
    run_id: int
    attempt: int
    live: int
    force: bool
    is_probe: bool
    priority: int
    prompt: Prompt


def holder_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:200]


def acquire(batch_id: int, settings: EngineSettings) -> Lease | None:
    """The lease, or None where another worker has it or the batch is over."""

    def write() -> Batch | None:
        # In one transaction: the attempt that is read is the one that was won.
        with transaction.atomic():
            won = Batch.objects.lease(
                batch_id, holder=holder_name(), seconds=settings.stalled_after
            )
            if not won:
                return None
            return Batch.objects.select_related("run").get(pk=batch_id)

    batch = stubbornly(write)
    if batch is None:
        return None
    return Lease(
        batch_id=batch_id,
        run_id=batch.run_id,
        attempt=batch.attempt,
        live=Enrichment.objects.live_in(batch_id).count(),
        force=batch.run.force,
        is_probe=batch.run.probing,
        priority=batch.run.priority,
        prompt=stubbornly(prompts.current),
    )


def claim(lease: Lease, settings: EngineSettings) -> tuple[list[Ended], list[Work]]:
    """Take all postings of the batch; which of them end at once, and what is left to ask."""
    if lease.attempt > 1:
        earlier = LlmCall.objects.filter(batch_attempt__lt=lease.attempt)
        earlier.open_in(lease.batch_id).doubt()
    stubbornly(lambda: Enrichment.objects.claim(lease.batch_id))
    works = load(lease.batch_id)
    deaths = ledger.deaths(lease.batch_id) if lease.attempt > 1 else {}
    stored = stored_answers(lease, works, settings)
    ended: list[Ended] = []
    to_ask: list[Work] = []
    for work in works:
        answer = stored.get(work.content_hash)
        if not work.text.is_usable:
            error = LlmError(ErrorKind.NO_TEXT, "The posting has no text to read")
            ended.append(Ended(work=work, error=error))
        elif answer is not None:
            ended.append(Ended(work=work, facts=answer.facts, call_id=answer.call_id))
        elif deaths.get(work.content_hash, 0) >= MAX_DEATHS:
            ended.append(Ended(work=work, error=_died(deaths[work.content_hash])))
        else:
            to_ask.append(work)
    # Those in flight at a death come last: if the worker dies again soon, then not because
    # of them, and not with them.
    to_ask.sort(key=lambda work: deaths.get(work.content_hash, 0))
    return ended, to_ask


def acquire_next(settings: EngineSettings) -> Lease | None:
    """The lease of a batch that waits, or of a new one of a run that goes on by itself."""
    lease = acquire_waiting(settings)
    if lease is not None:
        return lease
    new = stubbornly(turns.make_next)
    return None if new is None else acquire(new, settings)


def acquire_waiting(
    settings: EngineSettings,
    *,
    besides: Collection[int] = (),
    above: int | None = None,
) -> Lease | None:
    """The lease of a batch that waits, of any run but these; of a higher priority than `above`."""
    for batch_id in stubbornly(lambda: turns.waiting(besides=besides, above=above)):
        lease = acquire(batch_id, settings)
        if lease is not None:
            return lease
    return None


def stored_answers(
    lease: Lease, works: list[Work], settings: EngineSettings
) -> dict[str, StoredAnswer]:
    """By content hash; also such that came since the claim, by other batches."""
    own = lease.batch_id if lease.force else None
    return stubbornly(
        lambda: ledger.stored_answers(
            works,
            model=settings.model,
            prompt_version=lease.prompt.version,
            only_of_batch=own,
        )
    )


def block_run(run_id: int, trouble: LlmError) -> None:
    """The next posting would fare no better: nobody goes on with the run."""
    # A probe may have met an error that is the posting's elsewhere.
    of_account = trouble.kind.remedy is Remedy.ACCOUNT
    kind = trouble.kind if of_account else ErrorKind.PROVIDER_DOWN
    stubbornly(lambda: batches.block(run_id, kind=kind, reason=trouble.message))


def run_is_active(run_id: int) -> bool:
    return stubbornly(
        lambda: Run.objects.filter(pk=run_id, status=Run.Status.ACTIVE).exists()
    )


def counts(batch_id: int) -> tuple[int, int]:
    """Postings enriched and failed."""
    successful, failed = Batch.objects.values_list("successful", "failed").get(
        pk=batch_id
    )
    return successful, failed


def give_up_if_hopeless(
    lease: Lease, settings: EngineSettings, error: Exception
) -> None:
    """Fail the rest of a batch whose every worker meets a fault, so that it ends.

    Before that, and where the database is the trouble, the lease runs out and the next
    worker tries.
    """
    if isinstance(error, AWAY):
        return
    held = Batch.objects.held(lease.batch_id, lease.attempt)
    if not stubbornly(lambda: held.meet_fault(most=MAX_FAULTS)):
        return
    recorder = Recorder(
        batch_id=lease.batch_id, attempt=lease.attempt, settings=settings
    )
    fault = LlmError(
        ErrorKind.INTERNAL_ERROR,
        f"A fault of this program ({type(error).__name__}); the worker's log has it",
    )
    try:
        Enrichment.objects.claim(lease.batch_id)  # the fault may have come before that
        ended = [Ended(work=work, error=fault) for work in load(lease.batch_id)]
        recorder.record([], ended)
        LlmCall.objects.open_in(lease.batch_id).doubt()
        recorder.finish(lease.run_id)
    except LeaseLostError:
        return


def _died(times: int) -> LlmError:
    return LlmError(
        ErrorKind.WORKER_DIED,
        f"The worker died {times} times while this posting was being read",
    )
