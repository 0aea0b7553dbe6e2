"""The engine's questions on PostgreSQL with 20,000 postings: by their indexes, unsorted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrichment import checking, choosing, conf, ledger, metrics, sweeper, terms
from enrichment.llm.prompt import PROMPT_VERSION
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.models import Batch, Enrichment, LlmCall, Run
from jobs.models import JobPosting
from tests.builders import work_of
from tests.jobs.planning import keep_autovacuum_away

POSTINGS = 20_000
FINISHED_BATCHES = 2_000


def fill() -> None:
    """Half enriched, most of the rest pending, some failed; as after a year of work."""
    keep_autovacuum_away()
    now = timezone.now()
    statements: list[tuple[str, list[Any]]] = [
        (
            "INSERT INTO jobs_jobposting (source, external_id, title, company, location,"
            " description, description_html, url, priority, content_hash, created_at,"
            " updated_at) SELECT 'plan', n::text, 'Baker ' || n, '', '', 'Bakes ' || n,"
            " '', '', n %% 3, encode(sha256(n::text::bytea), 'hex'), %s, %s"
            " FROM generate_series(1, %s) n",
            [now, now, POSTINGS],
        ),
        (
            "INSERT INTO enrichment_enrichment (posting_id, status, priority, tries,"
            " error_kind, error_message, content_hash, facts, finished_at, retry_at,"
            " updated_at) SELECT id, state, priority, 0,"
            " CASE WHEN state = 'failed' THEN 'timeout' ELSE '' END, '', content_hash,"
            " CASE WHEN state = 'enriched' THEN '{}'::jsonb END,"
            " CASE WHEN state IN ('enriched', 'failed') THEN %s::timestamptz END,"
            " CASE WHEN state = 'failed' THEN %s + id * interval '1 minute' END, %s"
            " FROM (SELECT *, CASE WHEN id %% 2 = 0 THEN 'enriched'"
            " WHEN id %% 10 = 1 THEN 'failed' ELSE 'pending' END AS state"
            " FROM jobs_jobposting) posting",
            [now, now, now],
        ),
    ]
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
    fill_history()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_history() -> None:
    now = timezone.now()
    run = Run.objects.create(
        door="page", batch_size=50, status="finished", finished_at=now
    )
    Batch.objects.bulk_create(
        Batch(run=run, status="finished", finished_at=now, enqueued_at=now)
        for _ in range(FINISHED_BATCHES)
    )
    Batch.objects.create(run=run, enqueued_at=now)
    LlmCall.objects.bulk_create(
        LlmCall(
            posting=posting,
            outcome="ok",
            provider="p",
            model=conf.current().model,
            prompt_version=PROMPT_VERSION,
            schema_version=SCHEMA_VERSION,
            content_hash=posting.content_hash,
            answer="{}",
            finished_at=now,
        )
        for posting in JobPosting.objects.all()
    )


def plan_of(action: Callable[[], object]) -> str:
    """How PostgreSQL goes about the action's statements."""
    with CaptureQueriesContext(connection) as captured:
        action()
    lines: list[str] = []
    for statement in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {statement['sql']}")
            lines += (line for (line,) in cursor.fetchall())
    return "\n".join(lines)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's planner has no statistics"
)
class PlanTests(TestCase):
    texts: ClassVar[list[JobPosting]]

    @classmethod
    def setUpTestData(cls) -> None:
        fill()
        cls.texts = list(JobPosting.objects.order_by("pk")[:50])

    def assert_by_index(self, plan: str, *indexes: str) -> None:
        for index in indexes:
            assert index in plan, plan
        assert "Seq Scan" not in plan, plan

    def test_next_batch_walks_its_index_without_a_sort(self) -> None:
        plan = plan_of(lambda: Enrichment.objects.next_pending(50))

        self.assert_by_index(plan, "enrichment_pending")
        assert "Sort" not in plan, plan

    def test_what_a_run_gave_back_is_found_by_its_batches(self) -> None:
        plan = plan_of(lambda: choosing._given_back([1, 2], 50))

        assert "Seq Scan" not in plan, plan

    def test_facts_to_be_checked_come_by_their_version(self) -> None:
        plan = plan_of(lambda: checking.of_stored(terms.outdated()[:20]))

        self.assert_by_index(plan, "enrichment_by_terms")
        assert "Sort" not in plan, plan

    def test_due_failures_come_by_their_time(self) -> None:
        due = Enrichment.objects.retry_due().order_by("retry_at")

        plan = plan_of(lambda: list(due.values_list("pk", flat=True)[:50]))

        self.assert_by_index(plan, "enrichment_retry")
        assert "Sort" not in plan, plan

    def test_lost_batches_are_sought_among_the_live_ones(self) -> None:
        lost = Batch.objects.lost(after=60)

        plan = plan_of(lambda: list(lost))

        self.assert_by_index(plan)
        # Which of the two is cheaper, the statistics say.
        assert "batch_live" in plan or "batch_by_status" in plan, plan

    def test_stored_answers_are_found_by_text(self) -> None:
        works = [work_of(posting) for posting in self.texts]
        model = conf.current().model

        plan = plan_of(
            lambda: ledger.stored_answers(works, model=model, prompt_version=1)
        )

        self.assert_by_index(plan, "call_answers")

    def test_forgotten_calls_are_sought_among_the_open_ones(self) -> None:
        plan = plan_of(sweeper.doubt_forgotten_calls)

        assert "Seq Scan on enrichment_llmcall" not in plan, plan

    def test_postings_of_a_batch_are_found_by_it(self) -> None:
        plan = plan_of(lambda: Enrichment.objects.claim(1))

        assert "Seq Scan" not in plan, plan

    def test_metrics_read_no_table_of_postings_or_calls_through(self) -> None:
        now = timezone.now()
        run = Run.objects.create(door="page", batch_size=50)
        Batch.objects.create(run=run, enqueued_at=now)
        Run.objects.update(folded_to=Batch.objects.latest("pk").pk - 1)
        LlmCall.objects.update(started_at=now - timedelta(days=1))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        plan = plan_of(metrics.text)

        for table in (
            "enrichment_enrichment",
            "enrichment_llmcall",
            "enrichment_batch",
        ):
            assert f"Seq Scan on {table} " not in plan, plan

    def test_what_a_selection_set_aside_is_found_by_its_batch(self) -> None:
        now = timezone.now()
        run = Run.objects.create(door="page", batch_size=50, of_selection=True)
        aside = Batch.objects.create(run=run, status="released", finished_at=now)
        pending = Enrichment.objects.filter(status="pending")
        some = list(pending.values_list("pk", flat=True))[::2]
        Enrichment.objects.filter(pk__in=some).update(batch=aside)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE enrichment_enrichment")

        plan = plan_of(lambda: choosing._given_back([aside.pk], 50))

        assert "enrichment_pending on" not in plan, plan
