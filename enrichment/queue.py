"""The one place that knows django-q2's queue: a table of the database, or Redis.

In the table a task and the rows that it is about are committed together, or not at all. To
Redis it is sent after the commit; a task that doesn't get there, for whatever reason, is
sent again by the sweeper.
"""

from __future__ import annotations

import logging
from functools import cache

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.tasks import async_task
from redis.exceptions import RedisError

from enrichment.models import Batch, Pilot
from enrichment.redis_queue import RedisQueue, reason_of

logger = logging.getLogger(__name__)

Leased = type[Batch] | type[Pilot]


class QueueAwayError(Exception):
    """The queue does not answer; what waits in it is not known."""


def enqueue_batch(batch_id: int) -> None:
    """Have some worker run the batch. More than once does no harm: the lease decides."""
    _enqueue(Batch, batch_id)


def enqueue_pilot(pilot_id: int) -> None:
    """Likewise."""
    _enqueue(Pilot, pilot_id)


def _enqueue(model: Leased, pk: int) -> None:
    if settings.Q_BROKER_URL:
        transaction.on_commit(lambda: _send(model, pk))
    else:
        _put(model, pk)


def count_waiting() -> int:
    """How many tasks are there that no cluster has fetched yet.

    Raises:
        QueueAwayError: Redis does not answer.
    """
    if not settings.Q_BROKER_URL:
        now = timezone.now()  # django-q2 writes and reads `lock` by the machine's clock
        tasks = OrmQ.objects.filter(key=Conf.CLUSTER_NAME, lock__lte=now)
        return int(tasks.count())
    try:
        return int(_redis(settings.Q_BROKER_URL).queue_size())
    except RedisError as error:
        raise QueueAwayError(reason_of(error)) from error


def _send(model: Leased, pk: int) -> None:
    """To Redis. Nobody is bothered with a failure: the row itself is in the database."""
    try:
        _put(model, pk, broker=_redis(settings.Q_BROKER_URL))
    except RedisError as error:
        logger.warning(
            "⚠️  The task queue (Redis) does not answer (%s). %s %s waits for it in the"
            " database",
            reason_of(error),
            model.__name__,
            pk,
        )
        try:
            live = model._default_manager.filter(pk=pk, finished_at=None)
            live.update(enqueued_at=None)
        except Error:
            logger.debug("%s %s will be missed after a silence", model.__name__, pk)


def _put(model: Leased, pk: int, **options: object) -> None:
    kind = model._meta.model_name
    name = f"enrich-{kind}-{pk}"
    async_task(f"enrichment.tasks.run_{kind}", pk, task_name=name, **options)


@cache
def _redis(address: str) -> RedisQueue:
    """One for the process: it keeps its connection. The address is the key of the cache."""
    return RedisQueue()
