"""What the ledger is searched for: stored answers, and calls that workers died in."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrichment import conf, ledger
from enrichment.llm.prompt import PROMPT_VERSION
from enrichment.models import LlmCall
from jobs.models import JobPosting
from tests.builders import (
    answered_call,
    make_posting,
    open_call,
    running_batch,
    start_batch,
    work_of,
)

pytestmark = pytest.mark.django_db


class TestStoredAnswers:
    def find(self, posting: JobPosting, **options: Any) -> int | None:
        model = conf.current().model
        found = ledger.stored_answers(
            [work_of(posting)],
            **{"model": model, "prompt_version": PROMPT_VERSION, **options},
        )
        answer = found.get(posting.content_hash)
        return answer.call_id if answer else None

    def test_same_text_prompt_schema_and_model_is_found(self) -> None:
        posting = make_posting()
        call = answered_call(posting)

        assert self.find(posting) == call.pk

    @pytest.mark.parametrize(
        "change",
        [
            {"content_hash": "another"},
            {"prompt_version": 0},
            {"model": "another"},
            {"outcome": "error", "error_kind": "bad_output"},
            {"answer": '{"title": "no facts"}'},
            {"answer": ""},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_anything_else_is_not(self, change) -> None:
        posting = make_posting()
        answered_call(posting, **change)

        assert self.find(posting) is None

    def test_newest_answer_counts(self) -> None:
        posting = make_posting()
        answered_call(posting)
        newest = answered_call(posting)

        assert self.find(posting) == newest.pk

    def test_unreadable_newer_answer_does_not_hide_an_older_one(self) -> None:
        posting = make_posting()
        older = answered_call(posting)
        answered_call(posting, answer="{")

        assert self.find(posting) == older.pk

    def test_forced_batch_looks_at_its_own_calls_alone(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)
        answered_call(posting)

        assert self.find(posting, only_of_batch=batch.pk) is None
        own = answered_call(posting, batch=batch)
        assert self.find(posting, only_of_batch=batch.pk) == own.pk

    def test_all_texts_of_a_batch_take_one_query(
        self, django_assert_num_queries
    ) -> None:
        works = [work_of(make_posting()) for _ in range(10)]

        with django_assert_num_queries(1):
            ledger.stored_answers(works, model="m", prompt_version=1)

    @pytest.mark.skipif(
        connection.vendor != "sqlite", reason="test_plans.py asks PostgreSQL"
    )
    def test_looking_does_not_go_through_all_answers(self) -> None:
        works = [work_of(make_posting()) for _ in range(3)]
        with CaptureQueriesContext(connection) as queries:
            ledger.stored_answers(works, model="m", prompt_version=1)

        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
            plan = str(cursor.fetchall())

        assert "call_answers" in plan, plan


class TestDeaths:
    def test_calls_in_doubt_are_counted_by_text(self) -> None:
        one, other = make_posting(), make_posting()
        batch = running_batch(one, other)
        for posting in (one, one, other):
            open_call(posting, batch)
            LlmCall.objects.doubt()

        assert ledger.deaths(batch.pk) == {one.content_hash: 2, other.content_hash: 1}

    def test_other_batches_and_answered_calls_are_not(self) -> None:
        posting = make_posting()
        batch = running_batch(posting)
        answered_call(posting, batch=batch)
        open_call(make_posting())
        LlmCall.objects.doubt()

        assert ledger.deaths(batch.pk) == {}
