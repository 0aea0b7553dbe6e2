"""Reading again what an older prompt or schema read: how much there is, and a run over it.

Such a run goes through the stale ones by their ids, batch after batch, so that four hundred
thousand cost no more at the click than four. It has low priority, and takes nothing away:
an answer replaces facts, and until one comes they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from enrichment import batches, conf, prompts, term_counts
from enrichment.llm import schema
from enrichment.models import Door, Enrichment, Run
from enrichment.paging import MoreThan, capped_count
from enrichment.querysets import Versions


@dataclass(frozen=True, kw_only=True)
class Group:
    """Enriched postings read by one prompt and schema.

    Attributes:
        count: a `MoreThan` where counting stopped and workers haven't counted on.
        fields: facts that may read otherwise now; empty where nothing is stale.
    """

    versions: Versions
    count: int
    is_stale: bool
    fields: tuple[str, ...]


def groups(now: Versions | None = None) -> list[Group]:
    """All there are, at the cost of a few steps along an index for each."""
    now = now or prompts.versions()
    return [
        Group(
            versions=known,
            count=_count(known),
            is_stale=known != now,
            fields=fields(known, now),
        )
        for known in Enrichment.objects.known_versions()
    ]


def fields(known: Versions, now: Versions) -> tuple[str, ...]:
    """Which facts a change of prompt or schema may have touched."""
    if known.prompt != now.prompt:
        return tuple(schema.JobFacts.model_fields)
    later = range(known.schema + 1, now.schema + 1)
    touched = {name for one in later for name in schema.CHANGED_FIELDS.get(one, ())}
    return tuple(name for name in schema.JobFacts.model_fields if name in touched)


def count() -> int:
    """Of all stale ones; a `MoreThan` where any of its parts is one."""
    counts = [group.count for group in groups() if group.is_stale]
    total = sum(int(one) for one in counts)
    is_more = any(isinstance(one, MoreThan) for one in counts)
    return MoreThan(total) if is_more else total


def start(
    *,
    door: Door,
    user: Any = None,
    continuous: bool = True,
    size: int | None = None,
) -> tuple[Run | None, bool]:
    """Ask again about what is stale, unless a run does so already that isn't over.

    Args:
        door: where the wish comes from.
        user: who has it.
        continuous: all of it, batch after batch; else one batch.
        size: postings per batch; None = ENRICHMENT_BATCH_SIZE.

    Returns:
        The run, None where nothing is stale, and whether it is a new one.
    """
    stale = count()
    if not stale:
        return unfinished(), False
    size = size or conf.current().batch_size
    try:
        with transaction.atomic():
            run = Run.objects.create(
                door=door,
                user=user,
                batch_size=size,
                continuous=continuous,
                retries=Run.STALE,
                retries_left=stale if continuous else 0,
                priority=Run.Priority.LOW,
            )
            _first_batches(run)
            if not run.batches.exists():  # somebody else took them just now
                run.delete()
                return None, False
    except IntegrityError:
        return unfinished(), False
    return run, True


def unfinished() -> Run | None:
    """The run that does so just now, or will when a person lets it go on."""
    return Run.objects.unfinished().filter(retries=Run.STALE).first()


def _first_batches(run: Run) -> None:
    if run.continuous:
        batches.top_up(run)
        return
    now = prompts.versions()
    ids = Enrichment.objects.next_stale(run.batch_size, versions=now, after=0)
    if ids:
        batches.make_batch(run, ids, run.sources, enqueue=True)


def _count(known: Versions) -> int:
    """Exact as far as counting goes at once; beyond, what workers counted last."""
    found = capped_count(Enrichment.objects.of_versions(known), along="posting")
    if not isinstance(found, MoreThan):
        return found
    counted = term_counts.of(term_counts.READ_BY, f"{known.prompt} {known.schema}")
    return counted if counted and counted > found else found
