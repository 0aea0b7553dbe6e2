"""The sources that postings came from."""

from __future__ import annotations

from django.db import connection

LISTED = 30
# From name to name by the unique index; DISTINCT reads every posting.
WALK = """
WITH RECURSIVE named(name) AS (
    SELECT min(source) FROM jobs_jobposting
    UNION ALL
    SELECT (SELECT min(source) FROM jobs_jobposting WHERE source > name)
    FROM named WHERE name IS NOT NULL
)
SELECT name FROM named WHERE name IS NOT NULL LIMIT %s
"""


def first(count: int = LISTED) -> list[str]:
    """The first by name."""
    with connection.cursor() as cursor:
        cursor.execute(WALK, [count])
        return [name for (name,) in cursor.fetchall()]
