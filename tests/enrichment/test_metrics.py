"""What Prometheus reads: each figure follows what happens, at the same cost for any number."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ
from prometheus_client.parser import text_string_to_metric_families

from enrichment import metrics
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, LlmCall, Run, Worker
from jobs.models import JobPosting
from tests.builders import (
    enriched_posting,
    failed_posting,
    make_posting,
    make_postings,
    running_batch,
    stalled_batch,
    start_batch,
)
from tests.enrichment.running import faulty, run, use
from tests.people import make_user
from tests.provider import Provider

MONITORING = Path(__file__).parents[2] / "deploy" / "monitoring"
Labels = dict[str, str]


def read() -> dict[str, list[tuple[Labels, float]]]:
    """Samples by name, as Prometheus parses them."""
    found: dict[str, list[tuple[Labels, float]]] = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def value(name: str, **labels: str) -> float:
    """The sum of a metric's samples with these labels."""
    return sum(
        number for own, number in read().get(name, []) if labels.items() <= own.items()
    )


@pytest.mark.django_db
class TestPostings:
    def test_each_state_is_told(self) -> None:
        enriched_posting()
        failed_posting(kind=ErrorKind.TIMEOUT)
        make_postings(3)

        assert value("enrichment_postings", status="pending") == 3
        assert value("enrichment_postings") == 5
        assert value("enrichment_failed_postings", kind="timeout") == 1

    def test_oldest_pending_is_found_behind_more_urgent_ones(self) -> None:
        make_postings(2, priority=5)
        old = make_posting(priority=0)
        hour_ago = Now() - timedelta(hours=1)
        JobPosting.objects.filter(pk=old.pk).update(created_at=hour_ago)

        assert 3600 <= value("enrichment_oldest_pending_seconds") < 3700

    def test_nothing_pending_waits_for_no_time(self) -> None:
        enriched_posting()

        assert value("enrichment_oldest_pending_seconds") == 0


@pytest.mark.django_db(transaction=True)
class TestCalls:
    def test_calls_count_by_outcome_with_tokens_cost_and_latency(
        self, provider: Provider, settings: Any
    ) -> None:
        use(provider, settings)
        settings.ENRICHMENT_PRICE_INPUT = settings.ENRICHMENT_PRICE_OUTPUT = 1.0
        run(start_batch(*make_postings(3), faulty("400")))

        assert value("enrichment_calls_total", outcome="ok") == 3
        assert value("enrichment_calls_total", outcome="error") == 1
        ledger = LlmCall.objects.filter(outcome="ok")
        used = sum(call.input_tokens for call in ledger)
        assert value("enrichment_tokens_total", direction="input") == used > 0
        spent = sum(call.cost_microusd or 0 for call in ledger) / 1e6
        assert value("enrichment_cost_usd_total") == pytest.approx(spent)
        assert value("enrichment_unpriced_calls_total") == 0
        assert value("enrichment_call_seconds_bucket", le="+Inf") >= 3
        assert value("enrichment_requests_last_minute") == 4

    def test_answers_without_a_price_are_told(
        self, provider: Provider, settings: Any
    ) -> None:
        use(provider, settings)
        settings.ENRICHMENT_PRICE_INPUT = settings.ENRICHMENT_PRICE_OUTPUT = None
        run(start_batch(make_posting()))

        assert value("enrichment_unpriced_calls_total") == 1


@pytest.mark.django_db
class TestWork:
    def test_stalled_batch_is_told(self) -> None:
        running_batch(make_posting())
        stalled_batch(make_posting())

        assert value("enrichment_batches", status="running") == 2
        assert value("enrichment_stalled_batches") == 1

    def test_workers_count_while_they_give_signs_of_life(self) -> None:
        Worker.objects.beat("here:1", processes=2)
        Worker.objects.create(name="gone:1", seen_at=Now() - timedelta(minutes=5))

        assert value("enrichment_workers") == 1

    def test_run_that_stands_still_is_told(self) -> None:
        batch = start_batch(make_posting())
        assert value("enrichment_run_idle_seconds") < 60
        Run.objects.filter(pk=batch.run_id).update(
            created_at=Now() - timedelta(minutes=20)
        )

        assert value("enrichment_run_idle_seconds") >= 1200

    def test_batch_whose_task_waits_in_the_queue_is_not_lost(self) -> None:
        batch = start_batch(make_posting())
        long_ago = Now() - timedelta(hours=1)
        Batch.objects.filter(pk=batch.pk).update(enqueued_at=long_ago)
        assert value("enrichment_stalled_batches") == 0

        OrmQ.objects.all().delete()

        assert value("enrichment_stalled_batches") == 1

    def test_run_that_waits_behind_a_more_urgent_one_is_not_idle(self) -> None:
        waiting, going_on = (start_batch(make_posting()).run for _ in range(2))
        hour_ago = Now() - timedelta(hours=1)
        low = {"priority": Run.Priority.LOW, "created_at": hour_ago}
        Run.objects.filter(pk=waiting.pk).update(**low)

        assert value("enrichment_run_idle_seconds") < 60
        Run.objects.filter(pk=going_on.pk).update(created_at=hour_ago)
        assert value("enrichment_run_idle_seconds") >= 3600

    def test_run_that_moves_without_calls_is_not_idle(self) -> None:
        batch = start_batch(make_posting())
        hour_ago = Now() - timedelta(hours=1)
        Run.objects.filter(pk=batch.run_id).update(created_at=hour_ago)
        Enrichment.objects.update(
            status="enriched", facts={}, batch=batch, finished_at=Now()
        )

        assert value("enrichment_run_idle_seconds") < 60

    def test_run_that_enriched_nothing_is_told_for_a_day(self) -> None:
        enriched_posting()
        assert value("enrichment_runs_without_result") == 0
        failed_posting()
        assert value("enrichment_runs_without_result") == 1
        Run.objects.update(finished_at=Now() - timedelta(days=2))

        assert value("enrichment_runs_without_result") == 0

    def test_queue_tells_the_tasks_that_wait(self) -> None:
        start_batch(make_posting())

        assert value("enrichment_queue_tasks") == 1

    def test_more_postings_ask_no_more_statements(self) -> None:
        def statements() -> int:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                metrics.text()
            return len(asked)

        make_posting()
        before = statements()
        make_postings(30)

        assert statements() == before


@pytest.mark.django_db
class TestAddress:
    def test_stranger_gets_nothing(self, client: Client) -> None:
        assert client.get("/metrics").status_code == 403

    def test_token_opens_it_and_another_does_not(
        self, client: Client, settings: Any
    ) -> None:
        settings.METRICS_TOKEN = "a-token-for-prometheus"
        right = client.get(
            "/metrics", headers={"Authorization": "Bearer a-token-for-prometheus"}
        )
        wrong = client.get("/metrics", headers={"Authorization": "Bearer another"})

        assert (right.status_code, wrong.status_code) == (200, 403)
        assert right["Content-Type"].startswith("text/plain; version=0.0.4")
        assert b"enrichment_workers" in right.content

    def test_without_a_token_set_an_empty_one_opens_nothing(
        self, client: Client, settings: Any
    ) -> None:
        settings.METRICS_TOKEN = ""
        answer = client.get("/metrics", headers={"Authorization": "Bearer "})

        assert answer.status_code == 403

    def test_who_may_see_runs_may_see_it(self, client: Client) -> None:
        client.force_login(make_user("watcher", "view_run"))
        assert client.get("/metrics").status_code == 200
        client.force_login(make_user("somebody"))
        assert client.get("/metrics").status_code == 403


# --- Alerts and dashboard ---------------------------------------------------------------
def names_in(expression: str) -> set[str]:
    """Metrics that an expression asks for; one that doesn't parse raises."""
    promql_parser.parse(expression)
    bare = re.sub(r'"[^"]*"', "", expression)
    return set(re.findall(r"\b(enrichment_\w+|up)\b", bare))


def rules() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    text = (MONITORING / "dashboard.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["panels"]
    return found


def expressions() -> list[str]:
    targets = [target for panel in panels() for target in panel["targets"]]
    return [rule["expr"] for rule in rules()] + [one["expr"] for one in targets]


@pytest.mark.django_db
def test_alerts_and_dashboard_ask_for_metrics_that_exist() -> None:
    families = text_string_to_metric_families(metrics.text().decode())
    exist = {"up"}
    for family in families:
        ends = {
            "counter": ["_total"],
            "histogram": ["_bucket", "_sum", "_count"],
        }.get(family.type, [""])
        exist |= {family.name + end for end in ends}

    asked = {name for expression in expressions() for name in names_in(expression)}
    assert len(asked) > 20
    assert asked - exist == set()
    shown = {
        name
        for panel in panels()
        for target in panel["targets"]
        for name in names_in(target["expr"])
    }
    assert exist - shown == {"up"}


def test_every_alarm_is_explained() -> None:
    operating = (MONITORING.parents[1] / "docs" / "operating.md").read_text("utf-8")

    assert {
        rule["alert"] for rule in rules() if f"`{rule['alert']}`" not in operating
    } == set()
