"""Counts of calls say what the ledger says, whoever closed a call and in whatever order."""

from __future__ import annotations

from collections import Counter
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from enrichment import bulk, call_counts, sweeper
from enrichment.models import CallCount, LlmCall
from tests.builders import (
    answered_call,
    make_posting,
    make_postings,
    open_call,
    start_batch,
)
from tests.enrichment.running import faulty, run, use
from tests.parallel import together
from tests.provider import Provider

OUTCOMES = "outcome", "error_kind"


def by_outcome(entries: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        counts[entry["outcome"], entry["error_kind"]] += entry["calls"]
    return dict(counts)


def in_ledger() -> dict[tuple[str, str], int]:
    return dict(Counter(LlmCall.objects.values_list(*OUTCOMES)))


@pytest.mark.django_db(transaction=True)
class TestCounting:
    def test_a_run_with_failures_counts_each_call_once(
        self, provider: Provider, settings: Any
    ) -> None:
        use(provider, settings)
        run(start_batch(*make_postings(4), faulty("400"), faulty("500")))

        assert by_outcome(call_counts.sums()) == in_ledger()
        assert len(in_ledger()) == 3

    def test_of_two_that_close_a_call_one_counts(self) -> None:
        pk = open_call(make_posting()).pk
        result = {pk: {"outcome": "ok", "latency_ms": 900}}

        together(*[partial(LlmCall.objects.close, result)] * 2)

        assert by_outcome(call_counts.sums()) == {("ok", ""): 1}

    def test_entries_added_while_they_are_made_few_are_kept(
        self, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(call_counts, "FEW", 2)
        calls = [open_call(posting).pk for posting in make_postings(12)]

        together(
            *[partial(LlmCall.objects.abandon, [pk]) for pk in calls[:6]],
            call_counts.compact,
            call_counts.compact,
        )
        LlmCall.objects.unsend(calls[6:])
        sweeper.sweep()

        sums = by_outcome(call_counts.sums())
        assert sums == {("abandoned", ""): 6, ("unsent", ""): 6}
        assert CallCount.objects.count() == 2


@pytest.mark.django_db
class TestUnanswered:
    def test_call_in_doubt_whose_answer_comes_late_counts_as_both(self) -> None:
        pk = open_call(make_posting()).pk
        assert LlmCall.objects.filter(pk=pk).doubt() == 1
        LlmCall.objects.close({pk: {"outcome": "ok", "latency_ms": 70_000}})

        assert by_outcome(call_counts.sums()) == {("in_doubt", ""): 1, ("ok", ""): 1}

    def test_closed_call_is_not_abandoned(self) -> None:
        pk = answered_call(make_posting()).pk

        assert LlmCall.objects.abandon([pk]) == 0
        assert call_counts.sums() == []


@pytest.mark.django_db
class TestLatency:
    @pytest.mark.parametrize(
        ("milliseconds", "bucket"),
        [
            (None, -1),
            (0, 0),
            (250, 0),
            (251, 1),
            (5000, 5),
            (120_000, 12),
            (120_001, 13),
        ],
    )
    def test_bucket_ends_with_its_upper_end(
        self, milliseconds: int | None, bucket: int
    ) -> None:
        assert call_counts.bucket_of(milliseconds) == bucket

    def test_calls_of_before_are_counted_alike(self) -> None:
        latencies = [None, 0, 250, 251, 4999, 120_000, 120_001]
        for latency in latencies:
            answered_call(make_posting(), latency_ms=latency, cost_microusd=None)
        migration = import_module("enrichment.migrations.0017_call_counts")

        with connection.cursor() as cursor:
            cursor.execute(migration.COUNT)

        found = {entry["bucket"]: entry["calls"] for entry in call_counts.sums()}
        assert found == dict(Counter(map(call_counts.bucket_of, latencies)))
        unpriced = sum(entry["unpriced"] for entry in call_counts.sums())
        assert unpriced == len(latencies) - 1
        assert bulk.fetch("SELECT sum(latency_ms) FROM enrichment_callcount", []) == [
            (sum(latency or 0 for latency in latencies),)
        ]
