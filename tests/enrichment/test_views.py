"""The pages of batches and runs, and what stands on every page."""

from __future__ import annotations

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from enrichment import batches
from enrichment.models import Batch, Enrichment, Run
from tests.builders import make_posting, make_postings, start_batch
from tests.people import SiteTestCase

PANEL = reverse("enrichment:progress")
START = reverse("enrichment:start")
LIST = reverse("jobs:job-list")
HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert(1)</script>"


def control(run: Run | None, action: str) -> str:
    assert run is not None
    return reverse("enrichment:control", args=[run.pk, action])


class BatchAndRunPageTests(SiteTestCase):
    def test_needs_a_login_and_the_permission(self) -> None:
        batch = start_batch(make_posting())
        run_page = reverse("enrichment:run-detail", args=[batch.run_id])

        assert self.statuses(batch.get_absolute_url()) == [200, 403, 302]
        assert self.statuses(run_page) == [200, 403, 302]

    def test_batch_page_shows_its_numbers_and_its_postings(self) -> None:
        first, second = make_postings(2)
        batch = start_batch(first, second)
        Batch.objects.update(
            successful=1, failed=1, rate_limited=1, calls=5, input_tokens=12345
        )

        response = self.client.get(batch.get_absolute_url())

        for text in (first.title, second.title, "12,345 in, 0 out"):
            self.assertContains(response, text)
        self.assertContains(response, "of those rate limited")

    def test_batch_page_tells_of_postings_that_moved_on(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)
        batches.cancel(batch.run_id)
        start_batch(posting)

        self.assertContains(
            self.client.get(batch.get_absolute_url()), "1 job has been in a later batch"
        )

    def test_run_page_lists_its_batches(self) -> None:
        run = start_batch(make_posting()).run
        batches.pause(run.pk)
        batches.resume(run.pk)

        response = self.client.get(reverse("enrichment:run-detail", args=[run.pk]))

        for batch in run.batches.all():
            self.assertContains(response, batch.get_absolute_url())

    def test_hostile_texts_are_escaped(self) -> None:
        batch = start_batch(make_posting(title=SCRIPT, company=SCRIPT))
        Enrichment.objects.update(
            status="failed",
            error_kind="timeout",
            error_message=SCRIPT,
            finished_at=timezone.now(),
        )

        self.assertNotContains(self.client.get(batch.get_absolute_url()), SCRIPT)


class BannerTests(SiteTestCase):
    def test_every_page_says_that_no_llm_is_running(self) -> None:
        self.client.logout()
        for address in (reverse("login"), reverse("admin:login")):
            self.assertContains(self.client.get(address), "No LLM is running.")

    @override_settings(ENRICHMENT_OFFLINE=False)
    def test_says_nothing_while_a_model_serves(self) -> None:
        for address in (LIST, reverse("admin:login")):
            self.assertNotContains(self.client.get(address), "No LLM is running.")


class ErrorPageTests(SiteTestCase):
    def test_missing_and_forbidden_pages_are_the_sites_own(self) -> None:
        response = self.client.get("/nowhere/")
        self.assertContains(response, "There is no such page", status_code=404)
        self.client.force_login(self.plain)

        response = self.client.get(LIST)
        self.assertContains(response, "Your account may not do this", status_code=403)

    def test_fault_of_the_program_has_a_page_that_needs_nothing(self) -> None:
        from django.template.loader import render_to_string

        assert "Something broke" in render_to_string("500.html")
