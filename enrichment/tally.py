"""How many postings are in which state, at the same cost with a million of them.

On PostgreSQL triggers keep the tally: each statement that moves postings adds an entry for
each state whose count it changes, so a count is exact at every commit, whoever wrote, and
nobody waits for a counter's row. SQLite, where postings are few, counts the rows.
"""

from __future__ import annotations

import logging

from django.db import connection, transaction
from django.db.models import Count, Sum

from enrichment.entries import Entries
from enrichment.models import Enrichment, TallyEntry

logger = logging.getLogger(__name__)

State = tuple[str, str]
"""A status, and the kind of error of failed ones."""

# Entries that a question may sum; beyond, the sweeper makes them few again.
FEW = 200
# The number of an advisory lock; any that nothing else in the database uses.
RECOUNT_LOCK = 7_052_512

ENTRIES = Entries(
    table="enrichment_tallyentry", keys=("status", "error_kind"), sums=("amount",)
)
# Rows and entries of one moment: what differs is an error, however much is being written.
MEND = """
INSERT INTO enrichment_tallyentry (status, error_kind, amount)
SELECT status, error_kind, sum(amount) FROM (
    SELECT status, error_kind, count(*) AS amount FROM enrichment_enrichment
    GROUP BY status, error_kind
    UNION ALL SELECT status, error_kind, -amount FROM enrichment_tallyentry
) AS counted
GROUP BY status, error_kind HAVING sum(amount) <> 0
RETURNING status, error_kind, amount
"""


def is_kept() -> bool:
    return connection.vendor == "postgresql"


def counts() -> dict[State, int]:
    """Postings by status and kind of error; without those that have none."""
    if not is_kept():
        return _counted()
    entries = TallyEntry.objects.values_list("status", "error_kind")
    sums = entries.annotate(count=Sum("amount"))
    return {(status, kind): count for status, kind, count in sums if count}


def total(counts: dict[State, int], *, status: str = "", kind: str = "") -> int:
    """Of these counts, those of a status and of a kind of error; empty = any."""
    return sum(
        count
        for (one_status, one_kind), count in counts.items()
        if status in ("", one_status) and kind in ("", one_kind)
    )


def pending() -> int:
    if not is_kept():
        return Enrichment.objects.filter(status="pending").count()
    entries = TallyEntry.objects.filter(status="pending")
    return int(entries.aggregate(count=Sum("amount", default=0))["count"])


def compact() -> None:
    """One entry for each state, where they have become many."""
    if is_kept():
        ENTRIES.compact(few=FEW)


def recount() -> dict[State, int]:
    """Count all rows, and mend a tally that says something else.

    Only a write with triggers switched off can make it so, as a restore of rows alone.

    Returns:
        By how much each wrong count was too low.
    """
    if not is_kept():
        return {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECOUNT_LOCK])
        cursor.execute(MEND)
        wrong = {(status, kind): amount for status, kind, amount in cursor.fetchall()}
    if wrong:
        logger.warning("The tally was wrong by %s; mended", wrong)
    return wrong


def _counted() -> dict[State, int]:
    """From the index of states; only the failed ones are read, for their kinds."""
    rows = Enrichment.objects.order_by()
    states = rows.exclude(status="failed").values_list("status")
    kinds = rows.filter(status="failed").values_list("error_kind")
    return {
        **{(status, ""): n for status, n in states.annotate(count=Count("pk"))},
        **{("failed", kind): n for kind, n in kinds.annotate(count=Count("pk"))},
    }
