"""What an older prompt or schema read: asked again once, at the lowest priority, never lost."""

from __future__ import annotations

import io
import json
from functools import partial

import pytest
from django.core.management import CommandError, call_command

from enrichment import (
    batches,
    progress,
    renewing,
    runner,
    term_counts,
    turns,
)
from enrichment.llm import schema
from enrichment.models import Door, Enrichment, Run
from enrichment.paging import MoreThan
from enrichment.querysets import Versions
from jobs.models import JobPosting
from tests.builders import (
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    start,
    start_batch,
    states,
)
from tests.enrichment.prompting import (
    a_new_prompt,
    enrich,
    read_by,
    renew,
    stored,
    work_off,
)
from tests.enrichment.running import use
from tests.parallel import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(provider, settings) -> None:
    use(provider, settings)
    settings.ENRICHMENT_BATCH_SIZE = 3


def when(posting: JobPosting) -> float:
    """The moment that its enrichment ended."""
    finished_at = enrichment_of(posting).finished_at
    assert finished_at is not None
    return finished_at.timestamp()


class TestStaleness:
    def test_is_what_a_new_prompt_makes_of_all_that_was_read(self) -> None:
        enrich(*make_postings(2))
        make_posting()
        assert renewing.count() == 0

        version = a_new_prompt()
        enrich(make_posting())

        assert read_by() == {1: 2, version: 1}
        assert renewing.count() == 2

    def test_names_all_facts_for_a_prompt_and_those_touched_for_a_schema(
        self, monkeypatch
    ) -> None:
        monkeypatch.setitem(schema.CHANGED_FIELDS, 2, ("salary", "tools"))
        now = Versions(prompt=2, schema=2)

        by_prompt = renewing.fields(Versions(prompt=1, schema=2), now)
        by_schema = renewing.fields(Versions(prompt=2, schema=1), now)

        assert len(by_prompt) == len(schema.JobFacts.model_fields)
        assert sorted(by_schema) == ["salary", "tools"]

    def test_every_schema_says_what_it_changed(self) -> None:
        assert set(schema.CHANGED_FIELDS) == set(range(1, schema.SCHEMA_VERSION + 1))

    def test_counting_stops_and_workers_count_on(self, monkeypatch) -> None:
        monkeypatch.setattr(
            renewing, "capped_count", lambda rows, **_along: MoreThan(rows[:1].count())
        )
        enrich(*make_postings(3))
        a_new_prompt()
        assert str(renewing.count()) == "1+"

        term_counts.refresh()

        assert renewing.count() == 3


class TestRun:
    def test_asks_only_about_stale_ones(self, provider) -> None:
        enrich(*make_postings(4))
        version = a_new_prompt()
        enrich(*make_postings(2))
        pending = make_posting()
        provider.reset()

        run = renew()

        assert len(provider.calls) == 4
        assert read_by() == {version: 6}
        assert enrichment_of(pending).status == "pending"
        assert (run.status, run.retries_left) == ("finished", 0)
        assert run.priority == Run.Priority.LOW

    def test_reposts_cost_one_call_and_stored_answers_none(self, provider) -> None:
        text = "We look for a baker who knows bread and dough."
        enrich(*(make_posting(title="Baker", description=text) for _ in range(4)))
        enrich(make_posting())
        a_new_prompt()
        provider.reset()

        renew()

        assert len(provider.calls) == 2

    def test_nothing_stale_starts_nothing(self) -> None:
        enrich(make_posting())

        assert renewing.start(door=Door.PAGE) == (None, False)

    def test_starts_once_at_a_time(self) -> None:
        enrich(make_posting())
        a_new_prompt()
        run, _is_new = renewing.start(door=Door.PAGE)

        assert renewing.start(door=Door.ADMIN) == (run, False)

    def test_one_batch_alone_ends_after_it(self) -> None:
        enrich(*make_postings(5))
        a_new_prompt()

        run, _is_new = renewing.start(door=Door.COMMAND, continuous=False, size=2)
        work_off(run)

        assert renewing.count() == 3

    def test_batches_of_others_go_first(self) -> None:
        enrich(*make_postings(3))
        a_new_prompt()
        renewing.start(door=Door.PAGE)
        other = start_batch(make_posting())

        assert turns.waiting()[0] == other.pk

    def test_its_progress_counts_what_lies_ahead(self) -> None:
        enrich(*make_postings(8))
        a_new_prompt()

        run, _is_new = renewing.start(door=Door.PAGE)

        assert run is not None
        assert progress.of_run(run).total == 8


class TestNothingIsLost:
    def kept(self, *postings: JobPosting) -> bool:
        """Whether they are as an older prompt left them."""
        return all(
            (row["status"], row["prompt_version"], bool(row["facts"]))
            == ("enriched", 1, True)
            for row in map(stored, postings)
        )

    @pytest.mark.parametrize("stop", [batches.pause, batches.cancel])
    def test_stopped_before_it_began_leaves_all_enriched(self, stop) -> None:
        postings = make_postings(8)
        enrich(*postings)
        before = [when(posting) for posting in postings]
        a_new_prompt()
        run, _is_new = renewing.start(door=Door.PAGE)
        assert run is not None

        stop(run.pk)

        assert self.kept(*postings)
        after = [when(posting) for posting in postings]
        # The moment of their answers, as before; the sums of a list don't move.
        assert after == pytest.approx(before, abs=1)
        # Nothing is pending, to be paid for by everybody's next run.
        assert start(continuous=True).run is None

    def test_resumed_goes_on_with_what_it_gave_back_and_asks_each_once(
        self, provider
    ) -> None:
        enrich(*make_postings(8))
        a_new_prompt()
        run, _is_new = renewing.start(door=Door.PAGE)
        assert run is not None
        runner.run(run.batches.earliest("pk").pk, alone=True)
        batches.pause(run.pk)
        assert renewing.count() == 5

        batches.resume(run.pk)
        work_off(run)

        run.refresh_from_db()
        assert (run.status, renewing.count()) == ("finished", 0)
        assert set(provider.calls_per_title().values()) == {2}

    def test_batch_that_a_worker_holds_is_given_back_enriched(self) -> None:
        posting = make_posting()
        enrich(posting)
        a_new_prompt()
        run, _is_new = renewing.start(door=Door.PAGE)
        assert run is not None
        batch = run.batches.get()
        lease(batch)
        Enrichment.objects.claim(batch.pk)
        batches.cancel(run.pk)

        recorder_of(batch).release(run.pk)

        assert self.kept(posting)

    def test_failed_call_keeps_the_older_facts_and_is_not_tried_for_ever(
        self, provider
    ) -> None:
        good, bad = make_posting(), make_posting()
        enrich(good, bad)
        before = stored(bad)
        version = a_new_prompt()
        provider.mode = "invalid-json"

        run = renew()

        assert stored(bad) == before
        assert enrichment_of(bad).tries == 1
        assert run.status == "finished"
        told = progress.of_run(run)
        assert (told.failed, told.errors) == (2, {"invalid_json": 2})
        provider.mode = None
        renew()
        assert read_by() == {version: 2}
        assert enrichment_of(bad).tries == 0

    def test_text_changed_while_it_waited_makes_it_pending(self) -> None:
        posting = make_posting()
        enrich(posting)
        a_new_prompt()
        run, _is_new = renewing.start(door=Door.PAGE)
        assert run is not None
        posting.description = "Another text, about cakes."
        posting.save()

        batches.cancel(run.pk)

        assert states() == {"pending": 1}


class TestCommand:
    def run(self, *options: str) -> dict[str, int]:
        out = io.StringIO()
        call_command("enrich_batch", "--stale", "--json", *options, stdout=out)
        told: dict[str, int] = json.loads(out.getvalue().splitlines()[-1])
        return told

    def test_queues_a_batch_of_stale_ones_or_all(self) -> None:
        enrich(*make_postings(5))
        a_new_prompt()

        told = self.run("--size", "2")

        assert (told["queued"], told["remaining"]) == (2, 3)
        with pytest.raises(CommandError, match="already"):
            self.run("--all")
        batches.cancel(told["run"])
        assert self.run("--all")["queued"] == 5

    def test_does_not_go_with_ids_or_force(self) -> None:
        with pytest.raises(CommandError, match="excludes"):
            self.run("--ids", "1")


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_start_one_run() -> None:
    enrich(*make_postings(6))
    a_new_prompt()

    clicked = together(*[partial(renewing.start, door=Door.PAGE)] * 8)

    assert sum(is_new for _run, is_new in clicked) == 1
    assert {run for run, _is_new in clicked} == {Run.objects.latest("pk")}
