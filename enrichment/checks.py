"""System checks: settings that have to fit together, each with an id."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from enrichment.runner import LEAVING_GRACE

Messages = list[CheckMessage]
GUARD_CYCLES = (0.25, 0.5, 1)
IN_DATABASE = {"orm": "default"}
REDIS = "enrichment.redis_queue.RedisQueue"


def register_all() -> None:
    for check in (check_cluster, check_task_time, check_lease, check_redelivery):
        register(check, "enrichment")
    register(check_proxy, Tags.security, deploy=True)


def check_cluster(app_configs: Sequence[Any] | None = None, **_kwargs: Any) -> Messages:
    """Settings under which django-q2 repeats paid work or loses it."""
    q: dict[str, Any] = settings.Q_CLUSTER
    found: Messages = []
    if not q.get("ack_failures") or q.get("max_attempts") != 1:
        found.append(
            Error(
                "Q_CLUSTER would run a failed task again and again.",
                hint="Set max_attempts to 1 and ack_failures to True: batches are "
                "taken over by their lease, not by the queue.",
                id="enrichment.E001",
            )
        )
    if not isinstance(q.get("timeout"), int):
        found.append(
            Error(
                "Q_CLUSTER's timeout is not a whole number; django-q2 fails every task.",
                id="enrichment.E002",
            )
        )
    brokers = {key: q[key] for key in ("broker_class", "orm") if key in q}
    if brokers != ({"broker_class": REDIS} if settings.Q_BROKER_URL else IN_DATABASE):
        found.append(
            Error(
                "Q_CLUSTER fetches tasks elsewhere than where batches are queued.",
                hint="Let Q_BROKER_URL decide: unset, the queue is the default database, "
                "and a batch and its task are committed together.",
                id="enrichment.E004",
            )
        )
    if q.get("guard_cycle") not in GUARD_CYCLES:
        found.append(
            Error(
                "With this guard_cycle django-q2 never ends a task that hangs.",
                hint=f"Use one of {', '.join(map(str, GUARD_CYCLES))}.",
                id="enrichment.E005",
            )
        )
    return found


def check_redelivery(
    app_configs: Sequence[Any] | None = None, **_kwargs: Any
) -> Messages:
    """A task may wait in a cluster's memory behind others: its lock has to outlast that."""
    q: dict[str, Any] = settings.Q_CLUSTER
    timeout, workers = q.get("timeout") or 0, q["workers"]
    ahead = math.ceil((workers + q["queue_limit"] + q["bulk"]) / workers)
    if q["retry"] > timeout * ahead + 3:
        return []
    return [
        Error(
            "Q_CLUSTER hands a task out again while it may still wait in memory.",
            hint=f"Set retry above {timeout * ahead + 3} seconds.",
            id="enrichment.E003",
        )
    ]


def check_task_time(
    app_configs: Sequence[Any] | None = None, **_kwargs: Any
) -> Messages:
    """A batch ends its task by itself, calls in flight included, before the limit strikes.

    An answer that stalls halfway can take twice the time of a call: each read has its own.
    """
    longest: float = (
        settings.ENRICHMENT_TASK_SECONDS + 2 * settings.ENRICHMENT_TIMEOUT_SECONDS + 10
    )
    timeout: Any = settings.Q_CLUSTER.get("timeout")
    if (timeout or 0) >= longest:
        return []
    return [
        Error(
            "Q_CLUSTER's timeout ends batches in the middle of paid calls.",
            hint=f"Set timeout to at least {math.ceil(longest)} seconds.",
            id="enrichment.E006",
        )
    ]


def check_lease(app_configs: Sequence[Any] | None = None, **_kwargs: Any) -> Messages:
    """A lease shorter than a database's hiccup changes hands for nothing."""
    if settings.ENRICHMENT_STALLED_AFTER_SECONDS >= LEAVING_GRACE:
        return []
    return [
        Warning(
            "ENRICHMENT_STALLED_AFTER_SECONDS is so short that a slow database can make "
            "two workers pay for the same posting.",
            hint="60 seconds suit nearly everybody.",
            id="enrichment.W001",
        )
    ]


def check_proxy(app_configs: Sequence[Any] | None = None, **_kwargs: Any) -> Messages:
    """Behind a proxy that isn't counted all people come from one address: the proxy's."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "The site is behind a proxy, and takes the proxy for everybody who logs in: "
            "wrong passwords of one person lock all of them out.",
            hint="Set DJANGO_TRUSTED_PROXIES to the number of proxies that add to "
            "X-Forwarded-For.",
            id="enrichment.W003",
        )
    ]
