"""How PostgreSQL goes about the questions of a page, and what a lean one asks."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import SiteTestCase

LARGE = (
    *("jobs_jobposting", "enrichment_enrichment", "enrichment_llmcall"),
    *("enrichment_batch", "enrichment_term"),
)
# So many rows as they come, whichever: a count that stops.
FIRST_ROWS = re.compile(r"Limit .*\n *-> +Seq Scan on \w+ [^\n]*(?!\n +Filter)(?=\n|$)")


def keep_autovacuum_away() -> None:
    """Until the test's transaction ends: it would count none of the rows of that."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(LARGE)} IN SHARE UPDATE EXCLUSIVE MODE")


def plans_of(action: Callable[[], object]) -> list[str]:
    """How PostgreSQL goes about each of the action's questions, with the question."""
    with CaptureQueriesContext(connection) as captured:
        action()
    plans = []
    with connection.cursor() as cursor:
        for statement in (query["sql"] for query in captured):
            if statement.startswith(("SELECT", "UPDATE", "WITH")):
                cursor.execute(f"EXPLAIN {statement}")
                lines = "\n".join(line for (line,) in cursor.fetchall())
                plans.append(f"{statement}\n{lines}")
    assert plans
    return plans


class LeanTestCase(SiteTestCase):
    def assert_lean(self, action: Callable[[], object], *, sorts: bool = False) -> None:
        """No large table is read through; nothing is sorted, unless it is a few rows."""
        for plan in plans_of(action):
            rest = FIRST_ROWS.sub("", plan)
            for table in LARGE:
                assert f"Seq Scan on {table} " not in rest, plan
                assert sorts or table not in plan or "Sort" not in plan, plan

    def assert_page_is_lean(self, address: str, *, sorts: bool = False) -> None:
        def look() -> None:
            assert self.client.get(address).status_code == 200

        self.assert_lean(look, sorts=sorts)
