"""The pages of batches and runs, and what stands on every page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment import batches
from enrichment.models import Batch, Enrichment, Run
from enrichment.pages import run_pages
from tests.builders import (
    done,
    make_posting,
    make_postings,
    running_batch,
    start_batch,
)
from tests.enrichment.addresses import LIST, SCRIPT
from tests.people import SiteTestCase


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


RUNS = reverse("enrichment:runs")


class RunListTests(SiteTestCase):
    def test_needs_a_login_and_the_permission(self) -> None:
        assert self.statuses(RUNS) == [200, 403, 302]

    def test_says_that_there_is_none(self) -> None:
        self.assertContains(self.client.get(RUNS), "Nothing has been enriched yet.")

    def test_tells_of_each_run_who_when_and_how_much(self) -> None:
        batch = start_batch(make_posting(), user=self.operator)
        Batch.objects.update(total=1500, successful=1234, failed=5)
        batches.cancel(batch.run_id)

        response = self.client.get(RUNS)

        for text in (
            f"Run {batch.run_id}",
            "operator",
            "cancelled",
            "1,234",
            "command",
        ):
            self.assertContains(response, text)

    def test_goes_page_by_page(self) -> None:
        with patch.object(run_pages, "RUNS_SHOWN", 2):
            runs = [start_batch(make_posting()).run for _number in range(3)]
            first = self.client.get(RUNS)
            second = self.client.get(f"{RUNS}?before={runs[1].pk}")

        self.assertContains(first, f"?before={runs[1].pk}")
        self.assertNotContains(first, f"Run {runs[0].pk}<")
        self.assertContains(second, f"Run {runs[0].pk}<")
        self.assertNotContains(second, 'rel="next"')

    def test_odd_page_is_the_first(self) -> None:
        run = start_batch(make_posting()).run

        for before in ("x", "²", "-1", "9" * 40):
            response = self.client.get(RUNS, {"before": before})
            self.assertContains(response, f"Run {run.pk}<")

    def test_costs_the_same_statements_for_one_and_for_many(self) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as captured:
                self.client.get(RUNS)
            return len(captured)

        batches.cancel(start_batch(make_posting()).run_id)
        one = statements()
        for _number in range(5):
            batches.cancel(start_batch(make_posting()).run_id)

        assert statements() == one


class RunPageTests(SiteTestCase):
    def page(self, run: Run) -> Any:
        return self.client.get(reverse("enrichment:run-detail", args=[run.pk]))

    @override_settings(ENRICHMENT_REQUESTS_PER_MINUTE=500)
    def test_shows_the_settings_as_they_were(self) -> None:
        run = start_batch(make_posting()).run

        response = self.page(run)

        for text in ("500 requests a minute", "version 1 and version", "one batch"):
            self.assertContains(response, text)

    def test_run_of_an_older_version_has_none(self) -> None:
        run = start_batch(make_posting()).run
        Run.objects.update(settings_used={})

        self.assertContains(self.page(run), "it was started by an older version")

    def test_draws_the_rate_with_its_numbers_in_a_table(self) -> None:
        postings = make_postings(6)
        batch = running_batch(*postings)
        done(batch, postings, every=2.0)
        Run.objects.update(created_at=timezone.now() - timedelta(seconds=12))

        response = self.page(batch.run)

        self.assertContains(response, '<svg viewBox="0 0 100 100"')
        self.assertContains(response, "Enriched a minute")
        assert 20 < response.context["chart"].most < 40

    def test_lists_batches_with_their_stats_page_by_page(self) -> None:
        run = start_batch(make_posting()).run
        Batch.objects.update(total=60, failed=31, rate_limited=17)
        for _number in range(2):
            Batch.objects.create(run=run, total=1)
        with patch.object(run_pages, "BATCHES_SHOWN", 2):
            first = self.page(run)
            older = first.context["page"].older
            address = reverse("enrichment:run-detail", args=[run.pk])
            second = self.client.get(f"{address}?before={older}")

        self.assertNotContains(first, ">31</td>")
        for text in (">60</td>", ">31</td>", ">17</td>"):
            self.assertContains(second, text)

    def test_batch_size_can_be_changed_while_it_is_paused(self) -> None:
        run = start_batch(make_posting()).run
        batches.pause(run.pk)
        address = reverse("enrichment:run-resize", args=[run.pk])

        response = self.client.post(address, {"size": "25"}, follow=True)

        self.assertContains(response, "Its next batches hold 25 jobs.")
        run.refresh_from_db()
        assert run.batch_size == 25

    def test_odd_batch_sizes_and_late_ones_are_told(self) -> None:
        run = start_batch(make_posting(), size=3).run
        address = reverse("enrichment:run-resize", args=[run.pk])
        for size in ("0", "1001", "", "x", "²"):
            response = self.client.post(address, {"size": size}, follow=True)
            self.assertContains(response, "A batch holds 1 to 1000 jobs.")
        batches.cancel(run.pk)

        response = self.client.post(address, {"size": "9"}, follow=True)

        self.assertContains(response, "The run is over already.")

    def test_change_needs_the_permission_and_post(self) -> None:
        run = start_batch(make_posting()).run
        address = reverse("enrichment:run-resize", args=[run.pk])

        assert self.statuses(address) == [405, 405, 405]
        assert self.statuses(address, method="post") == [302, 403, 302]


class BannerTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        type(self.operator).objects.filter(pk=self.operator.pk).update(is_staff=True)

    def test_every_page_says_that_no_llm_is_running(self) -> None:
        for address in (LIST, reverse("admin:index")):
            self.assertContains(self.client.get(address), "No LLM is running.")
        self.client.logout()
        self.assertContains(self.client.get(reverse("login")), "No LLM is running.")

    @override_settings(ENRICHMENT_OFFLINE=False)
    def test_says_nothing_while_a_model_serves(self) -> None:
        for address in (LIST, reverse("admin:index")):
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
