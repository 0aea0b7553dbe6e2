"""The one door: starting, pausing, resuming and cancelling runs of batches.

Called by the page, the admin, the command, the schedule and the shell; `runner` calls
`go_on` at the end of a batch. Each function is one short transaction. Rows are locked in
one order everywhere: run, batch, enrichments.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now

from enrichment import choosing, conf, tally
from enrichment.choosing import Selection
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Door, Enrichment, LlmCall, Run
from enrichment.paging import MoreThan, without
from enrichment.querysets import RunQuerySet
from enrichment.queue import enqueue_batch
from enrichment.signals import run_ended

logger = logging.getLogger(__name__)

# No more of a selection in one transaction.
MOST_SET_ASIDE = 20_000
# So many times the usual number of live batches: that there is always one to go first.
HIGH_AHEAD = 4


@dataclass(frozen=True, kw_only=True)
class Started:
    """What became of a wish to enrich.

    Attributes:
        run: None where there was nothing to do.
        queued: postings in its first batch, or batches where it is continuous.
        eligible: postings that could have been taken; more than `taken` = limited.
        skipped: selected ones that are enriched, or on their way, already.
        left: pending postings that no batch has yet; of a continuous run's selection alone.
    """

    run: Run | None
    batch: Batch | None
    queued: int
    eligible: int
    skipped: int
    left: int

    @property
    def taken(self) -> int:
        """In a batch, or sure to get into one of this run."""
        of_selection = self.run is not None and self.run.of_selection
        return self.queued + self.left if of_selection else self.queued

    @property
    def is_limited(self) -> bool:
        # A count that stopped at what was taken says that there are more.
        more = isinstance(self.eligible, MoreThan) and self.eligible >= self.taken
        return self.batch is not None and (more or self.eligible > self.taken)


def start(
    *,
    door: Door,
    user: Any = None,
    selection: Selection | None = None,
    size: int | None = None,
    continuous: bool = False,
    priority: int = Run.Priority.NORMAL,
    force: bool = False,
    enqueue: bool = True,
) -> Started:
    """Queue a batch: of a selection, or of what is pending, most urgent and oldest first.

    Args:
        door: where the wish comes from.
        user: who has it; None for commands and schedules.
        selection: a person's choice, which also takes failed ones before their time.
        size: postings per batch; None = ENRICHMENT_BATCH_SIZE.
        continuous: batch after batch until nothing is pending, or all of the selection is
            done.
        priority: batches of a run of high priority go before those of others.
        force: take enriched ones of the selection too, and ask the model anew.
        enqueue: False = the caller runs the batch itself.

    Raises:
        ValueError: a size below 1, or `force` for more than one batch.
    """
    if size is None:
        size = conf.current().batch_size
    if size < 1:
        raise ValueError(f"a batch holds at least 1 posting, not {size}")
    if force and continuous:
        raise ValueError("only one batch at a time can be enriched anew")
    sources = ["pending", "failed", "enriched"] if force else ["pending", "failed"]
    with transaction.atomic():
        if selection is None:
            ids, eligible, selected = choosing.next_ids(size)
            sources = ["pending"]
        else:
            most = MOST_SET_ASIDE if continuous else size
            ids, eligible, selected = choosing.chosen_ids(selection, sources, most)
            if isinstance(eligible, MoreThan) and len(ids) == most > eligible:
                eligible = MoreThan(most)
        run = batch = None
        queued = 0
        if ids:
            of_selection = selection is not None and len(ids) > size
            run = Run.objects.create(
                door=door,
                user=user,
                batch_size=size,
                continuous=continuous and (selection is None or of_selection),
                of_selection=of_selection,
                priority=priority,
                force=force,
            )
            batch = make_batch(run, ids[:size], sources, enqueue=enqueue)
            _set_aside(run, ids[size:], sources)
            if run.continuous:
                top_up(run)
            queued = run.batches.aggregate(total=Sum("total"))["total"] or 0
    return Started(
        run=run,
        batch=batch,
        queued=queued,
        eligible=eligible,
        skipped=without(selected, eligible),
        left=len(ids) - queued if run and run.of_selection else tally.pending(),
    )


def pause(run_id: int) -> bool:
    """active, blocked -> paused; False where the run wasn't in such a state.

    Calls in flight are still answered and recorded; all other postings are given back.
    """
    return _stop(run_id, lambda runs: runs.pause())


def cancel(run_id: int) -> bool:
    """Any unfinished state -> cancelled, for good; what is enriched stays."""
    return _stop(run_id, lambda runs: runs.cancel() and _tell(run_id, "cancelled"))


def block(run_id: int, *, kind: ErrorKind, reason: str) -> bool:
    """active -> blocked by a fault of the account, until a person resumes."""

    def transition(runs: RunQuerySet) -> int:
        # A probe that failed is no news.
        if runs.filter(probing=False).block(kind=kind, reason=reason):
            return _tell(run_id, "blocked")
        return runs.block(kind=kind, reason=reason)

    won = _stop(run_id, transition)
    if won:
        names = {"run": run_id, "kind": kind}
        logger.error("⛔ Run %s is blocked: %s", run_id, reason, extra=names)
    return won


def resume(run_id: int) -> bool:
    """paused, blocked -> active, with a new batch of what was given back."""
    with transaction.atomic():
        if not Run.objects.filter(pk=run_id).resume():
            return False
        go_on(run_id)
    return True


def probe(run_id: int, *, after: float) -> bool:
    """Ask with one posting whether a run that has been blocked for a while can go on.

    Not while a worker still gives a batch back: its end would look like the probe's.
    """
    with transaction.atomic():
        runs = Run.objects.filter(pk=run_id)
        if runs.filter(batches__in=Batch.objects.live()).exists():
            return False
        if not runs.probe(after=after):
            return False
        run = Run.objects.get(pk=run_id)
        ids = choosing.next_of(run, 1)
        if not ids:
            go_on(run_id)
            return False
        make_batch(run, ids, run.sources, enqueue=True)
    text = "Run %(run)s asks with one call whether the provider works again"
    logger.info(text, {"run": run_id}, extra={"run": run_id})
    return True


def go_on(run_id: int) -> None:
    """Give an active run its next batch, or its end where nothing is left.

    In the transaction that ended a batch. The run's row is locked, so that of two batches
    that end together one sees the other's end.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.status != Run.Status.ACTIVE:
        return
    if run.probing and not _was_answered(run):
        ids = choosing.next_of(run, 1)
        if ids and make_batch(run, ids, run.sources, enqueue=True):
            return
    if Run.objects.filter(pk=run_id).heal():
        names = {"run": run_id}
        logger.info("Run %(run)s goes on: the provider works again", names, extra=names)
    top_up(run)
    if run.batches.live().exists() or choosing.is_anything_left(run):
        return  # what another transaction holds for a moment, the sweeper comes back to
    if Run.objects.filter(pk=run_id).finish():
        _tell(run_id, "finished")


def _tell(run_id: int, status: str) -> bool:
    """In the transaction of the end, for whoever listens."""
    run_ended.send(sender=Run, run_id=run_id, status=status)
    return True


def _was_answered(run: Run) -> bool:
    """Whether the probe, which is a batch of its own, made its call.

    It may have ended without one: deleted, without text, answered before.
    """
    probe = run.batches.order_by("-pk").first()
    calls = LlmCall.objects.filter(batch=probe, outcome__in=["ok", "error"])
    return probe is not None and calls.exists()


def top_up(run: Run) -> None:
    """As many live batches as one worker command works on at once, or one of the rest."""
    wanted = conf.current().live_batches if run.continuous else 1
    if run.priority > Run.Priority.NORMAL and run.continuous:
        wanted *= HIGH_AHEAD
    for _missing in range(wanted - run.batches.live().count()):
        ids = choosing.next_of(run, run.batch_size)
        if not ids or make_batch(run, ids, run.sources, enqueue=True) is None:
            return


def make_batch(
    run: Run, ids: Sequence[int], sources: Sequence[str], *, enqueue: bool
) -> Batch | None:
    """A queued batch of what is still to be had of these; None where nothing is.

    Needs a transaction.
    """
    batch = Batch.objects.create(run=run, enqueued_at=Now())
    won = Enrichment.objects.filter(pk__in=ids).take(batch.pk, sources=sources)
    if not won:
        batch.delete()
        return None
    Batch.objects.filter(pk=batch.pk).update(total=won)
    batch.total = won
    if enqueue:
        enqueue_batch(batch.pk)
    return batch


def _set_aside(run: Run, ids: Sequence[int], sources: Sequence[str]) -> None:
    """Let the run come back to these: as if it had given them back from a batch."""
    if ids:
        aside = Batch.objects.create(run=run, status="released", finished_at=Now())
        Enrichment.objects.filter(pk__in=ids).set_aside(aside.pk, sources=sources)


def _stop(run_id: int, transition: Any) -> bool:
    """Move the run, and give back the batches that no worker holds.

    A worker that holds one looks at its run every second and gives the rest back itself.
    """
    with transaction.atomic():
        if not transition(Run.objects.filter(pk=run_id)):
            return False
        queued = Batch.objects.filter(run_id=run_id, status="queued")
        ids = list(queued.select_for_update().values_list("pk", flat=True))
        Batch.objects.filter(pk__in=ids, status="queued").release()
        give_back(Run.objects.get(pk=run_id), ids)
    return True


def give_back(run: Run, batch_ids: Sequence[int]) -> int:
    """Live postings of batches become pending; what a run renews is enriched as before."""
    if run.renews:
        return Enrichment.objects.keep_facts(batch_ids)
    return Enrichment.objects.release(batch_ids)
