"""The engine's records in the admin: readable, filtered, read-only, at a constant cost."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Batch, Enrichment, LlmCall, ProviderPace, Worker
from enrichment.paging import COUNTED
from tests.builders import make_postings, start_batch
from tests.people import make_user

NAMES = ("enrichment", "run", "batch", "llmcall", "providerpace", "worker")
SCRIPT = "<script>alert(1)</script>"


def address(name: str, page: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:enrichment_{name}_{page}", args=args)


def fill(count: int) -> Batch:
    """So many postings in one batch, each with a call."""
    postings = make_postings(count)
    batch = start_batch(*postings, size=count)
    for posting in postings:
        LlmCall.objects.create(
            posting=posting,
            batch=batch,
            provider="openai",
            model="small-model",
            prompt_version=1,
            schema_version=1,
            content_hash=posting.content_hash,
            answer="LONG",
        )
    return batch


class EngineAdminTests(TestCase):
    boss: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.boss = User.objects.create_superuser("boss")

    def setUp(self) -> None:
        self.client.force_login(self.boss)

    def queries(self, name: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert self.client.get(address(name)).status_code == 200
        return [query["sql"] for query in captured]

    def test_every_record_has_a_list_and_a_page(self) -> None:
        fill(1)
        ProviderPace.objects.create(
            account="openai", next_start_us=1_700_000_000_000_000
        )
        Worker.objects.beat("here:1", processes=2)

        for name, model in (
            ("enrichment", Enrichment),
            ("batch", Batch),
            ("llmcall", LlmCall),
            ("providerpace", ProviderPace),
            ("worker", Worker),
        ):
            assert self.client.get(address(name)).status_code == 200
            page = address(name, "change", model.objects.get().pk)
            assert self.client.get(page).status_code == 200

    def test_nothing_can_be_added_changed_or_deleted(self) -> None:
        batch = fill(1)

        for name in NAMES:
            assert self.client.post(address(name, "add"), {}).status_code == 403
        for page in ("change", "delete"):
            response = self.client.post(
                address("batch", page, batch.pk), {"post": "yes"}
            )
            assert response.status_code == 403

    def test_strangers_are_sent_to_the_admins_login(self) -> None:
        self.client.force_login(make_user("plain"))
        assert self.client.get(address("run")).status_code == 302
        self.client.logout()

        assert self.client.get(address("run")).status_code == 302

    def test_lists_cost_the_same_statements_for_one_and_for_many(self) -> None:
        fill(1)
        before = {name: len(self.queries(name)) for name in NAMES}
        before = {name: len(self.queries(name)) for name in NAMES}
        fill(99)

        assert {name: len(self.queries(name)) for name in NAMES} == before

    def test_lists_read_no_long_columns_and_count_no_further_than_needed(self) -> None:
        fill(2)

        for name, column in (("enrichment", "facts"), ("llmcall", "answer")):
            sql = "\n".join(self.queries(name))
            assert f'"{column}"' not in sql
            assert f"LIMIT {COUNTED + 1}" in sql

    def test_filters_by_state_and_by_kind_of_error(self) -> None:
        fill(2)
        pk = Enrichment.objects.values_list("pk", flat=True)[0]
        Enrichment.objects.filter(pk=pk).update(
            status="failed", error_kind="timeout", finished_at=timezone.now()
        )

        for query in ({"status__exact": "failed"}, {"error_kind__exact": "timeout"}):
            found = self.client.get(address("enrichment"), query).context["cl"]
            assert [row.pk for row in found.result_list] == [pk]

    def test_facts_are_laid_out_and_escaped(self) -> None:
        batch = fill(1)
        call = batch.llm_calls.get()
        Enrichment.objects.update(
            status="enriched",
            call=call,
            finished_at=timezone.now(),
            facts={"seniority": "lead", "perks": [SCRIPT], "title": SCRIPT},
        )
        pk = Enrichment.objects.get().pk

        for page in (
            address("enrichment", "change", pk),
            reverse("admin:jobs_jobposting_change", args=[pk]),
        ):
            response = self.client.get(page)
            self.assertContains(response, "Lead")
            self.assertContains(response, "small-model")
            self.assertNotContains(response, SCRIPT)
