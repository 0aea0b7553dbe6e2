"""A token's requests a minute, over all processes together."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db.models import F

from jobsite.api.models import ApiToken
from jobsite.api.querysets import MINUTE_US
from tests.jobsite.api.asking import Caller
from tests.parallel import together


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3


@pytest.mark.django_db
class TestOneAfterAnother:
    def test_minute_holds_so_many(self) -> None:
        caller = Caller()
        statuses = [caller.get("stats") and caller.status for _ in range(4)]

        assert statuses == [200, 200, 200, 429]
        assert caller.refused == (429, "rate_limited", None)
        assert 1 <= int(caller.answer["Retry-After"]) <= 20
        assert caller.answer["RateLimit-Limit"] == "3"
        assert caller.answer["RateLimit-Remaining"] == "0"

    def test_place_is_free_again_a_part_of_the_minute_later(self) -> None:
        caller = Caller()
        for _ in range(4):
            caller.get("stats")
        assert caller.status == 429

        ApiToken.objects.update(spent_until_us=F("spent_until_us") - MINUTE_US // 3)

        assert [caller.get("stats") and caller.status for _ in range(2)] == [200, 429]

    def test_refused_requests_count_too(self) -> None:
        caller = Caller("enrich")
        statuses = [caller.get("stats") and caller.status for _ in range(4)]

        assert statuses == [403, 403, 403, 429]

    def test_each_token_has_its_own(self) -> None:
        first, second = Caller(), Caller()
        for _ in range(4):
            first.get("stats")

        assert second.get("stats")
        assert second.status == 200


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_share_the_room_for_three() -> None:
    token = Caller().token
    assert token is not None
    take = partial(ApiToken.objects.filter(pk=token.pk).take_turn, per_minute=3)

    assert sum(together(*[take] * 8)) == 3
