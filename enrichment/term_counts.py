"""How many postings have a term: counted now and then, read at once.

Workers count, as often as it takes little of their time: with ten thousand postings every few
seconds, with a million every few minutes. Pages say when it was.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Now

from enrichment import tally
from enrichment.models import Batch, Enrichment, LlmCall, Term, TermCount
from enrichment.models.terms import TermCounting

# Of each kind, the most frequent so many.
KEPT = 2000
# Counting takes at most this share of the time.
SHARE = 0.02
AT_LEAST_EVERY = timedelta(seconds=10)
# Should a worker die while it counts, another one does it after this.
GIVEN_UP_AFTER = timedelta(minutes=5)
# What takes longer than this is not for a thread that has other duties.
QUICK_MS = 500
# The number of an advisory lock; any that nothing else in the database uses.
COUNT_LOCK = 7_052_513
# Due at once: this moment would not be, for SQLite, whose clock tells milliseconds.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# In place of what was seen at the last count.
CHANGED, COUNTING = "changed", "counting"
SOURCE, SOURCE_ENRICHED = "source", "source_enriched"
# `2 1`: enriched postings by the versions of prompt and schema that they were read by.
READ_BY = "read_by"

COUNT = f"""
INSERT INTO {TermCount._meta.db_table} (kind, value, count)
SELECT kind, value, amount FROM (
    SELECT kind, value, count(*) AS amount, row_number() OVER (
        PARTITION BY kind ORDER BY count(*) DESC, value) AS place
    FROM {Term._meta.db_table} GROUP BY kind, value
) AS counted WHERE place <= {KEPT}
"""  # noqa: S608


def top(kind: str, *, limit: int = KEPT) -> list[tuple[str, int]]:
    """The most frequent values of a kind with their counts, the first one first."""
    rows = TermCount.objects.filter(kind=kind).order_by("-count", "value")
    return list(rows.values_list("value", "count")[:limit])


def of(kind: str, value: str) -> int | None:
    """None where it is not among the most frequent ones."""
    row = TermCount.objects.filter(kind=kind, value=value).first()
    return row.count if row else None


def counted_at() -> datetime | None:
    row = TermCounting.objects.first()
    return row.counted_at if row else None


def changed() -> None:
    """Terms were written that the ledger knows nothing of: count anew when it is time."""
    TermCounting.objects.update(seen=CHANGED)


def refresh_if_due(*, only_quick: bool = False) -> bool:
    """Count anew where it is time and something has changed; whether it was counted.

    Args:
        only_quick: leave it to somebody with more time where it takes long.
    """
    TermCounting.objects.get_or_create(pk=1, defaults={"due_at": LONG_AGO})
    due = TermCounting.objects.filter(pk=1, due_at__lte=Now())
    if only_quick:
        due = due.filter(took_ms__lte=QUICK_MS)
    if not due.update(due_at=Now() + GIVEN_UP_AFTER):
        return False
    if TermCounting.objects.filter(pk=1, seen=_signature()).update(
        due_at=Now() + AT_LEAST_EVERY
    ):
        return False
    refresh()
    return True


def refresh() -> None:
    """Count all terms, whatever was counted before."""
    TermCounting.objects.get_or_create(pk=1, defaults={"due_at": LONG_AGO})
    # What changes from now on is counted next time.
    seen = _signature()
    TermCounting.objects.filter(pk=1).update(seen=COUNTING)
    started = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time: a second one would find the counts there that it is to write.
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNT_LOCK])
        TermCount.objects.all().delete()
        cursor.execute(COUNT)
        TermCount.objects.bulk_create([*_sources()])
    took = time.monotonic() - started
    pause = max(AT_LEAST_EVERY, timedelta(seconds=took / SHARE))
    TermCounting.objects.filter(pk=1).update(
        counted_at=Now(), took_ms=round(took * 1000), due_at=Now() + pause
    )
    TermCounting.objects.filter(pk=1, seen=COUNTING).update(seen=seen)


def _sources() -> list[TermCount]:
    enriched = Enrichment.objects.filter(status="enriched")
    return [
        *_counted(SOURCE, Enrichment.objects.all()),
        *_counted(SOURCE_ENRICHED, enriched),
        *_versions(enriched),
    ]


def _versions(enriched: models.QuerySet[Any]) -> list[TermCount]:
    versions = enriched.order_by().values_list("prompt_version", "schema_version")
    counts = versions.annotate(count=models.Count("pk")).order_by("-count")[:KEPT]
    return [
        TermCount(kind=READ_BY, value=f"{prompt} {schema}", count=count)
        for prompt, schema, count in counts
    ]


def _counted(kind: str, rows: models.QuerySet[Any]) -> list[TermCount]:
    counts = rows.order_by().values_list("posting__source")
    most = counts.annotate(count=models.Count("pk")).order_by("-count")[:KEPT]
    return [TermCount(kind=kind, value=value, count=count) for value, count in most]


def _signature() -> str:
    """What changes whenever terms do: a cheap look at the states and the ledger."""
    # A batch may be answered from the ledger, without a call.
    newest = [
        model.objects.order_by("-pk").values_list("pk", flat=True).first()
        for model in (LlmCall, Batch)
    ]
    states = sorted(tally.counts().items())
    return f"{newest} {[count for _state, count in states]}"[:200]
