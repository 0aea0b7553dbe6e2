"""Which postings a batch takes: the next pending ones, or the first of a selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from enrichment import prompts
from enrichment.models import Enrichment, Run
from enrichment.paging import capped_count
from enrichment.querysets import EnrichmentQuerySet

Selection = Sequence[int] | QuerySet[Any]
"""Ids of postings in the order of their turn, or a query for postings."""

ID_CHUNK = 1000


def next_ids(size: int) -> tuple[list[int], int, int]:
    """Ids to take, how many there are to take, how many were looked at."""
    ids = Enrichment.objects.next_pending(size)
    # More than one batch is no surprise here, so nothing was limited.
    return ids, len(ids), len(ids)


def next_of(run: Run, count: int) -> list[int]:
    """What a run takes next: of all that is pending, or what it gave back, or once more.

    A run that retries or renews moves on by this: its row is locked.
    """
    if _takes_all(run):
        return Enrichment.objects.next_pending(count)
    if run.renews:
        ids = _locked(given_back(run), count)
    else:
        ids = _given_back(_given_back_batches(run), count)
    if run.retries and run.continuous and len(ids) < count:
        ids += _once_more(run, count - len(ids))
    return ids


def _once_more(run: Run, count: int) -> list[int]:
    rows, after = Enrichment.objects.all(), run.retried_to
    if run.renews:
        ids = rows.next_stale(count, versions=prompts.versions(), after=after)
    else:
        ids = rows.next_failed(count, kind=run.retries, after=after)
    if ids:
        run.retried_to = ids[-1]
    if ids or run.retries_left:
        # The count was known about at the start; fewer than asked for are the last.
        more = len(ids) == count
        run.retries_left = max(run.retries_left - count, 0) if more else 0
        run.save(update_fields=["retried_to", "retries_left"])
    return ids


def given_back(run: Run) -> EnrichmentQuerySet:
    """What a run had in a batch, and comes back to."""
    batch_ids = _given_back_batches(run)
    if run.renews:
        return Enrichment.objects.unasked(batch_ids, versions=prompts.versions())
    return Enrichment.objects.filter(status="pending", batch__in=batch_ids)


def is_anything_left(run: Run) -> bool:
    """Whether a posting waits for this run, though somebody may hold its row right now."""
    if _takes_all(run):
        return Enrichment.objects.filter(status="pending").exists()
    return given_back(run).exists()


def _takes_all(run: Run) -> bool:
    return run.continuous and not (run.retries or run.of_selection)


def _given_back_batches(run: Run) -> list[int]:
    return list(run.batches.filter(status="released").values_list("pk", flat=True))


def _given_back(batch_ids: list[int], count: int) -> list[int]:
    if not batch_ids:
        return []
    rows = Enrichment.objects.filter(batch__in=batch_ids)
    # By the batch first, and as an expression: the planner would else walk along all that
    # is pending, to find the few of this run.
    return rows.next_pending(count, first=Coalesce("batch_id", 0))


def _locked(rows: EnrichmentQuerySet, count: int) -> list[int]:
    turn = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return list(turn.values_list("pk", flat=True)[:count])


def chosen_ids(
    selection: Selection, sources: Sequence[str], size: int
) -> tuple[list[int], int, int]:
    """As `next_ids`, for a selection; what is taken is locked, and nothing else.

    Of a query the pending ones come before those that failed.
    """
    rows = Enrichment.objects.filter(status__in=sources)
    if isinstance(selection, QuerySet):
        return _of_query(selection.order_by(), sources, size)
    wanted = list(dict.fromkeys(selection))
    found: set[int] = set()
    for start_at in range(0, len(wanted), ID_CHUNK):
        chunk = rows.filter(pk__in=wanted[start_at : start_at + ID_CHUNK])
        found.update(chunk.values_list("pk", flat=True))
    ids = _lock_first(rows, [pk for pk in wanted if pk in found], size)
    return ids, len(found) if len(ids) == size else len(ids), len(wanted)


def _of_query(
    selection: QuerySet[Any], sources: Sequence[str], size: int
) -> tuple[list[int], int, int]:
    """It may be all there is, so it is counted only so far, and never sorted."""
    ids: list[int] = []
    for status in sources:  # each has an index in the order of turns
        # Said inside as well: a selection of another state is then known to have none.
        postings = selection.filter(enrichment__status=status)
        rows = Enrichment.objects.filter(
            status=status, posting__in=postings.values("pk")
        )
        turn = rows.order_by("-priority", "posting_id")
        free = turn.select_for_update(no_key=True, of=("self",), skip_locked=True)
        ids += free.values_list("pk", flat=True)[: size - len(ids)]
    eligible = capped_count(selection.filter(enrichment__status__in=sources))
    return ids, eligible, capped_count(selection)


def _lock_first(
    rows: EnrichmentQuerySet, candidates: list[int], size: int
) -> list[int]:
    """The first so many of them that are still to be had."""
    ids: list[int] = []
    waits = True
    while candidates and len(ids) < size:
        missing = size - len(ids)
        part, candidates = candidates[:missing], candidates[missing:]
        # In the order of ids, and never waiting with locks in hand, so that nobody waits in
        # a circle.
        locked = (
            rows.filter(pk__in=part)
            .order_by("pk")
            .select_for_update(no_key=True, skip_locked=not waits)
        )
        won = set(locked.values_list("pk", flat=True))
        ids += [pk for pk in part if pk in won]
        waits = False
    return ids
