"""The dialog and what follows it: who may start, what is asked, what is told."""

from __future__ import annotations

from typing import Any

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Enrichment, Run
from tests.builders import make_posting, make_postings, start_batch
from tests.enrichment.addresses import HTMX, LIST, START
from tests.people import SiteTestCase


@override_settings(ENRICHMENT_BATCH_SIZE=3)
class StartTests(SiteTestCase):
    def ask(self, **query: Any) -> Any:
        response = self.client.get(START, query, headers=HTMX)
        assert response.status_code == 200
        return response

    def say_yes(self, **form: Any) -> Any:
        return self.client.post(START, form, headers=HTMX)

    def test_needs_the_permission_and_a_login(self) -> None:
        assert self.statuses(START) == [200, 403, 302]
        assert self.statuses(START, method="post") == [302, 403, 302]
        self.client.force_login(self.viewer)
        assert self.client.post(START).status_code == 403
        assert Run.objects.count() == 0

    def test_stranger_gets_no_login_page_into_the_dialog(self) -> None:
        self.client.logout()

        assert self.client.get(START, headers=HTMX).status_code == 403

    def test_dialog_says_how_many_of_how_many(self) -> None:
        make_postings(5)

        response = self.ask(scope="all")

        self.assertContains(response, "Enrich 3 jobs?")
        self.assertContains(
            response, "(5 total unenriched, processing in batches of 3)"
        )
        self.assertContains(
            response, "This will run in the background and may take a few minutes."
        )
        for button in ("OK", "Cancel"):
            self.assertContains(response, f">{button}</button>")

    def test_dialog_leaves_the_batch_size_out_when_one_batch_is_enough(self) -> None:
        make_postings(3)

        response = self.ask(scope="all")

        self.assertContains(response, "Enrich 3 jobs?")
        self.assertNotContains(response, "total unenriched")

    def test_dialog_says_that_nothing_is_pending(self) -> None:
        response = self.ask(scope="all")

        self.assertContains(response, "No job is pending.")
        self.assertNotContains(response, ">OK</button>")

    def test_dialog_asks_to_select_something(self) -> None:
        make_posting()

        self.assertContains(self.ask(scope="selected"), "No job is selected.")

    def test_outcome_says_what_was_started_and_what_remains(self) -> None:
        make_postings(5)

        response = self.say_yes(scope="all")

        for text in (
            "Enrichment started in background!",
            "3 jobs will be enriched.",
            "2 jobs remaining. Click &quot;Enrich All&quot; again after this batch"
            " completes.",
            "Estimated time: ~1 minute(s)",
        ):
            self.assertContains(response, text)
        assert response["HX-Trigger"] == '{"enrichment-changed": {}}'
        assert (Run.objects.get().user, Run.objects.get().door) == (
            self.operator,
            "page",
        )

    def test_outcome_of_the_last_batch_says_nothing_of_remaining_jobs(self) -> None:
        make_postings(3)

        self.assertNotContains(self.say_yes(scope="all"), "remaining")

    def test_selection_above_the_batch_size_is_limited_and_told(self) -> None:
        ids = [posting.pk for posting in make_postings(5)]
        text = "Batch size limited from 5 to 3 jobs"

        self.assertContains(self.ask(scope="selected", posting=ids), text)
        self.assertContains(self.say_yes(scope="selected", posting=ids), text)
        queued = Enrichment.objects.filter(status="queued")
        assert sorted(queued.values_list("pk", flat=True)) == ids[:3]

    def test_selected_ones_on_their_way_are_skipped_and_told(self) -> None:
        first, second = make_postings(2)
        start_batch(first)

        response = self.say_yes(scope="selected", posting=[first.pk, second.pk])

        self.assertContains(response, "1 job will be enriched.")
        self.assertContains(response, "1 selected job is skipped")

    def test_odd_ids_are_passed_over(self) -> None:
        posting = make_posting()
        ids = ["x", "-1", "9" * 60, str(posting.pk), "²"]

        self.assertContains(
            self.say_yes(scope="selected", posting=ids), "1 job will be enriched."
        )

    def test_second_click_starts_nothing_more(self) -> None:
        make_postings(6)
        seen = self.ask(scope="all").context["question"].seen_run
        self.say_yes(scope="all", seen_run=seen)

        response = self.say_yes(scope="all", seen_run=seen)

        self.assertContains(response, "3 jobs will be enriched.")
        self.assertContains(response, "the second click changed nothing")
        assert Run.objects.count() == 1

    def test_question_asked_anew_starts_the_next_batch(self) -> None:
        make_postings(6)
        for _time in range(2):
            seen = self.ask(scope="all").context["question"].seen_run
            self.say_yes(scope="all", seen_run=seen)

        assert Run.objects.count() == 2

    def test_goes_on_by_itself_where_asked_to(self) -> None:
        make_postings(20)

        response = self.say_yes(scope="all", continuous="on")

        assert Run.objects.get().continuous
        self.assertContains(response, "20 jobs will be enriched, in batches of 3.")
        self.assertNotContains(response, "remaining")

    def test_dialog_asks_for_size_priority_and_going_on(self) -> None:
        make_postings(7)

        response = self.ask(scope="all")

        self.assertContains(response, 'name="size" value="3"')
        self.assertContains(response, "Continue automatically until all are done")
        self.assertContains(response, "(3 batches of 3)")
        self.assertContains(response, 'name="priority"')
        self.assertContains(response, "unknown yet")  # what it costs

    def test_dialog_follows_the_size_asked_for(self) -> None:
        make_postings(7)

        response = self.ask(scope="all", size="2")

        self.assertContains(response, "Enrich 2 jobs?")
        self.assertContains(response, "(4 batches of 2)")

    def test_odd_size_is_the_settings_one(self) -> None:
        make_postings(7)

        for size in ("0", "1001", "-2", "x", "9" * 30, "²"):
            self.assertContains(self.ask(scope="all", size=size), "Enrich 3 jobs?")

    def test_size_and_priority_are_the_runs(self) -> None:
        make_postings(7)

        self.say_yes(scope="all", size="2", priority="high")

        run = Run.objects.get()
        assert (run.batch_size, run.priority) == (2, Run.Priority.HIGH)

    def test_selection_goes_on_until_all_are_done(self) -> None:
        ids = [posting.pk for posting in make_postings(7)]

        response = self.say_yes(scope="selected", posting=ids, continuous="on")

        self.assertContains(response, "7 jobs will be enriched, in batches of 3.")
        self.assertNotContains(response, "limited")

    def test_second_click_on_a_selection_starts_nothing_more(self) -> None:
        ids = [posting.pk for posting in make_postings(7)]
        form = {"scope": "selected", "posting": ids, "continuous": "on"}
        seen = self.ask(scope="selected", posting=ids).context["question"].seen_run
        self.say_yes(**form, seen_run=seen)

        response = self.say_yes(**form, seen_run=seen)

        self.assertContains(response, "7 jobs will be enriched, in batches of 3.")
        assert Run.objects.count() == 1

    def test_form_comes_back_to_the_address_that_asked(self) -> None:
        posting = make_posting()

        response = self.ask(scope="selected", posting=posting.pk)

        self.assertContains(response, f'action="{START}"')
        self.assertContains(response, f'name="posting" value="{posting.pk}"')

    def test_works_without_javascript(self) -> None:
        make_postings(4)

        page = self.client.get(START, {"scope": "all", "next": f"{LIST}?state=pending"})
        self.assertContains(page, '<dialog id="enrich-dialog"')
        self.assertContains(page, "<html")
        response = self.client.post(
            START, {"scope": "all", "next": f"{LIST}?state=pending"}, follow=True
        )

        self.assertRedirects(response, f"{LIST}?state=pending")
        self.assertContains(response, "Enrichment started in background!")
        self.assertContains(response, "1 job remaining.")


class EnrichAgainTests(SiteTestCase):
    def test_needs_the_permission_and_post(self) -> None:
        address = reverse("enrichment:again", args=[make_posting().pk])

        assert self.statuses(address) == [405, 405, 405]
        assert self.statuses(address, method="post") == [302, 403, 302]

    def test_enriched_posting_is_asked_anew(self) -> None:
        posting = make_posting()
        Enrichment.objects.update(
            status="enriched", facts={"title": "Old"}, finished_at=timezone.now()
        )
        address = reverse("enrichment:again", args=[posting.pk])

        response = self.client.post(address, follow=True)

        self.assertRedirects(response, posting.get_absolute_url())
        self.assertContains(response, "will be enriched again")
        assert Run.objects.get().force
        again = self.client.post(address, follow=True)
        self.assertContains(again, "on its way already")
        assert Run.objects.count() == 1
