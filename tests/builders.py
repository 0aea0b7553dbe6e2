"""Rows for tests, in one line each."""

from __future__ import annotations

from itertools import count
from typing import Any

from enrichment import batches
from enrichment.batches import Started
from enrichment.models import Batch, Door, Enrichment
from jobs.models import JobPosting

_numbers = count(1)
TEXT = "We look for a baker in Ghent who knows bread. You speak Dutch."


def make_posting(**fields: Any) -> JobPosting:
    """A saved posting with a text of its own; its enrichment is pending."""
    number = next(_numbers)
    return JobPosting.objects.create(
        **{
            "external_id": f"posting-{number}",
            "title": f"Baker {number}",
            "description": f"{TEXT} Reference {number}.",
            **fields,
        }
    )


def make_postings(how_many: int, **fields: Any) -> list[JobPosting]:
    return [make_posting(**fields) for _ in range(how_many)]


def start(**options: Any) -> Started:
    """A run by the command's door."""
    return batches.start(**{"door": Door.COMMAND, **options})


def start_batch(*postings: JobPosting, **options: Any) -> Batch:
    """A queued batch of these postings."""
    ids = [posting.pk for posting in postings]
    batch = start(selection=ids, **options).batch
    assert batch is not None
    return batch


def enrichment_of(posting: JobPosting) -> Enrichment:
    return Enrichment.objects.get(pk=posting.pk)


def states() -> dict[str, int]:
    """How many enrichments are in which state."""
    found: dict[str, int] = {}
    for status in Enrichment.objects.values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found
