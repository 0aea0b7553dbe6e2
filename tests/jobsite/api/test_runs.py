"""Starting runs by the API, looking at them, steering them."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment import batches
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run
from enrichment.pages import panel
from tests.builders import (
    enriched_posting,
    failed_posting,
    ids_of,
    make_posting,
    make_postings,
    start_batch,
    states,
)
from tests.jobsite.api.asking import Caller, chosen, pending

pytestmark = pytest.mark.django_db


class TestStart:
    def test_certain_postings(self) -> None:
        caller, (first, second, _third) = Caller(), make_postings(3)

        told = caller.post("runs", chosen(second, first))

        assert caller.status == 201
        assert told["run"]["status"] == "active"
        assert told["run"]["started_from"] == "api"
        assert told["run"]["started_by"].startswith("program-")
        assert (told["taken"], told["eligible"], told["skipped"]) == (2, 2, 0)
        assert set(ids_of(Batch.objects.get())) == {first.pk, second.pk}

    def test_everything_pending_batch_after_batch(self) -> None:
        caller = Caller()
        make_postings(5)

        wish = {**pending(), "size": 2, "continuous": True, "priority": "high"}
        run = caller.post("runs", wish)["run"]

        assert (run["size"], run["continuous"], run["priority"]) == (2, True, "high")
        assert run["figures"]["total"] == 5

    def test_what_filters_find_the_pending_ones_first(self) -> None:
        caller = Caller()
        failed = failed_posting(source="feed")
        waiting = make_posting(source="feed")
        make_posting(source="other")

        wish = {"selection": {"filter": {"source": "feed"}}, "size": 1}
        told = caller.post("runs", wish)

        assert ids_of(Batch.objects.last()) == [waiting.pk]
        assert told["is_limited"]
        assert Enrichment.objects.get(pk=failed.pk).status == "failed"

    def test_nothing_to_do_starts_nothing(self) -> None:
        caller, done = Caller(), enriched_posting()
        runs = Run.objects.count()

        told = caller.post("runs", chosen(done))

        assert caller.status == 200
        assert (told["run"], told["taken"], told["skipped"]) == (None, 0, 1)
        assert Run.objects.count() == runs

    @pytest.mark.parametrize(
        ("wish", "field"),
        [
            ({}, "selection"),
            ({"selection": "everything"}, "selection"),
            ({"selection": {"ids": []}}, "selection.ids"),
            ({"selection": {"ids": [2**63]}}, "selection.ids.0"),
            ({"selection": {"ids": [True]}}, "selection.ids.0"),
            ({"selection": {"ids": [1], "filter": {}}}, "selection.filter"),
            ({"selection": {"filter": {"skil": "x"}}}, "selection.filter.skil"),
            ({"selection": {"filter": {"q": " "}}}, "selection.filter.q"),
            ({"selection": "pending", "size": 1001}, "size"),
            ({"selection": "pending", "size": "5"}, "size"),
            ({"selection": "pending", "sise": 5}, "sise"),
        ],
    )
    def test_slip_starts_nothing_and_is_named(self, wish: Any, field: str) -> None:
        caller = Caller()
        make_posting()

        caller.post("runs", wish)

        assert caller.refused == (422, "invalid", field)
        assert states() == {"pending": 1}


class TestLook:
    def test_figures_are_the_panels(self) -> None:
        caller = Caller()
        enriched_posting()
        failed_posting(ErrorKind.TIMEOUT)
        run = Run.objects.order_by("-pk").first()
        assert run is not None

        told = caller.get(f"runs/{run.pk}")

        card = panel.card(run)
        figures = told["figures"]
        for name in ("total", "done", "successful", "failed", "left", "percent"):
            assert figures[name] == getattr(card.progress, name)
        assert told["failures"] == card.progress.errors == {"timeout": 1}
        assert figures["cost_microusd"] == card.progress.cost_microusd

    def test_blocked_run_says_why(self) -> None:
        caller, run = Caller(), start_batch(make_posting()).run
        batches.block(
            run.pk, kind=ErrorKind.INSUFFICIENT_QUOTA, reason="The account is empty"
        )

        reason = caller.get(f"runs/{run.pk}")["reason"]

        assert reason == {
            "kind": "insufficient_quota",
            "message": "The account is empty",
        }

    def test_pages_stay_the_same_while_runs_are_added(self) -> None:
        caller = Caller()
        ids = [start_batch(make_posting()).run_id for _ in range(5)]

        first = caller.get("runs?limit=2")
        start_batch(make_posting())
        second = caller.get(f"runs?limit=2&cursor={first['next']}")
        last = caller.get(f"runs?limit=2&cursor={second['next']}")

        pages = [first, second, last]
        found = [run["id"] for page in pages for run in page["items"]]
        assert found == ids[::-1]
        assert last["next"] is None

    @pytest.mark.parametrize(
        ("path", "refused"),
        [
            ("runs/9", (404, "not_found", None)),
            ("runs/99999999999999999999", (422, "invalid", "run_id")),
            (f"runs/{'9' * 5000}", (404, "not_found", None)),
            ("runs/x", (404, "not_found", None)),
            ("runs?limit=101", (422, "invalid", "limit")),
            ("runs?limit=1_0", (422, "invalid", "limit")),
            ("runs?cursor=99999999999999999999", (422, "invalid", "cursor")),
            ("runs?state=active", (422, "invalid", "state")),
            ("nothing\n", (404, "not_found", None)),
            ("", (404, "not_found", None)),
        ],
    )
    def test_odd_address_is_refused(self, path: str, refused: Any) -> None:
        caller = Caller()

        caller.get(path)

        assert caller.refused == refused


class TestSteering:
    def test_pause_resume_cancel(self) -> None:
        caller, run = Caller(), start_batch(make_posting()).run

        told = [
            caller.post(f"runs/{run.pk}/{step}")["status"]
            for step in ("pause", "resume", "cancel")
        ]

        assert told == ["paused", "active", "cancelled"]
        assert states() == {"pending": 1}

    def test_wrong_state_is_a_conflict_in_words(self) -> None:
        caller, run = Caller(), start_batch(make_posting()).run
        batches.cancel(run.pk)

        told = caller.post(f"runs/{run.pk}/resume")

        assert caller.refused == (409, "conflict", None)
        assert told["message"] == (
            f"Run {run.pk} is cancelled; resume needs one that is paused or blocked."
        )

    def test_other_methods_are_refused_with_those_that_work(self) -> None:
        caller, run = Caller(), start_batch(make_posting()).run

        caller.get(f"runs/{run.pk}/pause")

        assert caller.refused == (405, "method_not_allowed", None)
        assert caller.answer["Allow"] == "POST"


def test_run_list_costs_no_more_with_more_runs(
    django_assert_num_queries: Any,
) -> None:
    caller = Caller()
    for _ in range(3):
        enriched_posting()
    caller.get("runs")

    # Token, its count, permissions (of the user and of groups), runs, sums.
    with django_assert_num_queries(6):
        caller.get("runs")
