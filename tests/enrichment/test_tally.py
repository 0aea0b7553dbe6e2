"""The tally says what a count of all rows says, at every commit, whoever wrote."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from enrichment import batches, sweeper, tally
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, TallyEntry
from enrichment.recorder import LeaseLostError
from jobs.models import JobPosting
from tests.builders import (
    enriched_posting,
    failed_posting,
    failure,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    start,
    start_batch,
    success,
)
from tests.parallel import together

kept_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no tally: it counts the rows"
)


def counted() -> dict[tuple[str, str], int]:
    """All rows, one by one."""
    return dict(Counter(Enrichment.objects.values_list("status", "error_kind")))


@pytest.mark.django_db
class TestCounts:
    def test_no_postings_are_no_states(self) -> None:
        assert tally.counts() == {}
        assert tally.pending() == 0

    def test_each_state_and_kind_has_its_count(self) -> None:
        enriched_posting()
        failed_posting(kind=ErrorKind.TIMEOUT)
        failed_posting(kind=ErrorKind.REFUSED)
        running_batch(make_posting())
        make_postings(2)

        assert tally.pending() == 2
        assert tally.counts() == {
            ("enriched", ""): 1,
            ("failed", "timeout"): 1,
            ("failed", "refused"): 1,
            ("running", ""): 1,
            ("pending", ""): 2,
        }

    def test_bulk_and_deletion_count(self) -> None:
        JobPosting.objects.bulk_create(
            JobPosting(external_id=str(n), title="Cook", description=f"Cooks {n}")
            for n in range(10)
        )
        JobPosting.objects.filter(external_id__in=["1", "2", "3"]).delete()

        assert tally.counts() == {("pending", ""): 7}

    def test_what_is_rolled_back_never_counted(self) -> None:
        with transaction.atomic():
            make_posting()
            transaction.set_rollback(True)

        assert tally.counts() == {}


@kept_only
@pytest.mark.django_db
class TestEntries:
    def test_statement_adds_one_entry_for_each_state_it_changes(self) -> None:
        postings = make_postings(5)
        TallyEntry.objects.all().delete()

        Enrichment.objects.filter(pk__in=[p.pk for p in postings]).update(
            batch_id=start_batch(make_posting()).pk, status="queued"
        )

        entries = TallyEntry.objects.order_by("-pk").values_list("status", "amount")
        assert set(entries[:2]) == {("pending", -5), ("queued", 5)}

    def test_statement_that_moves_nothing_adds_none(self) -> None:
        make_postings(3)
        before = TallyEntry.objects.count()

        Enrichment.objects.update(priority=7)

        assert TallyEntry.objects.count() == before

    def test_many_entries_are_made_few_by_the_sweeper(self, monkeypatch) -> None:
        monkeypatch.setattr(tally, "FEW", 3)
        make_postings(5)
        enriched_posting()

        sweeper.sweep()

        assert TallyEntry.objects.count() == 2
        assert tally.counts() == {("pending", ""): 5, ("enriched", ""): 1}

    def test_few_are_left_alone(self) -> None:
        make_postings(3)
        tally.compact()

        assert TallyEntry.objects.count() == 3

    def test_emptied_table_counts_nothing(self) -> None:
        make_postings(3)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE enrichment_enrichment CASCADE")

        assert tally.counts() == {}


@pytest.mark.django_db
class TestRecount:
    def test_right_tally_is_left_as_it_is(self) -> None:
        make_postings(3)

        assert tally.recount() == {}
        assert tally.counts() == {("pending", ""): 3}

    @kept_only
    def test_wrong_one_is_mended_and_told(self, caplog) -> None:
        make_postings(3)
        TallyEntry.objects.all().delete()
        TallyEntry.objects.create(status="enriched", error_kind="", amount=5)

        assert tally.recount() == {("pending", ""): 3, ("enriched", ""): -5}
        assert tally.counts() == {("pending", ""): 3}
        assert "The tally was wrong" in caplog.text
        assert tally.recount() == {}


# --- Many writers at once ---------------------------------------------------------------
def work(seed: int) -> None:
    """A worker, a person, an import, a sweeper: whatever comes."""
    chance = random.Random(seed)
    actions: list[Callable[[], object]] = [
        partial(enrich_some, chance.choice(list(ErrorKind))),
        partial(make_postings, 3),
        delete_one,
        stop_one,
        tally.compact,
        assert_exact,
    ]
    for _step in range(12):
        chance.choice(actions)()


def enrich_some(kind: ErrorKind) -> None:
    batch = start(size=4).batch
    if not batch or not Batch.objects.lease(batch.pk, holder="test:1", seconds=60):
        return
    Enrichment.objects.claim(batch.pk)
    postings = JobPosting.objects.filter(enrichment__batch=batch).order_by("pk")
    try:
        recorder_of(batch).record(
            [],
            [failure(p, kind=kind) if p.pk % 3 else success(p) for p in postings],
        )
        recorder_of(batch).finish(batch.run_id)
    except LeaseLostError:  # somebody stopped the run
        return


def assert_exact() -> None:
    """It sees one moment, however much is being written."""
    assert tally.recount() == {}


def delete_one() -> None:
    pending = Enrichment.objects.filter(status="pending").order_by("?").first()
    if pending:
        with transaction.atomic():
            # As the admin does, but never one that a batch takes meanwhile.
            rows = Enrichment.objects.filter(pk=pending.pk, status="pending")
            if rows.select_for_update(skip_locked=True).first():
                JobPosting.objects.filter(pk=pending.pk).delete()


def stop_one() -> None:
    batch = Batch.objects.live().order_by("?").first()
    if batch:
        batches.pause(batch.run_id)


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_the_tally_exact() -> None:
    make_postings(60)
    for row in TallyEntry.objects.all():  # many entries, so that compacting has work
        TallyEntry.objects.bulk_create(
            TallyEntry(status=row.status, error_kind=row.error_kind, amount=amount)
            for amount in (7, -7)
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "FEW", 5)
        together(*[partial(work, seed) for seed in range(6)])

    assert tally.counts() == counted()


@kept_only
@pytest.mark.django_db(transaction=True)
def test_no_entry_is_lost_between_sweepers(monkeypatch) -> None:
    monkeypatch.setattr(tally, "FEW", 0)

    def sweep_often() -> None:
        for _turn in range(40):
            tally.compact()

    together(*[sweep_often] * 4, *[partial(make_postings, 20)] * 4)

    assert tally.counts() == {("pending", ""): 80}
