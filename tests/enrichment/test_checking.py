"""Answers are checked as they are stored: what the text doesn't hold counts for nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import TestCase

from enrichment import checking, edits, grounding, grounding_counts, terms
from enrichment.grounding import Note
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.models import Batch, Enrichment, GroundingCount, LlmCall, Term
from enrichment.recorder import Ended, LeaseLostError
from jobs.models import JobPosting
from tests.builders import (
    answered,
    answered_call,
    end,
    enriched_posting,
    enrichment_of,
    lease,
    make_posting,
    make_postings,
    recorder_of,
    running_batch,
    start_batch,
    work_of,
)
from tests.enrichment.inventing import (
    NOT_FOUND,
    PAY,
    TEXT,
    facts_with_inventions,
    inventive,
)
from tests.enrichment.running import run, use
from tests.people import make_user
from tests.provider import Provider


def pairs(posting: JobPosting) -> set[tuple[str, str]]:
    return set(Term.objects.filter(posting=posting.pk).values_list("kind", "value"))


@pytest.mark.django_db
def test_values_that_the_model_invents_are_kept_apart(settings) -> None:
    def say(text: PostingText) -> str:
        return str(facts_with_inventions(text).model_dump_json())

    posting = make_posting(description=TEXT)
    with Provider(say=say) as provider:
        use(provider, settings)
        batch = run(start_batch(posting))

    row = enrichment_of(posting)
    assert row.facts is not None
    assert row.facts["salary"]["min"] == 90_000
    assert row.effective_facts["tools"] == ["Excel"]
    assert row.effective_facts["salary"] is None
    assert row.effective_facts["location"]["city"] is None
    assert row.withheld == NOT_FOUND
    assert (row.values_checked, row.not_found) == (6, 4)
    assert (batch.values_checked, batch.values_not_found) == (6, 4)
    found = pairs(posting)
    assert ("skill", "excel") in found
    assert not {"salary", "salary_from", "education"} & {kind for kind, _ in found}
    assert {value for kind, value in found if kind == "not_found"} == {
        *("any", "tools", "salary", "education", "location"),
    }
    assert grounding_counts.by_version()[row.prompt_version]["tools"] == (2, 1)


class RecordingTests(TestCase):
    def test_result_has_the_prompt_of_its_call_and_the_schema_it_was_read_by(
        self,
    ) -> None:
        posting = make_posting()
        call = answered_call(posting, prompt_version=7, schema_version=3)
        end(inventive(posting, call_id=call.pk))

        row = enrichment_of(posting)
        assert (row.prompt_version, row.schema_version) == (7, SCHEMA_VERSION)
        assert set(grounding_counts.by_version()) == {7}

    def test_text_is_checked_once_for_all_that_share_it(self) -> None:
        twins = make_postings(2, title="Baker", description=TEXT)
        batch = running_batch(*twins)
        facts = facts_with_inventions(twins[0].text)
        recorder_of(batch).record([], [Ended(work=work_of(*twins), facts=facts)])

        batch.refresh_from_db()
        assert (batch.values_checked, batch.values_not_found) == (12, 8)
        assert grounding_counts.by_version()[0]["salary"] == (2, 2)

    def test_batch_recorded_twice_counts_once(self) -> None:
        posting = make_posting(description=TEXT)
        batch = running_batch(posting)
        recorder = recorder_of(batch)
        for _delivery in range(2):
            recorder.record([], [inventive(posting)])

        batch.refresh_from_db()
        assert (batch.values_checked, batch.values_not_found) == (6, 4)
        assert grounding_counts.by_version()[0]["tools"] == (2, 1)

    def test_worker_that_lost_its_lease_counts_nothing(self) -> None:
        posting = make_posting(description=TEXT)
        batch = running_batch(posting)
        recorder = recorder_of(batch)
        Batch.objects.filter(pk=batch.pk).update(status="queued", lease_expires_at=None)
        lease(batch)
        with pytest.raises(LeaseLostError):
            recorder.record([answered(posting, batch)], [inventive(posting)])

        batch.refresh_from_db()
        assert (batch.values_checked, batch.calls) == (0, 1)
        assert not GroundingCount.objects.exists()

    def test_posting_without_inventions_has_none(self) -> None:
        row = enrichment_of(enriched_posting(description=TEXT))
        assert row.is_checked
        assert (row.not_found, row.withheld) == (0, frozenset())
        assert row.effective_facts == row.facts


class EffectiveTests(TestCase):
    posting: JobPosting

    @classmethod
    def setUpTestData(cls) -> None:
        cls.posting = make_posting(description=TEXT)
        end(inventive(cls.posting))

    def row(self) -> Enrichment:
        return enrichment_of(self.posting)

    def correct(self, **values: Any) -> None:
        row = self.row()
        seen = edits.seen(edits.token(row))
        assert seen
        assert edits.correct(row, values, user=make_user("ann"), seen=seen)

    def test_what_a_person_entered_is_never_withheld(self) -> None:
        self.correct(education="doctorate", tools=["Excel", "Oven 3000"])

        row = self.row()
        assert row.effective_facts["education"] == "doctorate"
        assert row.effective_facts["tools"] == ["Excel", "Oven 3000"]
        assert row.withheld == {"salary", "location-city"}
        assert ("education", "doctorate") in pairs(self.posting)
        assert ("not_found", "education") not in pairs(self.posting)

    def test_withheld_value_taken_in_counts_whatever_the_next_answer_is(self) -> None:
        row = self.row()
        seen = edits.seen(edits.token(row))
        assert seen
        assert edits.take_in(row, "salary", user=make_user("ann"), seen=seen)
        self.posting.save()
        Enrichment.objects.filter(pk=self.posting.pk).requeue()
        end(inventive(self.posting))

        assert self.row().effective_facts["salary"]["min"] == 90_000
        assert ("salary", "EUR 90000") in pairs(self.posting)

    def test_what_counts_anyway_is_no_correction(self) -> None:
        self.correct(tools=["Excel"])
        assert not self.row().edits

    def test_correction_taken_back_withholds_again(self) -> None:
        self.correct(salary=PAY)
        row = self.row()
        seen = edits.seen(edits.token(row))
        assert seen
        assert edits.take_back(row, "salary", user=make_user("bob"), seen=seen)
        assert self.row().effective_facts["salary"] is None
        assert list(row.edit_history.values_list("after", flat=True)) == [PAY, None]

    def test_check_of_other_facts_withholds_nothing(self) -> None:
        """A worker of older code stores an answer, and knows of no check."""
        call = answered_call(self.posting)
        Enrichment.objects.filter(pk=self.posting.pk).update(call=call)
        row = self.row()
        assert row.withheld == frozenset()
        assert row.effective_facts == row.facts

    def test_text_changed_meanwhile_leaves_the_old_check_with_the_old_facts(
        self,
    ) -> None:
        self.posting.description = f"{TEXT} We pay 90.000 EUR a year."
        self.posting.save()
        row = self.row()
        assert row.status == "pending"
        assert row.withheld == NOT_FOUND


class CatchingUpTests(TestCase):
    def before(self, posting: JobPosting) -> None:
        """As code that didn't check left it."""
        end(inventive(posting, call_id=answered_call(posting).pk))
        rows = Enrichment.objects.filter(pk=posting.pk)
        rows.update(
            grounding=None,
            values_checked=0,
            not_found=0,
            prompt_version=0,
            terms_version=1,
        )
        GroundingCount.objects.all().delete()

    def test_facts_stored_before_are_checked_without_a_call(self) -> None:
        posting = make_posting(description=TEXT)
        self.before(posting)
        calls = LlmCall.objects.count()

        assert terms.catch_up(limit=10) == 1
        assert terms.catch_up(limit=10) == 0
        row = enrichment_of(posting)
        assert row.withheld == NOT_FOUND
        assert row.not_found == 4
        assert row.prompt_version == 1
        assert ("not_found", "salary") in pairs(posting)
        assert grounding_counts.by_version()[1]["tools"] == (2, 1)
        assert LlmCall.objects.count() == calls

    def test_edit_before_that_leaves_it_to_be_done(self) -> None:
        posting = make_posting(description=TEXT)
        self.before(posting)
        row = enrichment_of(posting)
        seen = edits.seen(edits.token(row))
        assert seen
        edits.correct(row, {"seniority": "lead"}, user=make_user("ann"), seen=seen)

        assert terms.catch_up(limit=10) == 1
        assert enrichment_of(posting).withheld == NOT_FOUND

    def test_newer_check_takes_the_place_of_the_one_before(self) -> None:
        posting = make_posting(description=TEXT)
        end(inventive(posting))
        before = grounding_counts.by_version()
        rows = Enrichment.objects.filter(pk=posting.pk)
        stored: Any = enrichment_of(posting).grounding
        stored["version"] -= 1
        rows.update(grounding=stored, terms_version=1)

        assert terms.catch_up(limit=10) == 1
        assert grounding_counts.by_version() == before
        assert checking.is_current(enrichment_of(posting))

    def test_facts_of_a_text_that_is_gone_stay_unchecked(self) -> None:
        posting = make_posting(description=TEXT)
        self.before(posting)
        posting.description = "Something else altogether."
        posting.save()

        assert terms.catch_up(limit=10) == 1
        assert terms.catch_up(limit=10) == 0
        row = enrichment_of(posting)
        assert (row.is_checked, row.withheld) == (False, frozenset())


class CountTests(TestCase):
    def test_sums_are_the_same_when_entries_are_made_few(self) -> None:
        counts = {
            field: grounding_counts.Count(3, 1)
            for field in ("tools", "salary", "perks", "location")
        }
        for _answer in range(grounding_counts.FEW // 8 + 1):
            grounding_counts.add([(1, counts), (2, counts)])
        before = grounding_counts.by_version()
        grounding_counts.compact()

        assert GroundingCount.objects.count() == 8
        assert grounding_counts.by_version() == before

    def test_stored_check_counts_as_it_did_when_it_was_made(self) -> None:
        text = make_posting(description=TEXT).text
        found = grounding.check(
            text, facts_with_inventions(text).model_dump(mode="json")
        )
        stored = json.loads(json.dumps(found.as_json()))
        assert grounding_counts.count_stored(stored) == grounding_counts.count_found(
            found
        )
        assert Note.SALARY_NOT_IN_TEXT in found.notes
