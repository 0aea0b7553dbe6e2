"""Redis as the queue: tasks go after the commit, and none of its outages loses a batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.db import transaction
from django.db.models.functions import Now
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from enrichment import batches, queue, redis_queue, sweeper
from enrichment.models import Batch, Door, Run
from enrichment.redis_queue import RedisQueue
from tests.builders import make_posting, make_postings, stalled_batch, start_batch
from tests.redis_service import RedisServer

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "django_q:jobsite:q"


@pytest.fixture(autouse=True)
def server(settings, monkeypatch, redis_server: RedisServer) -> Iterator[RedisServer]:
    monkeypatch.setattr(redis_queue, "PAUSE", 0.1)
    settings.Q_BROKER_URL = redis_server.address
    queue._redis.cache_clear()
    yield redis_server
    queue._redis(settings.Q_BROKER_URL).connection.close()


@pytest.fixture
def broker(server) -> Iterator[RedisQueue]:
    """One as a cluster has."""
    broker = RedisQueue()
    yield broker
    broker.connection.close()


def sent(server: RedisServer) -> list[int]:
    """Ids of the batches that Redis has a task for, oldest task first."""
    with server.client() as client:
        packages = client.lrange(KEY, 0, -1)
    return [SignedPackage.loads(str(p, "ascii"))["args"][0] for p in packages]


def come_back(server: RedisServer) -> None:
    """Empty, and some time after the last question."""
    server.start()
    time.sleep(redis_queue.PAUSE)


def minutes_pass() -> None:
    Batch.objects.update(enqueued_at=Now() - timedelta(minutes=5))


class TestSending:
    def test_task_goes_to_redis_and_not_to_the_table(self, server) -> None:
        batch = start_batch(make_posting())

        assert sent(server) == [batch.pk]
        assert not OrmQ.objects.exists()

    def test_nobody_hears_of_a_batch_before_its_commit(self, server) -> None:
        with transaction.atomic():
            batch = start_batch(make_posting())
            assert sent(server) == []

        assert sent(server) == [batch.pk]

    def test_nor_of_one_that_was_rolled_back(self, server) -> None:
        with transaction.atomic():
            start_batch(make_posting())
            transaction.set_rollback(True)

        assert (sent(server), Run.objects.count()) == ([], 0)

    def test_tasks_of_another_key_are_not_believed(self, server, settings) -> None:
        start_batch(make_posting())
        with server.client() as client:
            (package,) = client.lrange(KEY, 0, -1)

        with pytest.raises(Exception, match="does not match"):
            SignedPackage.loads(package.decode()[:-1] + "?")


class TestRedisAway:
    def test_run_is_committed_and_a_line_tells_of_its_task(
        self, server, caplog
    ) -> None:
        server.stop()

        started = batches.start(door=Door.PAGE, selection=[make_posting().pk])

        assert (started.queued, Run.objects.get().status) == (1, "active")
        assert "The task queue (Redis) does not answer" in caplog.text
        assert f"Batch {Batch.objects.get().pk} waits" in caplog.text

    def test_its_task_goes_as_soon_as_redis_is_back(self, server) -> None:
        server.stop()
        batch = start_batch(make_posting())
        come_back(server)

        assert sweeper.take_over() == 1
        assert sent(server) == [batch.pk]
        assert sweeper.take_over() == 0

    def test_also_when_other_tasks_wait_there(self, server) -> None:
        server.stop()
        first = start_batch(make_posting())
        come_back(server)
        second = start_batch(make_posting())

        assert sweeper.take_over() == 1
        assert sent(server) == [second.pk, first.pk]

    def test_stalled_batch_too_waits_for_redis(self, server) -> None:
        batch = stalled_batch(make_posting())
        server.stop()
        assert sweeper.take_over() == 0
        Batch.objects.update(enqueued_at=None)
        come_back(server)

        assert sweeper.take_over() == 1
        assert sent(server) == [batch.pk]

    def test_sweep_does_the_rest_meanwhile(self, server) -> None:
        server.stop()
        Run.objects.create(door=Door.PAGE, batch_size=5)

        sweeper.sweep()

        assert Run.objects.get().status == "finished"

    def test_redis_that_hangs_holds_nobody_up_for_long(
        self, server, settings, caplog
    ) -> None:
        settings.Q_BROKER_URL = f"{server.address}?socket_timeout=0.3"
        server.hang()

        batch = start_batch(make_posting())

        assert "The task queue (Redis) does not answer (Timeout" in caplog.text
        batch.refresh_from_db()
        assert batch.enqueued_at is None

    def test_of_many_tasks_only_one_waits_for_an_answer(
        self, server, broker, monkeypatch
    ) -> None:
        monkeypatch.setattr(redis_queue, "PAUSE", 1000)
        server.stop()

        with pytest.raises(redis.ConnectionError, match="refused"):
            broker.enqueue("one")
        with pytest.raises(redis.ConnectionError, match="a moment ago"):
            broker.enqueue("two")


class TestLostTasks:
    def test_batch_whose_task_redis_forgot_gets_another(self, server) -> None:
        batch = start_batch(make_posting())
        server.stop()
        come_back(server)
        assert sweeper.take_over() == 0
        minutes_pass()

        assert sweeper.take_over() == 1
        assert sent(server) == [batch.pk]

    def test_waiting_task_is_not_lost_however_old(self, server) -> None:
        start_batch(*make_postings(2))
        minutes_pass()

        assert sweeper.take_over() == 0

    def test_task_that_a_cluster_took_along_is_lost(self, server, broker) -> None:
        batch = start_batch(make_posting())
        assert broker.dequeue()
        minutes_pass()

        assert sweeper.take_over() == 1
        assert sent(server) == [batch.pk]


class TestPusher:
    def test_outage_is_told_once_and_so_is_its_end(
        self, server, broker, caplog
    ) -> None:
        server.stop()
        assert [broker.dequeue(), broker.dequeue()] == [None, None]
        assert not broker.ping()

        come_back(server)
        broker.enqueue("task")

        assert broker.dequeue() == [(None, b"task")]
        assert caplog.text.count("does not answer") == 1
        assert caplog.text.count("answers again") == 1

    @pytest.mark.parametrize(
        "ask",
        [
            lambda broker: broker.set_stat("key", "value", 3),
            lambda broker: broker.ping(),
        ],
    )
    def test_what_the_sentinel_asks_does_not_fail(
        self, server, broker, ask: Callable[[RedisQueue], Any]
    ) -> None:
        server.stop()

        assert not ask(broker)
