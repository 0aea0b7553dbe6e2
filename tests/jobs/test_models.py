"""A posting keeps its hash and its enrichment's row in step with its text."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from enrichment.models import Enrichment
from jobs.models import JobPosting


def build(external_id: str = "a", **fields: object) -> JobPosting:
    texts = {"title": "Baker", "description": "Bakes bread"}
    return JobPosting(external_id=external_id, **{**texts, **fields})


def stored() -> JobPosting:
    return JobPosting.objects.get()


def status() -> str:
    return Enrichment.objects.get().status


class SaveTests(TestCase):
    def enriched(self) -> JobPosting:
        posting = build()
        posting.save()
        Enrichment.objects.update(
            status="enriched",
            facts={},
            finished_at="2026-01-01T00:00Z",
            content_hash=posting.content_hash,
        )
        return posting

    def test_new_posting_has_its_hash_and_a_pending_enrichment(self) -> None:
        build(priority=4).save()

        assert stored().content_hash == stored().text.content_hash
        assert (status(), Enrichment.objects.get().priority) == ("pending", 4)

    def test_changed_text_makes_an_enriched_posting_pending(self) -> None:
        posting = self.enriched()
        posting.company = "Ann"
        posting.save()

        assert status() == "pending"

    def test_save_without_a_change_of_text_asks_nothing_again(self) -> None:
        posting = self.enriched()
        posting.url = "https://example.com/a"
        posting.priority = 3
        posting.save()

        assert (status(), Enrichment.objects.get().priority) == ("enriched", 3)

    def test_text_saved_by_itself_takes_the_hash_along(self) -> None:
        posting = self.enriched()
        posting.title = "Chef"
        posting.save(update_fields=["title"])

        assert stored().content_hash == stored().text.content_hash
        assert status() == "pending"

    def test_hash_stays_away_from_a_text_that_is_not_saved(self) -> None:
        posting = self.enriched()
        stale = stored()
        posting.title = "Chef"
        posting.save()

        stale.priority = 9
        stale.save(update_fields=["priority"])

        assert (stored().title, stored().priority) == ("Chef", 9)
        assert stored().content_hash == stored().text.content_hash

    def test_empty_update_fields_save_nothing(self) -> None:
        posting = self.enriched()
        before = JobPosting.objects.values().get()
        posting.title = "Chef"
        posting.save(update_fields=[])

        assert JobPosting.objects.values().get() == before

    def test_source_and_external_id_name_one_posting(self) -> None:
        build("a").save()
        build("a", source="other").save()

        with pytest.raises(IntegrityError), transaction.atomic():
            build("a").save()

    def test_title_names_it_for_people(self) -> None:
        assert str(build()) == "Baker"


class BulkCreateTests(TestCase):
    def test_each_gets_its_hash_and_an_enrichment(self) -> None:
        JobPosting.objects.bulk_create(build(f"{n}", priority=n) for n in range(3))

        for posting in JobPosting.objects.select_related("enrichment"):
            assert posting.content_hash == posting.text.content_hash
            assert posting.enrichment.priority == posting.priority

    def test_all_or_nothing(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            JobPosting.objects.bulk_create([build("a"), build("a")])

        assert not JobPosting.objects.exists()

    def test_conflicts_that_are_ignored_leave_the_stored_one(self) -> None:
        build("a").save()

        JobPosting.objects.bulk_create(
            [build("a", title="Chef")], ignore_conflicts=True
        )

        assert stored().title == "Baker"
