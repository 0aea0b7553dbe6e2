"""django-q2's Redis broker, made fit for outages: it waits for Redis, and says so in a line.

What django-q2 1.11 does by itself, measured: a worker command started without Redis ends
with a traceback; one that loses it logs two errors a second and a traceback every ten
seconds; and putting a task into the queue raises, in the page of whoever clicked.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis
from django.conf import settings
from django_q.brokers.redis_broker import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# After a silence Redis is not asked again for so many seconds.
PAUSE = 1.0
TELL_EVERY = 60.0
OPTIONS: dict[str, Any] = {
    # Somebody waits in front of a page; a task that can't be sent now is sent later.
    "socket_connect_timeout": 2.0,
    # Longer than the second that a worker listens for a task.
    "socket_timeout": 3.0,
    "health_check_interval": 30,
    # One more try at once: the connection may be left from before a restart. Not after a
    # silence.
    "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
}


class RedisQueue(Redis):  # type: ignore[misc]
    """The queue of `Q_BROKER_URL`."""

    # Monotonic times; of the class, since a broker that was pickled has no __init__.
    _ask_again_at = 0.0
    _tell_again_at = 0.0
    _is_away = False

    @staticmethod
    def get_connection(list_key: str | None = None) -> redis.Redis:
        # What the address itself says, such as ?socket_timeout=9, comes before the options.
        return redis.Redis.from_url(settings.Q_BROKER_URL, **OPTIONS)

    def enqueue(self, task: str) -> Any:
        return self._ask(super().enqueue, task)

    def queue_size(self) -> int:
        return int(self._ask(super().queue_size))

    def ping(self) -> bool:
        """Not an error where it fails: a worker started before Redis waits for it."""
        with suppress(RedisError):
            return bool(self._ask(self.connection.ping))
        return False

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """For `manage.py qinfo`; twice a second, so nothing is said of a failure."""
        with suppress(RedisError):
            self._ask(super().set_stat, key, value, timeout)

    def dequeue(self) -> list[tuple[None, bytes]] | None:
        """The pusher's: an error would end it."""
        try:
            tasks: list[tuple[None, bytes]] | None = super().dequeue()
        except RedisError as error:
            self._tell(error)
            time.sleep(PAUSE)
            return None
        if self._is_away:
            self._is_away, self._tell_again_at = False, 0.0
            logger.warning("The task queue (Redis) answers again")
        return tasks

    def _ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        """Of many questions during an outage only the first one waits."""
        if time.monotonic() < self._ask_again_at:
            raise redis.ConnectionError("it did not answer a moment ago")
        try:
            return question(*arguments)
        except RedisError:
            self._ask_again_at = time.monotonic() + PAUSE
            raise

    def _tell(self, error: RedisError) -> None:
        self._is_away = True
        if time.monotonic() >= self._tell_again_at:
            self._tell_again_at = time.monotonic() + TELL_EVERY
            logger.warning(
                "⚠️  The task queue (Redis) does not answer (%s). No task is fetched"
                " until it does; what is queued is kept in the database",
                reason_of(error),
            )


def reason_of(error: RedisError) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
