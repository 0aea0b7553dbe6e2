"""The progress panel and its buttons: who may, what they say, what a poll costs."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment import batches
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Enrichment, Run, Worker
from tests.builders import (
    done,
    make_posting,
    make_postings,
    running_batch,
    start,
    start_batch,
)
from tests.enrichment.addresses import HTMX, LIST, PANEL, SCRIPT, control
from tests.people import SiteTestCase


class PanelTests(SiteTestCase):
    def panel(self, seen: str = "") -> Any:
        response = self.client.get(PANEL, {"seen": seen}, headers=HTMX)
        assert response.status_code == 200
        return response

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.panel()
        return len(captured)

    def test_is_refused_to_strangers_and_never_redirects(self) -> None:
        assert self.statuses(PANEL) == [200, 403, 403]

    def test_stranger_with_an_old_page_is_told_to_load_it_again(self) -> None:
        self.client.logout()

        response = self.client.get(PANEL, headers=HTMX)

        assert (response.status_code, response["HX-Refresh"]) == (403, "true")

    def test_polls_slowly_while_nothing_runs_and_fast_while_a_run_is_active(
        self,
    ) -> None:
        make_posting()
        self.assertContains(self.panel(), 'hx-trigger="every 15s, ')
        start()

        self.assertContains(self.panel(), 'hx-trigger="every 2s, ')

    def test_is_one_element_with_the_bar_in_words_and_numbers(self) -> None:
        start_batch(*make_postings(4))
        Batch.objects.update(successful=1, failed=1)

        html = self.panel().content.decode().strip()

        assert html.startswith('<section id="progress"')
        assert html.endswith("</section>")
        for text in ('aria-valuenow="2"', 'aria-valuemin="0"', 'aria-valuemax="4"'):
            assert text in html
        for text in ("2 of 4 done", "1 enriched", "1 failed", "2 left"):
            assert text in html

    def test_tells_that_no_worker_is_running(self) -> None:
        start_batch(make_posting())
        text = "Queued, but no worker is running"
        self.assertContains(self.panel(), text)
        Worker.objects.create(name="here:1", seen_at=timezone.now())

        self.assertNotContains(self.panel(), text)

    def test_tells_how_many_workers_are_alive(self) -> None:
        self.assertContains(self.panel(), "no worker")
        for name in ("here:1", "there:1"):
            Worker.objects.create(name=name, seen_at=timezone.now())

        self.assertContains(self.panel(), "2 workers")

    def test_tells_the_speed_the_end_and_what_calls_wait_for(self) -> None:
        postings = make_postings(40)
        batch = running_batch(*postings)
        done(batch, postings[:30], every=2.0)

        response = self.panel()

        self.assertContains(response, "30 a minute")
        assert re.search(
            r"(between|about) [\w ,]*\d\d:\d\d|less", response.content.decode()
        )
        self.assertContains(response, "What the calls wait for")

    def test_each_button_says_what_it_will_do(self) -> None:
        run = start_batch(make_posting()).run
        pausing = self.panel()
        batches.pause(run.pk)
        resuming = self.panel()

        self.assertContains(pausing, "the rest waits until you resume")
        self.assertContains(pausing, "Ends this run for good.")
        self.assertContains(resuming, "Goes on with what is left")

    def test_first_active_run_is_shown_in_full_and_others_in_a_line(self) -> None:
        paused, active = (start_batch(make_posting()).run for _number in range(2))
        batches.pause(paused.pk)

        panel = self.panel().context["panel"]

        assert panel.main.run == active
        assert [card.run for card in panel.others] == [paused]

    def test_what_is_spoken_changes_at_sensible_steps(self) -> None:
        start_batch(make_posting())
        texts = set()
        for done_so_far in (0, 4, 9, 12):
            Batch.objects.update(total=100, successful=done_so_far)
            html = self.panel().content.decode()
            texts.update(re.findall(r'data-announcement="([^"]*?) *"', html))

        assert len(texts) == 2
        assert all(text.endswith("0% done.") for text in texts)

    def test_tells_why_a_run_is_blocked_and_what_to_do(self) -> None:
        run = start_batch(make_posting()).run
        batches.block(
            run.pk, kind=ErrorKind.INSUFFICIENT_QUOTA, reason=f"No credit {SCRIPT}"
        )

        response = self.panel()

        self.assertContains(response, "account has no credit")
        self.assertContains(response, "Add credit or raise the budget")
        self.assertContains(response, "Resume")
        self.assertNotContains(response, SCRIPT)

    def test_shows_failures_by_kind_with_their_meaning(self) -> None:
        batch = start_batch(make_posting())
        Enrichment.objects.update(
            status="failed", error_kind="timeout", finished_at=timezone.now()
        )
        Batch.objects.filter(pk=batch.pk).update(failed=1)

        response = self.panel()

        self.assertContains(response, "no answer in time: 1")
        self.assertContains(response, "No answer came within")
        self.assertContains(response, f"{reverse('enrichment:failures')}?kind=timeout")

    @override_settings(ENRICHMENT_OFFLINE=False, ENRICHMENT_PRICE_INPUT=None)
    def test_tells_how_to_see_a_cost_that_is_unknown(self) -> None:
        start_batch(make_posting())
        Batch.objects.update(unpriced_calls=1)

        self.assertContains(self.panel(), "set ENRICHMENT_PRICE_INPUT")

    def test_keeps_the_result_of_the_last_run_until_the_next(self) -> None:
        batches.cancel(start_batch(make_posting()).run_id)
        self.assertContains(self.panel(), "cancelled")
        start()

        self.assertNotContains(self.panel(), "cancelled")

    def test_tells_the_page_when_a_run_moves_and_when_it_ends(self) -> None:
        batch = start_batch(*make_postings(3))
        seen = self.panel().context["panel"].seen
        assert "HX-Trigger" not in self.panel(seen)
        Batch.objects.filter(pk=batch.pk).update(successful=1)
        assert "run-moved" in self.panel(seen)["HX-Trigger"]
        batches.cancel(batch.run_id)

        assert "run-ended" in self.panel(seen)["HX-Trigger"]

    def test_tells_of_a_run_that_came_and_went_between_two_polls(self) -> None:
        for before in range(2):  # the very first run, and one after another
            seen = self.panel().context["panel"].seen
            assert "HX-Trigger" not in self.panel(seen), before

            batches.cancel(start_batch(make_posting()).run_id)

            assert "run-ended" in self.panel(seen)["HX-Trigger"], before

    def test_bears_whatever_a_browser_says_it_has_seen(self) -> None:
        assert "run-ended" in self.panel(f"{SCRIPT},::,1:x")["HX-Trigger"]

    def test_costs_the_same_statements_for_one_and_for_many(self) -> None:
        start_batch(make_posting())
        one = self.queries()
        start_batch(*make_postings(49), size=100)
        Run.objects.exclude(pk=Run.objects.order_by("-pk")[0].pk).cancel()

        assert self.queries() == one

    def test_more_runs_than_shown_are_told_as_a_number(self) -> None:
        for _number in range(7):
            start_batch(make_posting())

        self.assertContains(self.panel(), "2 more runs are waiting.")


class ControlTests(SiteTestCase):
    def run_status(self) -> str:
        return Run.objects.get().status

    def test_needs_the_permission_and_post(self) -> None:
        run = start_batch(make_posting()).run
        address = control(run, "pause")

        assert self.statuses(address) == [405, 405, 405]
        assert self.statuses(address, method="post") == [302, 403, 302]
        self.client.force_login(self.viewer)
        assert self.client.post(address, headers=HTMX).status_code == 403

    def test_pause_resume_and_cancel_change_the_run_and_answer_with_the_panel(
        self,
    ) -> None:
        run = start_batch(make_posting()).run
        for action, status in (
            ("pause", "paused"),
            ("resume", "active"),
            ("cancel", "cancelled"),
        ):
            response = self.client.post(control(run, action), headers=HTMX)

            self.assertContains(response, '<section id="progress"')
            assert self.run_status() == status

    def test_form_leads_back_to_the_list(self) -> None:
        run = start_batch(make_posting()).run

        response = self.client.post(control(run, "pause"), {"next": f"{LIST}?q=a"})

        self.assertRedirects(response, f"{LIST}?q=a")

    def test_form_never_leads_to_another_site(self) -> None:
        run = start_batch(make_posting()).run

        response = self.client.post(control(run, "pause"), {"next": "//evil.example"})

        self.assertRedirects(response, LIST)

    def test_what_comes_too_late_is_told(self) -> None:
        run = start_batch(make_posting()).run
        batches.cancel(run.pk)

        response = self.client.post(control(run, "pause"), follow=True)

        self.assertContains(response, "The run was in another state already.")

    def test_unknown_run_and_unknown_action_are_not_found(self) -> None:
        run = start_batch(make_posting()).run

        assert self.client.post(control(run, "explode")).status_code == 404
        address = reverse("enrichment:control", args=[99999, "pause"])
        assert self.client.post(address).status_code == 404
