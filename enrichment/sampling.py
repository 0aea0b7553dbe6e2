"""Which enriched postings a pilot asks: some that were chosen, the newest, or any."""

from __future__ import annotations

import random
from collections.abc import Sequence

from enrichment.models import Enrichment
from enrichment.querysets import EnrichmentQuerySet

MOST = 200
CHOSEN = ("facts", "prompt_version", "content_hash")


def enriched(size: int, *, ids: Sequence[int], at_random: bool) -> list[Enrichment]:
    """These, as far as they are enriched; or so many at random, or the newest."""
    size = min(size, MOST)
    rows = Enrichment.objects.filter(status="enriched")
    if ids:
        found = rows.filter(pk__in=list(ids)[:MOST])
    elif at_random:
        found = rows.filter(pk__in=_random_ids(rows, size))
    else:
        found = rows
    return list(found.order_by("-posting").only(*CHOSEN)[: MOST if ids else size])


def _random_ids(rows: EnrichmentQuerySet, size: int) -> set[int]:
    """By a step along the index from a random id each: the table is never gone through."""
    ids = rows.values_list("pk", flat=True)
    low, high = (ids.order_by(order).first() for order in ("posting", "-posting"))
    found: set[int] = set()
    if low is None or high is None:
        return found
    for _throw in range(3 * size):
        if len(found) == size:
            break
        start = random.randint(low, high)  # noqa: S311
        nearest = ids.filter(posting__gte=start).order_by("posting").first()
        if nearest is not None:
            found.add(nearest)
    return found
