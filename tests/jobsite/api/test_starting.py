"""A start that is asked for again with its key."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from enrichment.models import Run
from jobsite.api.models import ApiToken, StartRequest
from tests.builders import make_posting, make_postings, queued_tasks
from tests.jobsite.api.asking import Caller, chosen, pending
from tests.parallel import together


@pytest.mark.django_db
class TestRepeat:
    def test_repeat_tells_what_came_of_the_first(self) -> None:
        caller, wish = Caller(), chosen(*make_postings(2))

        first = caller.post("runs", wish, Idempotency_Key="a")
        assert caller.status == 201
        make_posting()
        second = caller.post("runs", wish, Idempotency_Key="a")

        assert caller.status == 200
        assert caller.answer["Idempotency-Repeated"] == "true"
        assert second["run"]["id"] == first["run"]["id"]
        assert second["taken"] == first["taken"] == 2
        assert Run.objects.count() == 1

    def test_another_wish_with_the_key_is_a_conflict(self) -> None:
        caller, posting = Caller(), make_posting()
        caller.post("runs", chosen(posting), Idempotency_Key="a")

        caller.post("runs", chosen(posting, size=3), Idempotency_Key="a")

        assert caller.refused == (409, "conflict", "Idempotency-Key")

    def test_key_is_the_tokens_own(self) -> None:
        for caller in (Caller(), Caller()):
            make_posting()
            caller.post("runs", pending(), Idempotency_Key="a")
            assert caller.status == 201

        assert Run.objects.count() == 2

    def test_start_that_failed_leaves_the_key_free(self) -> None:
        caller = Caller()
        wish = {"selection": {"filter": {"q": "x" * 201}}}
        caller.post("runs", wish, Idempotency_Key="a")
        assert caller.status == 422

        make_posting()
        caller.post("runs", pending(), Idempotency_Key="a")

        assert caller.status == 201

    def test_odd_key_is_refused(self) -> None:
        caller = Caller()

        caller.post("runs", pending(), Idempotency_Key="a b")

        assert caller.refused == (422, "invalid", "Idempotency-Key")


@pytest.mark.django_db(transaction=True)
def test_four_at_once_start_one_run() -> None:
    caller = Caller()
    make_postings(3)

    def ask() -> Any:
        one = Caller(text=caller.text)
        one.post("runs", pending(), Idempotency_Key="same")
        return one.status, one.data["run"]["id"], one.data["taken"]

    answers = together(*[partial(ask)] * 4)

    assert sorted(status for status, _run, _taken in answers) == [200, 200, 200, 201]
    assert {(run, taken) for _status, run, taken in answers} == {
        (Run.objects.get().pk, 3)
    }
    assert len(queued_tasks()) == 1
    assert StartRequest.objects.count() == 1
    assert ApiToken.objects.count() == 1
