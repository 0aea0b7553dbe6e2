"""What isn't found in the text: shown apart, counted, filtered by, taken in by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from enrichment import edits, term_counts
from enrichment.models import Enrichment
from jobs.models import JobPosting
from tests.builders import enriched_posting, enrichment_of
from tests.enrichment.inventing import posting_with_inventions
from tests.people import SiteTestCase


class WithheldTests(SiteTestCase):
    posting: JobPosting
    row: Any

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.posting = posting_with_inventions()
        cls.row = Enrichment.objects.select_related("batch").get(pk=cls.posting.pk)

    def page(self, address: str = "") -> Any:
        return self.client.get(address or self.posting.get_absolute_url())

    def take_in(self, field: str, token: str = "") -> Any:
        address = reverse("jobs:job-take-in", args=[self.posting.pk, field])
        seen = token or edits.token(enrichment_of(self.posting))
        return self.client.post(address, {"seen": seen}, follow=True)

    def test_withheld_value_is_struck_through_and_said_to_be(self) -> None:
        page = self.page()
        self.assertContains(
            page, '<s id="fact-tools-1" class="fact chip">Kubernetes</s>'
        )
        self.assertContains(page, '<s id="fact-salary" class="fact">')
        self.assertContains(page, "Not found in the text, left out", count=4)
        self.assertContains(page, "The posting names no such amount.")

    def test_list_shows_what_counts_alone(self) -> None:
        page = self.page(reverse("jobs:job-list"))
        self.assertContains(page, self.posting.title)
        self.assertNotContains(page, "90,000")

    def test_note_about_the_text_stands_above_the_facts(self) -> None:
        stored = {**self.row.grounding, "notes": ["truncated", "of another version"]}
        Enrichment.objects.filter(pk=self.posting.pk).update(grounding=stored)
        self.assertContains(self.page(), "The text is very long")

    def test_note_about_a_text_that_is_gone_is_not_told(self) -> None:
        self.posting.description = "Something else altogether."
        self.posting.save()
        self.assertNotContains(self.page(), "no such amount")

    def test_person_takes_a_value_in(self) -> None:
        page = self.take_in("salary")
        self.assertContains(page, "It counts now, as your correction.")
        self.assertNotContains(page, '<s id="fact-salary"')
        assert enrichment_of(self.posting).effective_facts["salary"]["min"] == 90_000
        self.assertContains(self.take_in("salary"), "Nothing is left out there")

    def test_taking_in_needs_a_fresh_look_and_permission(self) -> None:
        self.assertContains(self.take_in("salary", "9-9"), "has changed")
        address = reverse("jobs:job-take-in", args=[self.posting.pk, "salary"])
        self.client.force_login(User.objects.get(username="viewer"))
        assert self.client.post(address).status_code == 403
        assert not enrichment_of(self.posting).edits

    def test_form_begins_without_it(self) -> None:
        page = self.page(reverse("jobs:job-edit", args=[self.posting.pk]))
        self.assertNotContains(page, "Kubernetes")
        self.assertContains(page, "Excel")

    def test_run_and_batch_tell_how_many(self) -> None:
        for address in (
            self.row.batch.get_absolute_url(),
            reverse("enrichment:run-detail", args=[self.row.batch.run_id]),
        ):
            self.assertContains(self.page(address), "4 of 6 values")

    def test_list_is_filtered_by_what_is_not_found(self) -> None:
        other = enriched_posting(title="Honest work")
        term_counts.refresh()
        page = self.page(f"{reverse('jobs:job-list')}?not_found=salary")
        self.assertContains(page, self.posting.title)
        self.assertNotContains(page, other.title)
        self.assertContains(page, "Not found in the text: Salary")
