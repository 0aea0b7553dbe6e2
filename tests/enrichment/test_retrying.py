"""Runs that retry: all that failed of a kind, each once, and nothing else."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import TestCase, override_settings

from enrichment import batches, progress, retrying
from enrichment.llm.errors import ErrorKind
from enrichment.models import Door, Enrichment, Run
from tests.builders import (
    assert_each_posting_is_in_one_batch,
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    start,
    states,
)
from tests.enrichment.pages.test_failures import fail
from tests.parallel import together

KINDS = ("timeout", "refused", retrying.ALL)


@override_settings(ENRICHMENT_BATCH_SIZE=2, ENRICHMENT_CONCURRENCY=1)
class RetryRunTests(TestCase):
    def start(self, kind: str = "timeout") -> Run:
        run, is_new = retrying.start(kind=kind, door=Door.PAGE)
        assert run is not None
        assert is_new
        return run

    def work_off(self, run: Run) -> set[int]:
        """Fail whatever it takes, until it is over; which postings that were."""
        taken: set[int] = set()
        while batch := run.batches.live().order_by("pk").first():
            rows = Enrichment.objects.filter(batch=batch)
            ids = set(rows.values_list("pk", flat=True))
            assert not ids & taken
            taken |= ids
            lease(batch)
            rows.update(
                status="failed", error_kind="timeout", finished_at=batch.created_at
            )
            type(batch).objects.filter(pk=batch.pk).finish()
            batches.go_on(run.pk)
        return taken

    def test_goes_through_all_of_them_once_and_ends(self) -> None:
        ids = fail(9)
        run = self.start()

        assert self.work_off(run) == set(ids)
        run.refresh_from_db()
        assert (run.status, run.retries_left) == ("finished", 0)

    def test_takes_nothing_else_however_much_is_pending(self) -> None:
        fail(5)
        fail(1, ErrorKind.REFUSED)
        waiting = make_postings(3)

        self.work_off(self.start())

        assert {enrichment_of(posting).status for posting in waiting} == {"pending"}

    def test_what_it_gave_back_on_a_pause_it_takes_on_resuming(self) -> None:
        ids = fail(9)
        make_posting()
        run = self.start()
        batches.pause(run.pk)
        assert states()["pending"] > 1

        batches.resume(run.pk)

        assert self.work_off(run) == set(ids)

    def test_its_progress_counts_what_lies_ahead(self) -> None:
        fail(9)
        make_postings(3)

        run = self.start()

        assert (run.retries_left > 0, progress.of_run(run).total) == (True, 9)

    def test_how_often_a_posting_failed_stays_counted(self) -> None:
        (pk,) = fail(1)

        self.start()

        assert Enrichment.objects.get(pk=pk).tries == 1

    def test_two_of_one_kind_do_not_go_on_at_once(self) -> None:
        fail(5)
        run = self.start()

        assert retrying.start(kind="timeout", door=Door.ADMIN) == (run, False)

    def test_a_new_one_starts_after_the_last_one_ended(self) -> None:
        ids = fail(3)
        self.work_off(self.start())

        assert self.work_off(self.start()) == set(ids)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_eight_clicks_on_one_button_start_one_run(self) -> None:
        fail(30)
        click = partial(retrying.start, kind="timeout", door=Door.PAGE)

        clicked = together(*[click] * 8)

        assert sum(is_new for _run, is_new in clicked) == 1
        assert {run for run, _is_new in clicked} == {Run.objects.get()}
        assert_each_posting_is_in_one_batch()

    def test_kinds_all_and_selections_at_once_take_each_posting_once(self) -> None:
        ids = fail(20) + fail(20, ErrorKind.REFUSED)

        together(
            *(partial(retrying.start, kind=kind, door=Door.PAGE) for kind in KINDS),
            *[partial(start, selection=ids[::-1], size=7)] * 3,
        )

        assert_each_posting_is_in_one_batch()
