"""Chunks into the database: what is created, updated, left, and asked of the model again."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from enrichment.models import Enrichment
from jobs.importing.fields import PostingFields, read_fields
from jobs.importing.upsert import Counts, imagine_chunk, write_chunk
from jobs.models import JobPosting

ENRICHED = {"status": "enriched", "facts": {}, "finished_at": "2026-01-01T00:00Z"}
FAILED = {
    "status": "failed",
    "error_kind": "timeout",
    "tries": 2,
    "finished_at": "2026-01-01T00:00Z",
}


def row(external_id: str = "a", **values: object) -> PostingFields:
    texts = {"title": "Baker", "description": "Bakes bread"}
    return read_fields({"external_id": external_id, **texts, **values})


def answer(**state: Any) -> None:
    """As if each posting's present text had been answered."""
    for posting in JobPosting.objects.all():
        Enrichment.objects.filter(posting=posting).update(
            content_hash=posting.content_hash, **state
        )


def status() -> str:
    return Enrichment.objects.get().status


class WriteTests(TestCase):
    def test_new_rows_are_created_in_their_order(self) -> None:
        counts = write_chunk([row("b"), row("a"), row("c", source="other")])

        assert counts == Counts(created=3)
        keys = JobPosting.objects.order_by("pk").values_list("source", "external_id")
        assert list(keys) == [("import", "b"), ("import", "a"), ("other", "c")]

    def test_same_rows_again_change_nothing(self) -> None:
        write_chunk([row("a"), row("b")])
        before = list(JobPosting.objects.values())

        assert write_chunk([row("a"), row("b")]) == Counts(unchanged=2)
        assert list(JobPosting.objects.values()) == before

    def test_changed_row_updates_its_posting_alone(self) -> None:
        write_chunk([row("a"), row("b")])
        first, second = JobPosting.objects.order_by("pk")

        assert write_chunk([row("a", title="Chef"), row("b")]) == Counts(
            updated=1, unchanged=1
        )
        changed, same = JobPosting.objects.order_by("pk")
        assert (changed.pk, changed.title) == (first.pk, "Chef")
        assert changed.created_at == first.created_at < changed.updated_at
        assert same.updated_at == second.updated_at

    def test_each_field_can_be_updated(self) -> None:
        write_chunk([row()])
        values: dict[str, object] = {
            "title": "Chef",
            "company": "Ann",
            "location": "Ghent",
            "description": "<p>Cooks</p>",
            "url": "https://example.com/a",
            "posted_at": "2026-05-01T09:30:00Z",
            "priority": 5,
        }
        for name, value in values.items():
            with self.subTest(name):
                fields = row("a", **{name: value})
                assert write_chunk([fields]) == Counts(updated=1)
                assert write_chunk([fields]) == Counts(unchanged=1)

    def test_field_that_the_row_leaves_out_is_kept(self) -> None:
        write_chunk([row(company="Ann", priority=3)])

        write_chunk([row(title="Chef")])

        posting = JobPosting.objects.get()
        assert (posting.title, posting.company, posting.priority) == ("Chef", "Ann", 3)

    def test_same_id_of_another_source_is_another_posting(self) -> None:
        write_chunk([row("a")])

        assert write_chunk([row("a", source="other")]) == Counts(created=1)

    def test_repeat_in_a_chunk_counts_as_update_and_the_last_one_wins(self) -> None:
        counts = write_chunk([row(), row(title="Chef"), row(title="Chef")])

        assert counts == Counts(created=1, updated=1, unchanged=1)
        assert JobPosting.objects.get().title == "Chef"

    def test_there_and_back_in_a_chunk_ends_as_it_was(self) -> None:
        write_chunk([row()])

        assert write_chunk([row(title="Chef"), row()]) == Counts(updated=2)
        assert JobPosting.objects.get().title == "Baker"

    def test_hash_follows_the_text(self) -> None:
        write_chunk([row()])
        write_chunk([row(title="Chef")])

        posting = JobPosting.objects.get()
        assert posting.content_hash == posting.text.content_hash

    def test_unchanged_chunk_costs_one_statement_a_source(self) -> None:
        chunk = [row(f"{n}", source=f"feed-{n % 2}") for n in range(100)]
        write_chunk(chunk)

        with CaptureQueriesContext(connection) as queries:
            write_chunk(chunk)

        about = [q["sql"] for q in queries if "jobs_jobposting" in q["sql"]]
        assert len(about) == 2


class EnrichmentTests(TestCase):
    def test_every_posting_gets_a_pending_enrichment(self) -> None:
        write_chunk([row("a", priority=4), row("b")])

        rows = Enrichment.objects.order_by("posting__external_id")
        assert [(r.status, r.priority) for r in rows] == [
            ("pending", 4),
            ("pending", 0),
        ]

    def test_changed_text_makes_an_answered_one_pending(self) -> None:
        for state in (ENRICHED, FAILED):
            for name in ("title", "company", "location", "description"):
                with self.subTest(name, status=state["status"]):
                    write_chunk([row(company="", location="")])
                    answer(**state)

                    write_chunk([row("a", **{name: "Something else"})])

                    assert status() == "pending"

    def test_pending_again_has_a_clean_slate(self) -> None:
        write_chunk([row()])
        answer(**FAILED)

        write_chunk([row(title="Chef")])

        found = Enrichment.objects.get()
        assert (found.tries, found.error_kind, found.finished_at) == (0, "", None)

    def test_unchanged_text_leaves_an_answered_one_alone(self) -> None:
        for state in (ENRICHED, FAILED):
            with self.subTest(state["status"]):
                write_chunk([row()])
                answer(**state)

                write_chunk([row()])
                write_chunk([row(url="https://example.com/a", posted_at="2026-05-01")])

                assert status() == state["status"]

    def test_html_that_reads_the_same_leaves_an_enriched_one_alone(self) -> None:
        write_chunk([row(description="<p>Bakes bread</p>")])
        answer(**ENRICHED)

        counts = write_chunk([row(description="<div>Bakes bread</div>")])

        assert (counts, status()) == (Counts(updated=1), "enriched")

    def test_priority_is_followed_and_asks_nothing_again(self) -> None:
        write_chunk([row()])
        answer(**ENRICHED)

        write_chunk([row(priority=7)])

        found = Enrichment.objects.get()
        assert (found.priority, found.status) == (7, "enriched")

    def test_missing_enrichment_is_made_with_an_update(self) -> None:
        write_chunk([row()])
        Enrichment.objects.all().delete()

        write_chunk([row(title="Chef", priority=2)])

        assert Enrichment.objects.get().priority == 2


class ImagineTests(TestCase):
    def test_counts_are_those_of_writing_and_nothing_is_written(self) -> None:
        write_chunk([row("old"), row("same")])
        before = list(JobPosting.objects.order_by("pk").values())
        chunk = [
            *(row("new"), row("new"), row("new", title="Chef")),
            *(row("old", title="Chef"), row("old"), row("same")),
        ]

        imagined, _states = imagine_chunk(chunk, {})

        assert list(JobPosting.objects.order_by("pk").values()) == before
        assert imagined == write_chunk(chunk)
        assert imagined == Counts(created=1, updated=3, unchanged=2)

    def test_states_stand_for_what_an_earlier_chunk_would_have_stored(self) -> None:
        write_chunk([row("old")])
        full = row("new", company="Ann", posted_at="2026-05-01", priority=3)
        _counts, states = imagine_chunk([full, row("old", title="Chef")], {})

        later = [full, row("new", company="Bob"), row("old", title="Chef"), row("old")]
        counts, _states = imagine_chunk(later, states)

        assert counts == Counts(updated=2, unchanged=2)
