"""Correcting facts on the page: who may, what comes of it, and when two do it at once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from enrichment.models import Enrichment
from enrichment.pages.edit_page import Page
from jobs.models import JobPosting
from tests.builders import enriched_posting, enrichment_of, make_posting
from tests.people import SiteTestCase

SCRIPT = "<script>alert(1)</script>"


class EditTests(SiteTestCase):
    posting: JobPosting

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.posting = enriched_posting(title="Senior baker")

    @property
    def address(self) -> str:
        return reverse("jobs:job-edit", args=[self.posting.pk])

    def sent(self) -> dict[str, Any]:
        """What a browser would send of the form as it is now."""
        page = Page(enrichment_of(self.posting))
        boxes = [*page.form, *page.languages.management_form]
        boxes += [box for row in page.languages for box in row]
        values = {box.html_name: box.field.prepare_value(box.value()) for box in boxes}
        known = {name: value for name, value in values.items() if value}
        return {
            **known,
            "languages-INITIAL_FORMS": len(page.languages.initial_forms),
            "seen": page.token,
        }

    def post(self, sent: dict[str, Any] | None = None, **entered: Any) -> Any:
        return self.client.post(self.address, {**(sent or self.sent()), **entered})

    def facts(self) -> Any:
        return enrichment_of(self.posting).effective_facts

    def take_back(self, field: str, seen: str) -> Any:
        address = reverse("jobs:job-take-back", args=[self.posting.pk, field])
        return self.client.post(address, {"seen": seen}, follow=True)

    def test_needs_a_login_and_the_permission(self) -> None:
        assert self.statuses(self.address) == [200, 403, 302]
        take_back = reverse("jobs:job-take-back", args=[self.posting.pk, "title"])
        assert self.statuses(take_back, method="post") == [302, 403, 302]
        assert self.statuses(take_back) == [405, 405, 405]

    def test_only_who_may_edit_is_shown_how(self) -> None:
        shown = self.client.get(self.posting.get_absolute_url())
        self.assertContains(shown, self.address)
        self.client.force_login(self.viewer)
        shown = self.client.get(self.posting.get_absolute_url())
        self.assertNotContains(shown, self.address)

    def test_posting_without_facts_has_no_form(self) -> None:
        posting = make_posting()

        address = reverse("jobs:job-edit", args=[posting.pk])
        assert self.client.get(address).status_code == 404
        assert self.client.get("/jobs/999999/edit/").status_code == 404

    def test_correction_is_kept_and_shown_as_somebodys(self) -> None:
        response = self.post(seniority="lead")

        self.assertRedirects(response, self.posting.get_absolute_url())
        assert self.facts()["seniority"] == "lead"
        page = self.client.get(self.posting.get_absolute_url())
        for text in ("by hand", "operator", "The model said: Senior."):
            self.assertContains(page, text)
        self.assertContains(self.client.get(self.address), "The model said: Senior.")

    def test_list_shows_the_corrected_value(self) -> None:
        self.post(seniority="executive")

        self.assertContains(self.client.get(reverse("jobs:job-list")), "Executive")

    def test_form_sent_back_as_it_was_changes_nothing(self) -> None:
        response = self.client.post(self.address, self.sent(), follow=True)

        self.assertContains(response, "Nothing was changed.")
        assert enrichment_of(self.posting).edits is None

    def test_what_cannot_be_is_told_and_nothing_is_kept(self) -> None:
        response = self.post(salary_min="10", salary_max="5", seniority="lead")

        assert response.status_code == 422
        self.assertContains(response, "This is below the lowest.", status_code=422)
        self.assertContains(response, 'role="alert"', status_code=422)
        assert enrichment_of(self.posting).edits is None

    def test_second_of_two_is_told_and_sees_what_was_entered(self) -> None:
        sent = self.sent()
        self.post(sent, seniority="lead")

        response = self.post(sent, education="master", seniority="junior")
        assert response.status_code == 409
        for text in ("so nothing was kept", "Education: Master", "Seniority: Junior"):
            self.assertContains(response, text, status_code=409)
        assert (self.facts()["seniority"], self.facts()["education"]) == ("lead", None)

    def test_conflicting_form_can_be_sent_again(self) -> None:
        sent = self.sent()
        self.post(sent, seniority="lead")
        self.post(sent, education="master")

        self.post(education="master")
        assert (self.facts()["seniority"], self.facts()["education"]) == (
            "lead",
            "master",
        )

    def test_form_without_a_token_keeps_nothing(self) -> None:
        assert self.post(seen="", seniority="lead").status_code == 409
        assert enrichment_of(self.posting).edits is None

    def test_correction_is_taken_back(self) -> None:
        self.post(seniority="lead")
        token = self.sent()["seen"]

        page = self.take_back("seniority", token)
        self.assertContains(page, "The model&#x27;s value counts again.")
        assert self.facts()["seniority"] == "senior"
        self.assertContains(self.take_back("seniority", token), "taken back already")

    def test_page_tells_who_changed_what(self) -> None:
        self.post(seniority="lead", tools="oven")
        self.take_back("seniority", self.sent()["seen"])

        page = self.client.get(self.posting.get_absolute_url())
        told = [
            (one.by, one.label, one.before, one.after)
            for one in page.context["history"]
        ]
        assert told == [
            ("operator", "Seniority", "Lead", "Senior"),
            ("operator", "Tools", "not stated", "oven"),
            ("operator", "Seniority", "Senior", "Lead"),
        ]

    def test_taking_back_what_has_changed_since_is_refused(self) -> None:
        token = self.sent()["seen"]
        self.post(seniority="lead")

        self.assertContains(self.take_back("seniority", token), "look again")
        assert self.facts()["seniority"] == "lead"

    def test_hostile_values_are_escaped_in_form_and_page(self) -> None:
        facts = {
            **self.facts(),
            "title": SCRIPT,
            "tools": [SCRIPT],
            "seniority": SCRIPT,
        }
        Enrichment.objects.filter(pk=self.posting.pk).update(facts=facts)
        self.post(location_city=SCRIPT, summary_short_en=SCRIPT, title="Baker")

        for address in (self.address, self.posting.get_absolute_url()):
            self.assertNotContains(self.client.get(address), SCRIPT)
        self.assertContains(self.client.get(self.address), "&lt;script&gt;")
