"""`/healthz` and `/readyz` as a load balancer asks them: by address, over plain HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.test import AsyncClient, Client

from enrichment import health
from enrichment.health import Check
from enrichment.models import Run, Worker
from jobsite import health as probes
from tests.builders import answered_call, make_postings, start_batch
from tests.parallel import awaited

PRODUCTION = {"SECURE_SSL_REDIRECT": True, "ALLOWED_HOSTS": ["jobs.example.com"]}


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: Any) -> None:
    """No test reads what another one's probe found."""
    look_for(monkeypatch, look)
    monkeypatch.setattr(health, "migrations", health.Migrations())


def look() -> list[Check]:
    """As the probes do: in a thread, whose connection is given back."""
    try:
        return health.checks()
    finally:
        connection.close()


def look_for(monkeypatch: Any, looking: Callable[[], list[Check]]) -> None:
    monkeypatch.setattr(probes, "asking", probes.Asking(looking))


@pytest.fixture
def production(settings: Any) -> None:
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)


def states(answer: Any) -> dict[str, str]:
    return {name: one["state"] for name, one in answer.json()["checks"].items()}


def test_alive_needs_no_database_host_or_login(
    client: Client, production: None
) -> None:
    answer = client.get("/healthz", headers={"Host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
class TestReady:
    def test_all_is_well_with_a_worker(self, client: Client, production: None) -> None:
        Worker.objects.beat("here:1", processes=2)
        answer = client.get("/readyz", headers={"Host": "10.0.0.7:8000"})

        assert answer.status_code == 200
        assert set(states(answer).values()) == {"ok"}
        assert set(states(answer)) == {
            *("database", "migrations", "queue", "workers", "provider"),
        }

    def test_dead_workers_are_told_but_pages_still_work(self, client: Client) -> None:
        assert states(client.get("/readyz"))["workers"] == "warning"
        assert client.get("/readyz").status_code == 200
        assert client.get("/readyz?require=workers").status_code == 503

    def test_missing_migration_fails_it(self, client: Client) -> None:
        applied = MigrationRecorder.Migration.objects
        one = applied.filter(app="enrichment").latest("name")
        one.delete()
        answer = client.get("/readyz")
        applied.create(app=one.app, name=one.name)

        assert answer.status_code == 503
        assert states(answer)["migrations"] == "failed"

    def test_database_that_is_away_fails_it(
        self, client: Client, monkeypatch: Any
    ) -> None:
        def refuse(*_statement: Any) -> Any:
            raise OperationalError("could not connect to db.internal.example")

        def look_in_vain() -> list[Check]:
            with connection.execute_wrapper(refuse):
                return look()

        look_for(monkeypatch, look_in_vain)
        answer = client.get("/readyz")

        assert (answer.status_code, states(answer)) == (503, {"database": "failed"})
        assert b"db.internal.example" not in answer.content

    def test_blocked_run_and_failing_calls_are_a_matter_of_the_provider(
        self, client: Client
    ) -> None:
        batch = start_batch(*make_postings(2))
        Run.objects.filter(pk=batch.run_id).block(kind="auth", reason="401")

        assert states(client.get("/readyz"))["provider"] == "warning"

    def test_last_calls_without_an_answer_are_told(
        self, client: Client, monkeypatch: Any
    ) -> None:
        for posting in make_postings(health.LAST_CALLS):
            answered_call(posting, outcome="error", error_kind="server_error")
        assert states(client.get("/readyz"))["provider"] == "warning"
        look_for(monkeypatch, look)
        answered_call(make_postings(1)[0])

        assert states(client.get("/readyz"))["provider"] == "ok"

    def test_worker_of_yesterday_is_none(self, client: Client) -> None:
        Worker.objects.create(name="gone:1", seen_at=Now() - timedelta(days=1))

        assert states(client.get("/readyz"))["workers"] == "warning"

    def test_many_probes_ask_the_database_once(
        self, client: Client, monkeypatch: Any
    ) -> None:
        looks: list[int] = []

        def look_and_count() -> list[Check]:
            looks.append(1)
            return look()

        look_for(monkeypatch, look_and_count)
        for _each in range(5):
            client.get("/readyz")

        assert len(looks) == 1


def test_asked_under_asgi_as_well() -> None:
    answer = awaited(AsyncClient().get("/healthz"))

    assert answer.content == b"ok\n"


def test_database_that_hangs_is_failed_in_time(
    client: Client, monkeypatch: Any
) -> None:
    free = threading.Event()

    def hang() -> list[Check]:
        free.wait(30)
        return []

    monkeypatch.setattr(probes, "PATIENCE", 0.05)
    look_for(monkeypatch, hang)
    before = threading.active_count()
    answers = [client.get("/readyz").status_code for _each in range(5)]
    waiting = threading.active_count() - before
    free.set()

    assert answers == [503] * 5
    assert waiting == 1
