"""Whose turn it is: the batch that a worker with free hands takes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db import transaction

from enrichment import choosing
from enrichment.batches import make_batch
from enrichment.models import Batch, Run

WAITING_SHOWN = 10


def waiting(*, besides: Collection[int] = (), above: int | None = None) -> list[int]:
    """Queued batches of active runs, the most urgent and longest waiting first.

    Args:
        besides: runs to leave out.
        above: only those of a higher priority.
    """
    queued = Batch.objects.filter(status="queued", run__status=Run.Status.ACTIVE)
    queued = queued.exclude(run__in=besides)
    if above is not None:
        queued = queued.filter(run__priority__gt=above)
    turns = queued.order_by("-run__priority", "pk")
    return list(turns.values_list("pk", flat=True)[:WAITING_SHOWN])


def make_next() -> int | None:
    """A new batch for the continuous run with the fewest live ones; None where none goes on.

    Those of high priority come first.

    Its task is queued as well: should its maker die at once, another worker comes for it.
    """
    # Only the live ones are counted; a run may have thousands that are over.
    live = Counter(Batch.objects.live().values_list("run_id", flat=True))
    going_on = Run.objects.filter(
        status=Run.Status.ACTIVE, continuous=True, probing=False
    )
    turns = list(going_on.order_by("pk").values_list("pk", "priority"))
    turns.sort(key=lambda turn: (-turn[1], live[turn[0]]))
    for run_id, _priority in turns:
        with transaction.atomic():
            run = Run.objects.select_for_update().get(pk=run_id)
            if run.status != Run.Status.ACTIVE or run.probing:
                continue
            ids = choosing.next_of(run, run.batch_size)
            batch = make_batch(run, ids, run.sources, enqueue=True) if ids else None
        if batch is not None:
            return batch.pk
    return None
