"""Each system check speaks when its settings don't fit, and is silent when they do."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site
from django.core.checks import run_checks

from enrichment.checks import REDIS
from enrichment.runner import LEAVING_GRACE

TIMEOUT: Any = site.Q_CLUSTER["timeout"]


def ids() -> set[str]:
    found = (message.id or "" for message in run_checks(tags=["enrichment"]))
    return {name for name in found if name.startswith("enrichment.")}


def q_cluster(**changes: Any) -> dict[str, Any]:
    return {**site.Q_CLUSTER, **changes}


def test_settings_as_they_come_pass() -> None:
    assert ids() == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ack_failures": False}, "enrichment.E001"),
        ({"max_attempts": 0}, "enrichment.E001"),
        ({"max_attempts": 3}, "enrichment.E001"),
        ({"timeout": 780.5}, "enrichment.E002"),
        ({"retry": TIMEOUT * 3}, "enrichment.E003"),
        ({"queue_limit": 50}, "enrichment.E003"),
        ({"orm": "other"}, "enrichment.E004"),
        ({"broker_class": REDIS}, "enrichment.E004"),
        ({"guard_cycle": 0.7}, "enrichment.E005"),
        ({"timeout": 600}, "enrichment.E006"),
    ],
)
def test_cluster_that_does_not_fit_is_an_error(settings, change, expected) -> None:
    settings.Q_CLUSTER = q_cluster(**change)

    assert ids() == {expected}


def test_redis_needs_its_broker_alone(settings) -> None:
    settings.Q_BROKER_URL = "redis://127.0.0.1:1/0"
    assert ids() == {"enrichment.E004"}

    settings.Q_CLUSTER = q_cluster(broker_class=REDIS)
    assert ids() == {"enrichment.E004"}
    del settings.Q_CLUSTER["orm"]
    assert ids() == set()


def test_cluster_without_a_timeout_is_two(settings) -> None:
    settings.Q_CLUSTER = q_cluster(timeout=None)

    assert ids() == {"enrichment.E002", "enrichment.E006"}


@pytest.mark.parametrize("cycle", [0.25, 0.5, 1])
def test_guard_cycles_that_meet_zero_pass(settings, cycle) -> None:
    settings.Q_CLUSTER = q_cluster(guard_cycle=cycle)

    assert ids() == set()


def test_longer_calls_need_a_longer_task(settings) -> None:
    settings.ENRICHMENT_TIMEOUT_SECONDS = 300.0

    assert ids() == {"enrichment.E006"}


def test_shortest_retry_that_fits_passes(settings) -> None:
    settings.Q_CLUSTER = q_cluster(workers=2, queue_limit=2, bulk=1)

    settings.Q_CLUSTER["retry"] = TIMEOUT * 3 + 3
    assert ids() == {"enrichment.E003"}
    settings.Q_CLUSTER["retry"] = TIMEOUT * 3 + 4
    assert ids() == set()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(LEAVING_GRACE - 1, {"enrichment.W001"}), (LEAVING_GRACE, set())],
)
def test_lease_that_is_too_short_is_warned_of(settings, seconds, expected) -> None:
    settings.ENRICHMENT_STALLED_AFTER_SECONDS = seconds

    assert ids() == expected
