"""Exports as people fetch them: by the list's address, with its filters, if they may look."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

from django.http import QueryDict
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from jobs import filters
from jobs.exporting import formats, names, workbook
from jobs.models import JobPosting
from tests.builders import failed_posting, make_postings
from tests.jobs.exporting.known import known_posting
from tests.people import SiteTestCase

EXTENSIONS = (*formats.STREAMED, workbook.EXTENSION)


def address(extension: str, query: str = "") -> str:
    return f"{reverse('jobs:export-list', args=[extension])}?{query}"


class ExportTests(SiteTestCase):
    def body(self, extension: str, query: str = "") -> bytes:
        response: Any = self.client.get(address(extension, query))
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    def test_only_those_who_may_look_get_one(self) -> None:
        posting = known_posting()
        one = reverse("jobs:export-posting", args=[posting.pk])
        for place in (*map(address, formats.STREAMED), one):
            with self.subTest(place):
                assert self.statuses(place) == [200, 403, 302]

    def test_filters_of_the_list_count(self) -> None:
        make_postings(2)
        failed = failed_posting()

        lines = self.body("jsonl", "state=failed").splitlines()

        assert [json.loads(line)["id"] for line in lines] == [failed.pk]

    def test_workbook_comes_with_its_length(self) -> None:
        make_postings(2)
        response: Any = self.client.get(address("xlsx"))
        body = b"".join(response.streaming_content)

        assert response["Content-Length"] == str(len(body))
        assert "xl/worksheets/sheet1.xml" in ZipFile(io.BytesIO(body)).namelist()

    def test_too_large_a_workbook_names_the_other_ways(self) -> None:
        make_postings(3)
        with patch.object(workbook, "MOST_ROWS_SENT", 2):
            query = "q=a%27%3Bb&state=pending"
            JobPosting.objects.update(title="a';b")
            response = self.client.get(address("xlsx", query))

        self.assertContains(response, "&#x27;q=a&#x27;&quot;", status_code=422)
        self.assertContains(response, "export.csv?q=a%27%3Bb", status_code=422)

    def test_unknown_format_is_not_found(self) -> None:
        assert self.client.get(address("exe")).status_code == 404

    def test_head_starts_no_export(self) -> None:
        assert self.client.head(address("csv")).status_code == 405

    def test_posting_is_one_document(self) -> None:
        posting = known_posting(title="<script>")
        response = self.client.get(reverse("jobs:export-posting", args=[posting.pk]))

        assert response["Content-Type"] == "application/ld+json"
        assert f'"job-{posting.pk}.jsonld"' in response["Content-Disposition"]
        assert response.json()["title"] == "<script>"

    def test_pages_link_to_it(self) -> None:
        posting = known_posting()
        shown = self.client.get(reverse("jobs:job-list"), {"state": "enriched"})

        for extension in EXTENSIONS:
            self.assertContains(shown, address(extension, "state=enriched"))
        self.assertContains(
            self.client.get(posting.get_absolute_url()),
            reverse("jobs:export-posting", args=[posting.pk]),
        )


class NameTests(TestCase):
    def test_name_tells_the_day_and_the_filters(self) -> None:
        day = timezone.localdate().isoformat()
        chosen = filters.read(QueryDict("state=failed&skill=c%2B%2B&skill=sql"))

        name = names.file_name(chosen, "csv")

        assert name == f"jobs-{day}-state-failed-skill-c-skill-sql.csv"

    def test_name_is_plain_and_short(self) -> None:
        chosen = filters.read(QueryDict("q=../" + 'é\r\n"x' * 60))

        name = names.file_name(chosen, "csv")

        assert re.search(r"^[a-z0-9-]+\.csv$", name)
        assert len(name) < 90
