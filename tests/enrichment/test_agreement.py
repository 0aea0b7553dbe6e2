"""Workers that are set differently: found, told once, and in words that help."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from enrichment import agreement
from enrichment.keeper import Keeper
from enrichment.leases import holder_name
from enrichment.models import Worker

pytestmark = pytest.mark.django_db


def neighbour(name: str = "large:7", **other: Any) -> None:
    Worker.objects.beat(name, processes=1, settings={**agreement.own(), **other})


def look() -> None:
    Keeper(processes=1)._look()


class TestDifferences:
    def test_alike_is_alike(self) -> None:
        assert agreement.differences(here=agreement.own(), there=agreement.own()) == []

    @pytest.mark.parametrize(
        ("setting", "value", "told"),
        [
            ("ENRICHMENT_REQUESTS_PER_MINUTE", 300, "(None there, 300 here)"),
            ("ENRICHMENT_DELAY_BETWEEN_JOBS", 0.5, "(1.0 there, 0.5 here)"),
            ("Q_BROKER_URL", "redis://a/0", "(the database there, Redis here)"),
        ],
    )
    def test_another_value_is_told_with_its_name(
        self, settings, setting, value, told
    ) -> None:
        there = agreement.own()
        setattr(settings, setting, value)

        found = agreement.differences(here=agreement.own(), there=there)

        assert found == [f"{setting} {told}"]

    def test_another_key_is_told_without_it(self, settings) -> None:
        there = agreement.own()
        settings.SECRET_KEY = "another-one"

        found = agreement.differences(here=agreement.own(), there=there)

        assert found == ["DJANGO_SECRET_KEY"]
        assert "another-one" not in str(agreement.own())

    def test_redis_may_have_two_addresses(self, settings) -> None:
        settings.Q_BROKER_URL = "redis://127.0.0.1/0"
        there = agreement.own()
        settings.Q_BROKER_URL = "redis://queue.example/0"

        assert agreement.differences(here=agreement.own(), there=there) == []

    def test_worker_of_older_code_says_nothing_wrong(self) -> None:
        assert agreement.differences(here=agreement.own(), there={}) == []


class TestKeeper:
    def test_worker_tells_what_it_is_set_to(self) -> None:
        look()

        assert Worker.objects.get(name=holder_name()).settings == agreement.own()

    def test_neighbour_that_differs_is_warned_of_once(self, caplog) -> None:
        neighbour(ENRICHMENT_REQUESTS_PER_MINUTE=300)
        keeper = Keeper(processes=1)

        keeper._look()
        keeper._beat_at = 0.0
        keeper._look()

        told = "Worker large:7 is set otherwise: ENRICHMENT_REQUESTS_PER_MINUTE (300"
        assert caplog.text.count(told) == 1

    def test_neighbour_that_agrees_is_no_news(self, caplog) -> None:
        neighbour()

        look()

        assert "is set otherwise" not in caplog.text

    def test_nor_is_one_that_is_gone(self, caplog) -> None:
        neighbour(ENRICHMENT_MODEL="another")
        Worker.objects.update(seen_at=Now() - timedelta(minutes=1))

        look()

        assert "is set otherwise" not in caplog.text
