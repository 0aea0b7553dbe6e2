"""`manage.py enrich_batch`: what it queues, what it says, what it refuses."""

from __future__ import annotations

import json
import time
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from enrichment import batches, runner
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Run, Worker
from tests.builders import (
    enriched_posting,
    enrichment_of,
    make_posting,
    make_postings,
    queued_tasks,
    start_batch,
    states,
)
from tests.parallel import together

pytestmark = pytest.mark.django_db


def enrich_batch(*arguments: object) -> tuple[list[str], str]:
    """Lines of standard output, and all of standard error."""
    out, err = StringIO(), StringIO()
    call_command("enrich_batch", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue()


@pytest.fixture(autouse=True)
def _worker_is_alive() -> None:
    Worker.objects.create(name="host:1", seen_at=Now())


@pytest.fixture
def _provider(provider, settings) -> None:
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_BASE_URL = provider.base_url
    settings.OPENAI_API_KEY = "sk-test"
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    settings.ENRICHMENT_RATE_LIMIT_BACKOFF = 0.01


class TestQueueing:
    def test_line_says_how_many_are_queued_and_left_and_how_long(self) -> None:
        make_postings(53)

        lines, _err = enrich_batch()

        assert lines == ["50 jobs queued, 3 remaining, ~1 minute"]
        assert states() == {"queued": 50, "pending": 3}
        assert Run.objects.get().door == "command"

    def test_nothing_pending_is_no_error(self) -> None:
        lines, _err = enrich_batch()

        assert lines == ["0 jobs queued, 0 remaining, nothing to do"]

    def test_size_is_that_asked_for(self) -> None:
        make_postings(5)

        assert enrich_batch("--size", 2)[0][0].startswith("2 jobs queued, 3 remaining")

    def test_longer_work_is_told_in_minutes(self) -> None:
        make_postings(200)

        lines, _err = enrich_batch("--size", 200)

        assert lines == ["200 jobs queued, 0 remaining, ~4 minutes"]

    def test_all_goes_on_until_nothing_is_pending(self, settings) -> None:
        settings.Q_WORKERS = 2
        make_postings(5)

        lines, _err = enrich_batch("--all", "--size", 2)

        assert lines == ["4 jobs queued, 1 remaining, ~1 minute"]
        assert Run.objects.get().continuous
        assert len(queued_tasks()) == 2

    def test_json_names_run_and_batch(self) -> None:
        make_postings(2)

        lines, _err = enrich_batch("--json")

        batch = Batch.objects.get()
        assert json.loads(lines[-1]) == {
            "queued": 2,
            "remaining": 0,
            "skipped": 0,
            "run": batch.run_id,
            "batch": batch.pk,
        }


class TestIds:
    def test_first_fifty_of_sixty_with_a_warning(self) -> None:
        ids = [posting.pk for posting in make_postings(60)]

        lines, err = enrich_batch("--ids", *ids)

        assert "Batch size limited from 60 to 50 jobs" in err.splitlines()
        assert lines[0].startswith("50 jobs queued, 10 remaining")

    def test_fifty_bring_no_warning(self) -> None:
        ids = [posting.pk for posting in make_postings(50)]

        assert "limited" not in enrich_batch("--ids", *ids)[1]

    def test_enriched_ones_are_skipped_and_told(self) -> None:
        done, new = enriched_posting(), make_posting()

        lines, err = enrich_batch("--ids", done.pk, new.pk)

        assert lines[0].startswith("1 jobs queued")
        assert "1 jobs skipped: enriched, or on their way, already" in err

    def test_force_takes_them_anew(self) -> None:
        done = enriched_posting()

        enrich_batch("--ids", done.pk, "--force")

        assert enrichment_of(done).status == "queued"
        assert Run.objects.latest("pk").force


class TestHints:
    def test_missing_worker_is_told(self) -> None:
        Worker.objects.all().delete()
        make_posting()

        assert "no worker is running" in enrich_batch()[1]

    def test_running_worker_is_not(self) -> None:
        make_posting()

        assert "no worker" not in enrich_batch()[1]

    @pytest.mark.parametrize("is_offline", [True, False])
    def test_offline_extractor_says_so(self, settings, is_offline) -> None:
        settings.ENRICHMENT_OFFLINE = is_offline

        assert ("rules, no LLM runs" in enrich_batch()[1]) == is_offline


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--size", "0"], "--size: expected 1 to 1000, got 0"),
            (["--size", "-5"], "got -5"),
            (["--size", "1001"], "got 1001"),
            (["--size", "many"], "invalid int value"),
            (["--ids", "1", "--all"], "exclude each other"),
            (["--force"], "needs --ids"),
            (["--ids"], "expected at least one argument"),
        ],
    )
    def test_wrong_arguments(self, arguments, message) -> None:
        make_posting()

        with pytest.raises(CommandError, match=message):
            enrich_batch(*arguments)
        assert states() == {"pending": 1}

    def test_unknown_ids_are_named_and_nothing_is_queued(self) -> None:
        known = make_posting()

        with pytest.raises(CommandError, match=r"no job has the id 999998, 999999$"):
            enrich_batch("--ids", known.pk, 999999, 999998)
        assert states() == {"pending": 1}

    def test_of_many_unknown_ids_ten_are_named(self) -> None:
        with pytest.raises(CommandError, match=r"900009, \.\.\.$"):
            enrich_batch("--ids", *range(900_000, 900_050))


# --- Waiting ----------------------------------------------------------------------------
def wait_for_a_batch() -> Batch:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if batch := Batch.objects.filter(status="queued").first():
            return batch
        time.sleep(0.02)
    raise AssertionError("no batch within 30 seconds")


def work() -> None:
    runner.run(wait_for_a_batch().pk)


def waiting(*arguments: object) -> Any:
    """The command's output, or its error, so that both threads end."""
    try:
        return enrich_batch(*arguments)
    except CommandError as error:
        return error


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_provider")
class TestWaiting:
    def test_last_line_is_the_stats(self) -> None:
        make_postings(3)
        make_posting(description="Bakes bread. [[fault:429]]")
        make_posting(description="Bakes bread. [[fault:400]]")

        (lines, _err), _ = together(partial(waiting, "--wait", "--json"), work)

        assert lines[-1] == (
            '{"total": 5, "successful": 3, "failed": 2, "rate_limited": 1}'
        )
        assert lines[0].startswith("5 jobs queued")
        assert lines[1].startswith("3 successful, 2 failed (1 rate limited) of 5 in ")

    def test_nothing_to_wait_for_ends_at_once(self) -> None:
        lines, _err = waiting("--wait", "--json")

        assert json.loads(lines[-1]) == {
            "total": 0,
            "successful": 0,
            "failed": 0,
            "rate_limited": 0,
        }

    def test_all_counts_every_batch(self, settings) -> None:
        settings.Q_WORKERS = 1
        make_postings(5)

        arguments = ("--all", "--size", 2, "--wait", "--json")
        (lines, _err), _ = together(partial(waiting, *arguments), work)

        assert json.loads(lines[-1])["successful"] == 5

    def test_blocked_run_ends_the_wait_with_its_reason(self, provider) -> None:
        provider.mode = "quota"
        make_postings(2)

        error, _ = together(partial(waiting, "--wait"), work)

        assert isinstance(error, CommandError)
        assert "is blocked: " in str(error)
        assert "0 successful, 0 failed, 2 left" in str(error)

    def test_cancelled_run_ends_the_wait(self) -> None:
        make_posting()

        def cancel() -> None:
            batches.cancel(wait_for_a_batch().run_id)

        error, _ = together(partial(waiting, "--wait"), cancel)

        assert "was cancelled. So far 0 successful" in str(error)


def test_run_that_blocks_leaves_no_mark_on_postings() -> None:
    batch = start_batch(*make_postings(2))

    batches.block(batch.run_id, kind=ErrorKind.INSUFFICIENT_QUOTA, reason="Empty")

    assert states() == {"pending": 2}
