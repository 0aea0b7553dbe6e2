"""Postings that an older prompt read: found in the list, told on their pages, put back."""

from __future__ import annotations

from django.urls import reverse

from enrichment import prompts
from tests.builders import answered_call, make_posting
from tests.enrichment.prompting import a_new_prompt, draft, read_posting
from tests.people import SiteTestCase

JOBS = reverse("jobs:job-list")


class StalePostingTests(SiteTestCase):
    def titles(self, query: str) -> set[str]:
        page = self.client.get(JOBS + query)
        return {row.posting.title for row in page.context["listing"].rows}

    def test_list_is_filtered_by_the_prompt_that_read(self) -> None:
        old = read_posting(title="Old")
        a_new_prompt()
        read_posting(title="New")
        make_posting(title="Pending")

        assert self.titles("?prompt=1") == self.titles("?prompt=older") == {old.title}
        assert self.titles("?prompt=2") == {"New"}
        assert self.titles("?prompt=older&state=enriched") == {"Old"}
        assert len(self.titles("?prompt=odd")) == 3
        self.assertContains(
            self.client.get(JOBS + "?prompt=older"),
            "Read by: an older version",
        )

    def test_several_older_ones_are_found_together(self) -> None:
        read_posting(title="First")
        a_new_prompt()
        read_posting(title="Second")
        made = draft("A third one.")
        assert prompts.promote(made.version, seen=2, user=self.operator)
        read_posting(title="Third")

        assert self.titles("?prompt=older") == {"First", "Second"}

    def test_page_says_which_prompt_read_it_and_which_it_is_now(self) -> None:
        posting = read_posting()
        fresh = self.client.get(posting.get_absolute_url())
        self.assertNotContains(fresh, "Read by version")
        a_new_prompt()

        page = self.client.get(posting.get_absolute_url())

        self.assertContains(
            page, "Read by version 1 of the prompt; the current one is version 2."
        )

    def test_earlier_answer_is_put_back_by_who_may_correct(self) -> None:
        posting = read_posting()
        first = posting.llm_calls.get()
        second = answered_call(posting, prompt_version=a_new_prompt())
        restore = reverse("jobs:job-restore", args=[posting.pk, second.pk])
        page = self.client.get(posting.get_absolute_url())
        self.assertContains(page, restore)

        told = self.client.post(restore, {"seen": f"0-{first.pk}"}, follow=True)
        self.assertContains(told, "The earlier answer counts again.")
        again = self.client.post(restore, {"seen": f"0-{first.pk}"}, follow=True)
        self.assertContains(again, "has changed since you opened it")

        posting.enrichment.refresh_from_db()
        assert posting.enrichment.call_id == second.pk
        self.client.force_login(self.viewer)
        assert self.client.post(restore, {"seen": "0-"}).status_code == 403
