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
from django.db.models.functions import Now
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.tasks import async_task
from redis.exceptions import RedisError

from enrichment.models import Batch
from enrichment.redis_queue import RedisQueue, reason_of

logger = logging.getLogger(__name__)


class QueueAwayError(Exception):
    """The queue does not answer; what waits in it is not known."""


def enqueue_batch(batch_id: int) -> None:
    """Have some worker run the batch. More than once does no harm: the lease decides."""
    if settings.Q_BROKER_URL:
        transaction.on_commit(lambda: _send(batch_id))
    else:
        _put(batch_id)


def has_waiting() -> bool:
    """Whether tasks are there that no cluster has fetched yet.

    Raises:
        QueueAwayError: Redis does not answer.
    """
    if not settings.Q_BROKER_URL:
        tasks = OrmQ.objects.filter(key=Conf.CLUSTER_NAME, lock__lte=Now())
        return bool(tasks.exists())
    try:
        return _redis(settings.Q_BROKER_URL).queue_size() > 0
    except RedisError as error:
        raise QueueAwayError(reason_of(error)) from error


def _send(batch_id: int) -> None:
    """To Redis. Nobody is bothered with a failure: the batch itself is in the database."""
    try:
        _put(batch_id, broker=_redis(settings.Q_BROKER_URL))
    except RedisError as error:
        logger.warning(
            "⚠️  The task queue (Redis) does not answer (%s). Batch %s waits for it in the"
            " database",
            reason_of(error),
            batch_id,
        )
        try:
            Batch.objects.live().filter(pk=batch_id).update(enqueued_at=None)
        except Error:
            logger.debug("Batch %s will be missed after a silence", batch_id)


def _put(batch_id: int, **options: object) -> None:
    async_task(
        "enrichment.tasks.run_batch",
        batch_id,
        task_name=f"enrich-batch-{batch_id}",
        **options,
    )


@cache
def _redis(address: str) -> RedisQueue:
    """One for the process: it keeps its connection. The address is the key of the cache."""
    return RedisQueue()
