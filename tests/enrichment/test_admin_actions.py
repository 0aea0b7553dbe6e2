"""What the engine's admin does: steering runs, retrying failed postings, and the log of it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from enrichment.models import Enrichment, Run
from tests.builders import make_posting, make_postings, start, start_batch
from tests.enrichment.pages.test_failures import fail
from tests.people import make_user

RUNS = reverse("admin:enrichment_run_changelist")
ENRICHMENTS = reverse("admin:enrichment_enrichment_changelist")
LOG = reverse("admin:admin_logentry_changelist")


class ActionTests(TestCase):
    boss: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.boss = User.objects.create_superuser("boss")

    def setUp(self) -> None:
        self.client.force_login(self.boss)

    def act(self, address: str, action: str, ids: list[int], **form: Any) -> Any:
        data = {"action": action, "_selected_action": ids, **form}
        return self.client.post(address, data, follow=True)

    def runs(self, count: int) -> list[int]:
        return [start_batch(posting).run_id for posting in make_postings(count)]

    def statuses(self) -> list[str]:
        return list(Run.objects.order_by("pk").values_list("status", flat=True))

    def test_runs_are_paused_resumed_and_cancelled(self) -> None:
        ids = self.runs(2)

        for action, status in (
            ("pause", "paused"),
            ("resume", "active"),
            ("cancel", "cancelled"),
        ):
            response = self.act(RUNS, action, ids)
            self.assertContains(response, f"2 runs {action.removesuffix('e')}")
            assert self.statuses() == [status] * 2

    def test_one_entry_tells_which_runs(self) -> None:
        ids = self.runs(3)

        self.act(RUNS, "pause", ids[:2])

        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (self.boss, None)
        assert entry.change_message == f"2 runs paused. ({ids[0]}, {ids[1]})"

    def test_entry_of_a_single_run_is_in_its_history(self) -> None:
        (run_id,) = self.runs(1)

        self.act(RUNS, "pause", [run_id])

        history = reverse("admin:enrichment_run_history", args=[run_id])
        self.assertContains(self.client.get(history), "1 run paused.")

    def test_runs_that_are_over_stay_so(self) -> None:
        ids = self.runs(1)
        self.act(RUNS, "cancel", ids)

        response = self.act(RUNS, "resume", ids)

        self.assertContains(response, "None of the selected runs")
        assert self.statuses() == ["cancelled"]
        assert LogEntry.objects.count() == 1

    def test_steering_needs_its_permission(self) -> None:
        viewer = make_user("viewer", "view_run", "view_enrichment", "start_run")
        viewer.is_staff = True
        viewer.save()
        ids = self.runs(1)
        self.client.force_login(viewer)

        self.act(RUNS, "cancel", ids)

        assert self.statuses() == ["active"]
        self.assertNotContains(self.client.get(RUNS), "Cancel selected runs")

    def test_list_of_runs_tells_what_came_of_them(self) -> None:
        batch = start_batch(*make_postings(3))
        batch.successful, batch.failed, batch.cost_microusd = 2, 1, 1_500_000
        batch.save()

        response = self.client.get(RUNS)

        (run,) = response.context["cl"].result_list
        assert (run.sums["successful"], run.sums["failed"]) == (2, 1)
        self.assertContains(response, "$1.50")
        self.assertContains(response, f"?run__id__exact={run.pk}")

    def test_failed_enrichments_are_retried(self) -> None:
        failed = fail(2)
        waiting = make_posting()

        response = self.act(ENRICHMENTS, "retry_failed", [*failed, waiting.pk])

        self.assertContains(response, "2 failed jobs are tried again.")
        queued = Enrichment.objects.filter(status="queued").values_list("pk", flat=True)
        assert sorted(queued) == failed
        assert LogEntry.objects.count() == 1

    def test_all_failed_that_a_filter_finds_are_retried(self) -> None:
        failed = fail(3)
        form = {"select_across": "1"}

        self.act(
            f"{ENRICHMENTS}?error_kind__exact=timeout",
            "retry_failed",
            failed[:1],
            **form,
        )

        assert not Enrichment.objects.filter(status="failed").exists()

    def test_nothing_to_retry_is_told(self) -> None:
        response = self.act(ENRICHMENTS, "retry_failed", [make_posting().pk])

        self.assertContains(response, "None of the selected ones is failed.")
        assert not Run.objects.exists()

    def test_log_is_there_to_read(self) -> None:
        start(selection=[make_posting().pk])
        self.act(RUNS, "pause", [Run.objects.get().pk])

        self.assertContains(self.client.get(LOG), "1 run paused.")
        assert self.client.get(reverse("admin:admin_logentry_add")).status_code == 403
