"""The admin's list of postings: what it shows, finds and filters, and what it costs."""

from __future__ import annotations

from typing import cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.template.response import TemplateResponse
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrichment.models import Enrichment
from enrichment.paging import CappedPaginator
from jobs import admin as posting_admin
from jobs.models import JobPosting

LIST = "admin:jobs_jobposting_changelist"
SCRIPT = "<script>alert(1)</script>"


def store(count: int, **fields: str) -> list[JobPosting]:
    start = JobPosting.objects.count()
    return JobPosting.objects.bulk_create(
        JobPosting(
            external_id=f"{start + number}",
            **{"title": f"Job {number}", "description": "Text", **fields},
        )
        for number in range(count)
    )


class PostingAdminTests(TestCase):
    user: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.user = User.objects.create_superuser("boss")

    def setUp(self) -> None:
        self.client.force_login(self.user)

    def listed(self, **query: str) -> set[str]:
        response = self.client.get(reverse(LIST), query)
        assert response.status_code == 200
        return {posting.title for posting in response.context["cl"].result_list}

    def queries(self) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.client.get(reverse(LIST))
        return [query["sql"] for query in captured]

    def test_list_shows_each_posting_with_its_state(self) -> None:
        store(1, company="Bakery Ann", location="Ghent")

        response = self.client.get(reverse(LIST))

        for text in ("Job 0", "Bakery Ann", "Ghent", "pending"):
            self.assertContains(response, text)

    def test_posting_without_enrichment_row_is_listed(self) -> None:
        store(1)
        Enrichment.objects.all().delete()

        assert self.listed() == {"Job 0"}

    def test_search_finds_by_title_company_and_external_id(self) -> None:
        for title, company, external_id in (
            ("Baker", "Ann", "x-1"),
            ("Nurse", "Bob", "x-2"),
            ("Pilot", "Eve", "x-3"),
        ):
            store(1, title=title, company=company)
            JobPosting.objects.filter(title=title).update(external_id=external_id)

        assert self.listed(q="bake") == {"Baker"}
        assert self.listed(q="bob") == {"Nurse"}
        assert self.listed(q="x-3") == {"Pilot"}

    def test_filter_by_state_of_enrichment(self) -> None:
        store(1, title="Waiting")
        failed = store(1, title="Broken")
        Enrichment.objects.filter(posting=failed[0]).update(
            status="failed", error_kind="timeout", finished_at="2026-01-01T00:00Z"
        )

        assert self.listed(enrichment__status__exact="failed") == {"Broken"}

    def test_filter_by_source(self) -> None:
        store(1, title="Ours", source="own")
        store(1, title="Theirs", source="partner")

        assert self.listed(source="partner") == {"Theirs"}

    def test_source_beyond_the_listed_ones_is_reached_by_address(self) -> None:
        for number in range(posting_admin.LISTED_SOURCES + 5):
            store(1, title=f"From {number:02}", source=f"feed-{number:02}")

        assert self.listed(source="feed-34") == {"From 34"}

    def test_list_costs_the_same_statements_for_one_and_for_many(self) -> None:
        store(1)
        self.queries()  # content types and the like are read once
        one = len(self.queries())
        store(99)

        assert len(self.queries()) == one

    def test_list_reads_no_long_texts_and_counts_no_further_than_needed(self) -> None:
        store(2)

        sql = "\n".join(self.queries())

        assert '"description_html"' not in sql
        assert '"facts"' not in sql
        assert f"LIMIT {CappedPaginator.counted + 1}" in sql

    def test_more_postings_than_counted_show_with_a_plus(self) -> None:
        class CountsToThree(CappedPaginator):
            counted = 3

        class ShortList(posting_admin.JobPostingAdmin):
            paginator = CountsToThree

        store(5)
        view = ShortList(JobPosting, admin.site)
        request = RequestFactory().get(reverse(LIST))
        request.user = self.user

        page = cast("TemplateResponse", view.changelist_view(request)).render()

        self.assertContains(page, "3+ job postings")

    def test_original_html_is_shown_escaped(self) -> None:
        (posting,) = store(1, description_html=SCRIPT)

        response = self.client.get(
            reverse("admin:jobs_jobposting_change", args=[posting.pk])
        )

        self.assertContains(response, "&lt;script&gt;alert(1)")
        self.assertNotContains(response, SCRIPT)

    def test_changed_text_changes_the_hash(self) -> None:
        (posting,) = store(1)
        before = posting.content_hash

        self.client.post(
            reverse("admin:jobs_jobposting_change", args=[posting.pk]),
            {
                "title": "New",
                "description": "Text",
                "source": "import",
                "external_id": "0",
                "priority": "0",
            },
        )

        posting.refresh_from_db()
        assert (posting.title, posting.content_hash == before) == ("New", False)
