"""The admin's action: asks with numbers, starts one batch, links to it, leaves one entry."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Enrichment, Run
from jobs.models import JobPosting
from tests.builders import enrichment_of, make_posting, make_postings
from tests.people import make_user

LIST = reverse("admin:jobs_jobposting_changelist")


@override_settings(ENRICHMENT_BATCH_SIZE=3)
class EnrichActionTests(TestCase):
    staff: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.staff = make_user("staff", "view_jobposting", "start_run")
        cls.staff.is_staff = True
        cls.staff.save()

    def setUp(self) -> None:
        self.client.force_login(self.staff)

    def act(self, postings: list[JobPosting], address: str = LIST, **form: Any) -> Any:
        data = {
            "action": "enrich_selected",
            "_selected_action": [posting.pk for posting in postings],
            **form,
        }
        return self.client.post(address, data, follow=True)

    def test_asks_first_with_the_numbers(self) -> None:
        done, *rest = make_postings(4)
        Enrichment.objects.filter(pk=done.pk).update(
            status="enriched", facts={"title": "x"}, finished_at=timezone.now()
        )

        response = self.act([done, *rest])

        question = response.context["question"]
        assert (question.selected, question.count, question.skipped) == (4, 3, 1)
        self.assertContains(response, "~1 minute(s)")
        assert not Run.objects.exists()

    def test_yes_starts_a_batch_and_links_to_it(self) -> None:
        postings = make_postings(2)

        response = self.act(postings, confirm="yes")

        run = Run.objects.get()
        assert (run.door, run.user) == ("admin", self.staff)
        self.assertContains(response, "2 jobs will be enriched.")
        self.assertContains(response, run.batches.get().get_absolute_url())

    def test_more_than_a_batch_is_limited_and_told_before_and_after(self) -> None:
        postings = make_postings(5)
        text = "Batch size limited from 5 to 3 jobs"

        self.assertContains(self.act(postings), text)
        self.assertContains(self.act(postings, confirm="yes"), text)
        queued = Enrichment.objects.filter(status="queued").values_list("pk", flat=True)
        assert sorted(queued) == [posting.pk for posting in postings[:3]]

    def test_leaves_one_entry_in_the_log(self) -> None:
        self.act(make_postings(3), confirm="yes")

        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (self.staff, str(Run.objects.get().pk))
        assert entry.change_message == "Enrich selected jobs: 3 queued."

    def test_all_that_a_filter_finds_is_meant_where_said_so(self) -> None:
        ours = make_postings(2, source="own")
        make_posting(source="partner")
        shown = self.act(ours[:1], f"{LIST}?source=own", select_across="1")
        assert shown.context["question"].selected == 2

        self.act(ours[:1], f"{LIST}?source=own", select_across="1", confirm="yes")

        queued = Enrichment.objects.filter(status="queued").values_list("pk", flat=True)
        assert sorted(queued) == [posting.pk for posting in ours]

    def test_costs_the_same_statements_for_a_few_and_for_many(self) -> None:
        def queries(count: int) -> int:
            postings = make_postings(count)
            self.act(postings)
            with CaptureQueriesContext(connection) as captured:
                self.client.post(
                    LIST,
                    {
                        "action": "enrich_selected",
                        "_selected_action": [posting.pk for posting in postings],
                        "confirm": "yes",
                    },
                )
            return len(captured)

        queries(3)  # content types and the like are read once
        assert queries(3) == queries(90)

    def test_nothing_to_do_is_told(self) -> None:
        postings = make_postings(2)
        self.act(postings, confirm="yes")

        response = self.act(postings, confirm="yes")

        self.assertContains(response, "Nothing to enrich")
        assert Run.objects.count() == 1
        self.assertNotContains(self.act(postings), 'name="confirm"')

    def test_high_priority_asks_and_starts_a_run_that_goes_first(self) -> None:
        postings = make_postings(2)

        asked = self.act(postings, action="enrich_first")
        self.assertContains(asked, "go before those of other runs")
        self.assertContains(asked, 'value="enrich_first"')
        self.act(postings, action="enrich_first", confirm="yes")

        assert Run.objects.get().priority == Run.Priority.HIGH
        what = "Enrich selected jobs with high priority: 2 queued."
        assert LogEntry.objects.get().change_message == what

    def test_failed_ones_are_retried_all_of_them_and_nothing_else(self) -> None:
        waiting = make_posting()
        failed = [posting.pk for posting in make_postings(7)]
        now = timezone.now()
        Enrichment.objects.filter(pk__in=failed).update(
            status="failed", error_kind="timeout", finished_at=now
        )

        self.act([], action="retry_failed", _selected_action=[waiting.pk, *failed])

        run = Run.objects.get(door="admin")
        assert (run.continuous, run.of_selection) == (True, True)
        assert enrichment_of(waiting).status == "pending"
        assert not Enrichment.objects.filter(status="failed").exists()
        assert LogEntry.objects.get().change_message == "Retry failed jobs: 7 queued."

    def test_nothing_failed_is_told(self) -> None:
        response = self.act(make_postings(2), action="retry_failed")

        self.assertContains(response, "Nothing to enrich")
        assert not LogEntry.objects.exists()

    def test_is_not_there_for_who_may_not_start(self) -> None:
        viewer = make_user("viewer", "view_jobposting")
        viewer.is_staff = True
        viewer.save()
        self.client.force_login(viewer)

        response = self.act(make_postings(1), confirm="yes")

        self.assertNotContains(response, "enrich_selected")
        assert not Run.objects.exists()

    def test_hostile_title_is_escaped(self) -> None:
        posting = make_posting(title="<script>alert(1)</script>")

        for response in (self.act([posting]), self.act([posting], confirm="yes")):
            self.assertNotContains(response, "<script>alert(1)</script>")
