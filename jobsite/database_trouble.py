"""What a person can do about a command that the database ended.

Used by `manage.py`, in place of a traceback.
"""

from __future__ import annotations

import django.db
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from enrichment.durable import AWAY
from enrichment.redaction import hidden

# SQLite says by its words alone that a table or a column is missing.
NO_SUCH = "no such "


def advice(error: django.db.Error) -> str | None:
    """A sentence for the usual two: no database there, or one without this version's tables.

    None for all else: its traceback tells more.
    """
    if isinstance(error, AWAY) and not str(error).startswith(NO_SUCH):
        reason = " ".join(hidden(str(error)).split())
        return f"The database that DATABASE_URL names does not answer: {reason}"
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return None
    return (
        f"The database lacks {len(missing)} migrations of this version. Run "
        "`manage.py migrate` first."
    )
