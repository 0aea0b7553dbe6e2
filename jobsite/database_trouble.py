"""What a person can do about a command that the database ended.

Used by `manage.py`, in place of a traceback.
"""

from __future__ import annotations

import django.db

from enrichment.durable import AWAY
from enrichment.health import missing_migrations
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
    if missing := missing_migrations():
        return (
            f"The database lacks {missing} migrations of this version. Run "
            "`manage.py migrate` first."
        )
    return None
