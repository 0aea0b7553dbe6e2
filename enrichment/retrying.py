"""Trying failed postings again: one of them, all of a kind, or all there are.

A run that retries walks through the failed ones by their ids, batch after batch, so that
four hundred thousand cost no more at the click than four. Each is tried once, one that fails
again is behind it; and it takes nothing else, however much is pending.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from enrichment import batches, conf, tally
from enrichment.models import Door, Enrichment, Run

ALL = "all"


def count(kind: str) -> int:
    """Failed postings of a kind, or of all."""
    one_kind = "" if kind == ALL else kind
    return tally.total(tally.counts(), status="failed", kind=one_kind)


def start(*, kind: str, door: Door, user: Any = None) -> tuple[Run | None, bool]:
    """Retry all of a kind, unless a run does so already that isn't over.

    Returns:
        The run, None where nothing has failed so, and whether it is a new one.
    """
    failed = count(kind)
    if not failed:  # unless a first click took them all just now
        return unfinished(kind), False
    try:
        with transaction.atomic():
            run = Run.objects.create(
                door=door,
                user=user,
                batch_size=conf.current().batch_size,
                continuous=True,
                retries=kind,
                retries_left=failed,
            )
            batches.top_up(run)
            if not run.batches.exists():  # somebody else took them just now
                run.delete()
                return None, False
    except IntegrityError:
        return unfinished(kind), False
    return run, True


def unfinished(kind: str) -> Run | None:
    """The run that retries a kind just now, or will when a person lets it go on."""
    return Run.objects.unfinished().filter(retries=kind).first()


def start_one(posting_id: int, *, door: Door, user: Any = None) -> Run | None:
    """Retry one failed posting; None where it isn't failed any more."""
    if not Enrichment.objects.filter(pk=posting_id, status="failed").exists():
        return None
    return batches.start(door=door, user=user, selection=[posting_id]).run


def start_some(
    chosen: QuerySet[Enrichment], *, door: Door, user: Any = None
) -> Run | None:
    """Retry the failed ones of a choice; None where none of them is failed."""
    posting_model: Any = Enrichment._meta.get_field("posting").related_model
    failed = chosen.filter(status="failed").order_by()
    postings = posting_model.objects.filter(pk__in=failed.values("pk"))
    started = batches.start(door=door, user=user, selection=postings, continuous=True)
    return started.run
