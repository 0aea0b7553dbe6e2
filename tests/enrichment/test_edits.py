"""Corrections by hand stand above every answer, are on record, and don't trample each other."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import TestCase

from enrichment import edits
from enrichment.models import Edit, Enrichment, Term
from jobs.models import JobPosting
from tests.builders import end, enriched_posting, enrichment_of, success
from tests.people import make_user


class EditTests(TestCase):
    user: User
    posting: JobPosting

    @classmethod
    def setUpTestData(cls) -> None:
        cls.user = make_user("ann", "edit_facts")
        cls.posting = enriched_posting(title="Senior baker")

    def row(self) -> Any:
        return enrichment_of(self.posting)

    def correct(self, row: Enrichment | None = None, **values: Any) -> bool:
        row = row or self.row()
        seen = edits.seen(edits.token(row))
        assert seen is not None
        return edits.correct(row, values, user=self.user, seen=seen)

    def take_back(self, field: str) -> bool:
        row = self.row()
        seen = edits.seen(edits.token(row))
        assert seen is not None
        return edits.take_back(row, field, user=self.user, seen=seen)

    def test_correction_stands_above_the_answer_which_stays(self) -> None:
        assert self.correct(seniority="lead", tools=["oven"])

        row = self.row()
        assert row.facts["seniority"] == "senior"
        assert row.effective_facts["seniority"] == "lead"
        assert row.effective_facts["tools"] == ["oven"]
        assert row.effective_facts["title"] == row.facts["title"]

    def test_next_answer_leaves_it_alone(self) -> None:
        self.correct(seniority="lead")
        JobPosting.objects.get(pk=self.posting.pk).save()
        Enrichment.objects.filter(pk=self.posting.pk).requeue()
        end(success(self.posting))

        row = self.row()
        assert (row.status, row.facts["seniority"]) == ("enriched", "senior")
        assert row.effective_facts["seniority"] == "lead"

    def test_taking_it_back_leads_to_the_models_value(self) -> None:
        self.correct(seniority="lead", education="master")

        assert self.take_back("seniority")
        row = self.row()
        assert row.effective_facts["seniority"] == "senior"
        assert row.effective_facts["education"] == "master"
        assert self.take_back("education")
        assert self.row().edits is None

    def test_what_the_model_said_too_is_no_correction(self) -> None:
        self.correct(seniority="lead")
        self.correct(seniority="senior")

        assert self.row().edits is None
        assert [one.action for one in Edit.objects.order_by("pk")] == [
            "corrected",
            "taken_back",
        ]

    def test_second_of_two_who_saw_the_same_changes_nothing(self) -> None:
        seen_by_both = self.row()
        assert self.correct(seen_by_both, seniority="lead")

        assert not self.correct(seen_by_both, seniority="junior")
        assert self.row().effective_facts["seniority"] == "lead"
        assert Edit.objects.count() == 1

    def test_new_answer_since_the_form_was_opened_is_a_conflict(self) -> None:
        seen = self.row()
        seen.call_id = 12345
        assert not self.correct(seen, seniority="lead")

        assert self.row().edits is None

    def test_change_of_state_alone_is_no_conflict(self) -> None:
        seen = self.row()
        Enrichment.objects.filter(pk=seen.pk).requeue()

        assert self.correct(seen, seniority="lead")

    def test_each_change_is_on_record_and_outlives_the_account(self) -> None:
        self.correct(seniority="lead")
        self.take_back("seniority")
        self.user.delete()

        told = Edit.objects.order_by("pk").values_list(
            "username", "field", "action", "before", "after"
        )
        assert list(told) == [
            ("ann", "seniority", "corrected", "senior", "lead"),
            ("ann", "seniority", "taken_back", "lead", "senior"),
        ]

    def test_admins_log_tells_it_once_for_all_fields(self) -> None:
        self.correct(seniority="lead", education="master")

        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (self.user, str(self.posting.pk))
        assert json.loads(entry.change_message) == [
            {"changed": {"fields": ["education", "seniority"]}}
        ]

    def test_postings_are_found_by_what_was_corrected(self) -> None:
        self.correct(seniority="lead")

        terms = Term.objects.filter(kind="seniority", posting=self.posting.pk)
        assert [term.value for term in terms] == ["lead"]

    def test_nothing_new_leaves_no_trace(self) -> None:
        assert self.correct()
        assert self.correct(seniority="senior")

        assert (Edit.objects.count(), self.row().edit_number) == (0, 0)

    def test_token_of_nonsense_says_nothing(self) -> None:
        for text in ("", "-", "x-1", "1", "1-x", "1-2-3", "²-1"):
            found = edits.seen(text)
            assert found is None or text == "1"
