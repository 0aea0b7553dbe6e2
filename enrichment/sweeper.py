"""Puts back to work what was left lying: dead workers' batches, failures whose time has come.

`take_over` runs every few seconds in each `manage.py qcluster`; `sweep` once a minute, as a
schedule of django-q2. Both may run anywhere at any time, also at once.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Now

from enrichment import (
    batches,
    call_counts,
    conf,
    grounding_counts,
    pilots,
    run_sums,
    tally,
    term_counts,
    terms,
)
from enrichment.models import Batch, Door, Enrichment, LlmCall, Run
from enrichment.queue import QueueAwayError, count_waiting, enqueue_batch
from enrichment.vocabulary import following

logger = logging.getLogger(__name__)

# Postings that were stored past the models are looked for among the newest ones.
ADOPTED_WINDOW = 10_000
ADOPTED_CHUNK = 2000
# Seconds beyond the time that a call can take, until nobody waits for it any more.
FORGOTTEN_AFTER = 60.0
# A fraction of a second's work.
INDEXED_CHUNK = 300
# Seconds for what the vocabulary has changed, at each look.
FOLLOWED_FOR = 0.5


def sweep() -> None:
    """All that is due, once a minute."""
    adopt()
    take_over()
    revive_runs()
    retry_failed()
    doubt_forgotten_calls()
    tally.compact()
    call_counts.compact()
    grounding_counts.compact()
    run_sums.fold_all()
    term_counts.refresh_if_due()


def take_over() -> int:
    """New tasks for batches whose worker fell silent or whose task got lost; how many.

    A task is lost that has been in the queue for `stalled_after`, while no task waits there:
    some cluster took it, and perhaps died with it. While the queue itself is away nothing
    can be said of its tasks, nor can one be sent.
    """
    taken = 0
    after = conf.current().stalled_after
    try:
        waiting = count_waiting()
    except QueueAwayError as error:
        logger.debug("The task queue does not answer (%s)", error)
        return 0
    pilots.take_over()
    lost = Batch.objects.lost(after=after, tasks_wait=waiting > 0)
    for batch_id in list(lost.values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            again = Batch.objects.lost(after=after).filter(pk=batch_id)
            if again.update(enqueued_at=Now()):
                enqueue_batch(batch_id)
                taken += 1
                logger.warning(
                    "⚠️  Batch %s lost its worker; queued again",
                    batch_id,
                    extra={"batch": batch_id},
                )
    return taken


def probe_blocked() -> None:
    """One call now and then for each run whose trouble may be over by itself."""
    after = conf.current().probe_every
    blocked = Run.objects.filter(status=Run.Status.BLOCKED)
    for run_id in list(blocked.values_list("pk", flat=True)):
        batches.probe(run_id, after=after)


def keep_terms() -> None:
    """Terms and their counts follow the facts; a little at a time."""
    if terms.catch_up(limit=INDEXED_CHUNK):
        term_counts.changed()
    following.follow(seconds=FOLLOWED_FOR)
    term_counts.refresh_if_due(only_quick=True)


def revive_runs() -> None:
    """Active runs without a live batch go on, or end."""
    live = Batch.objects.live().values("run_id")
    idle = Run.objects.filter(status=Run.Status.ACTIVE).exclude(pk__in=live)
    for run_id in list(idle.values_list("pk", flat=True)):
        with transaction.atomic():
            batches.go_on(run_id)


def retry_failed() -> batches.Started | None:
    """A batch of failed postings whose wait is over, unless one is under way already."""
    size = conf.current().batch_size
    due = Enrichment.objects.retry_due().order_by("retry_at")
    ids = list(due.values_list("pk", flat=True)[:size])
    if not ids or _is_busy():
        return None
    started = batches.start(door=Door.SCHEDULE, selection=ids)
    if started.queued:
        logger.info("🔁 %s failed jobs are tried again", started.queued)
    return started


def doubt_forgotten_calls() -> int:
    """Calls in flight that nobody waits for any more: each holds its text up."""
    longest = 2 * conf.current().call_timeout + FORGOTTEN_AFTER
    outside = Q(batch=None, started_at__lt=Now() - timedelta(seconds=longest))
    left_behind = Q(batch__attempt__gt=F("batch_attempt")) | Q(
        batch__status__in=["finished", "released"]
    )
    return LlmCall.objects.filter(outside | left_behind, outcome="open").doubt()


def _is_busy() -> bool:
    """A blocked account would only fail them again; a scheduled run comes first."""
    runs = Run.objects.unfinished()
    return (
        runs.filter(door=Door.SCHEDULE).exists()
        or runs.filter(status=Run.Status.BLOCKED).exists()
    )


def adopt() -> None:
    """An enrichment for each new posting that has none, whoever stored it."""
    adopted = ADOPTED_CHUNK
    while adopted == ADOPTED_CHUNK:
        newest = Enrichment.objects.aggregate(newest=Max("pk"))["newest"] or 0
        adopted = Enrichment.objects.adopt_newer_than(
            newest - ADOPTED_WINDOW, limit=ADOPTED_CHUNK
        )
