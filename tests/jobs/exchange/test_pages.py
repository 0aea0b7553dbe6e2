"""Importing and exporting postings in the admin, as a person does it."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from enrichment.models import Enrichment
from jobs.exchange import forms, mixin, storage
from jobs.models import JobPosting
from tests.builders import enriched_posting, enrichment_of, make_posting, make_postings
from tests.people import make_user

LIST = reverse("admin:jobs_jobposting_changelist")
IMPORT = reverse("admin:jobs_jobposting_import")
CONFIRM = reverse("admin:jobs_jobposting_process_import")
EXPORT = reverse("admin:jobs_jobposting_export")
CSV, TSV, JSON, JSONL, HTML = "0", "1", "2", "3", "4"
HEADER = "source,external_id,title,description\n"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Any, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


def staff(name: str, *permissions: str) -> User:
    user = make_user(name, *permissions)
    user.is_staff = True
    user.save()
    return user


class ImportTests(TestCase):
    def setUp(self) -> None:
        names = ("view_jobposting", "add_jobposting", "change_jobposting")
        self.client.force_login(staff("staff", *names))

    def upload(self, text: str, file_format: str = CSV) -> Any:
        file = SimpleUploadedFile("postings", text.encode())
        form = {"import_file": file, "format": file_format, "resource": "0"}
        return self.client.post(IMPORT, form)

    def test_job_boards_and_pages_come_in_as_by_the_command(self) -> None:
        pay = {"min": 1, "max": "much", "currency": "EUR", "interval": "1 YEAR"}
        job = {
            "id": "a",
            "text": "Nurse",
            "hostedUrl": "https://jobs.lever.co/clinic/a",
        }
        board = [{**job, "descriptionPlain": "Cares", "salaryRange": pay}]
        preview = self.upload(json.dumps(board), JSON)
        self.assertContains(preview, "Row 1: salaryRange.max: not an amount; left out")
        self.confirm(preview)
        page = (
            '<script type="application/ld+json">{"@type": "JobPosting", "title": "Baker",'
            ' "description": "Bakes", "identifier": "b", "employmentType": "INTERN"}'
            '</script><script type="application/ld+json">{"@type": "WebSite"}</script>'
        )
        preview = self.upload(page, HTML)
        self.assertContains(preview, "Row 2: skipped, of type WebSite")
        self.confirm(preview)

        found = JobPosting.objects.order_by("pk").values_list("source", "given__facts")
        assert list(found) == [
            ("lever/clinic", {}),
            ("schema.org", {"employment_types": ["INTERN"]}),
        ]

    def confirm(self, preview: Any) -> Any:
        form = preview.context["confirm_form"].initial
        return self.client.post(CONFIRM, form, follow=True)

    def test_needs_the_permissions_to_add_and_to_change(self) -> None:
        for number, names in enumerate((["add_jobposting"], ["change_jobposting"])):
            self.client.force_login(staff(f"half-{number}", "view_jobposting", *names))
            assert self.client.get(IMPORT).status_code == 403
            assert self.client.post(CONFIRM).status_code == 403
            self.assertNotContains(self.client.get(LIST), IMPORT)

    def test_preview_tells_what_will_be_and_stores_nothing(self) -> None:
        make_posting(source="x", external_id="1", title="Baker", description="Bread")

        page = self.upload(f"{HEADER}x,1,Baker,Cake\nx,2,Cook,Soup\nx,2,Cook,Soup\n")

        totals = page.context["result"].totals
        assert (totals["new"], totals["update"], totals["skip"]) == (1, 1, 1)
        assert page.context["result"].rows[0].changed == ["description"]
        assert JobPosting.objects.get().description == "Bread"

    def test_yes_stores_as_an_import_does(self) -> None:
        posting = enriched_posting(source="x", external_id="1", title="Baker")

        page = self.confirm(self.upload(f"{HEADER}x,1,Baker,Cake\nx,2,Cook,Soup\n"))

        self.assertContains(page, "1 created, 1 updated, 0 unchanged.")
        assert enrichment_of(posting).status == "pending"
        new = JobPosting.objects.get(external_id="2")
        assert (new.enrichment.status, len(new.content_hash)) == ("pending", 64)

    def test_unchanged_posting_stays_enriched(self) -> None:
        posting = enriched_posting(source="x", external_id="1", title="Baker")
        row = {"source": "x", "external_id": "1", "title": "Baker"}
        row["description"] = posting.description

        self.confirm(self.upload(json.dumps([row]), JSON))

        assert enrichment_of(posting).status == "enriched"

    def test_leaves_one_entry_in_the_log(self) -> None:
        self.confirm(self.upload(f"{HEADER}x,1,Baker,Cake\nx,2,Cook,Soup\n"))

        entry = LogEntry.objects.get()
        assert "2 created, 0 updated, 0 unchanged" in entry.change_message

    def test_nothing_is_stored_of_a_file_with_an_invalid_row(self) -> None:
        page = self.upload(f"{HEADER}x,1,,Cake\nx,2,Cook,Soup\n")

        self.assertContains(page, "1 row can't be imported")
        self.assertContains(page, "no title")
        assert "confirm_form" not in page.context
        assert not JobPosting.objects.exists()

    def test_broken_file_says_where(self) -> None:
        self.assertContains(self.upload("{", JSON), "The file:1")

    def test_too_large_a_file_is_sent_to_the_command(self) -> None:
        large = HEADER + "x" * (forms.MOST_MEGABYTES * forms.MEGABYTE)

        self.assertContains(self.upload(large), "manage.py import_jobs")

    def test_hostile_texts_are_escaped(self) -> None:
        for text in (f"{HEADER}{SCRIPT},1,{SCRIPT},Cake\n", f"{HEADER}{SCRIPT},1,,\n"):
            self.assertNotContains(self.upload(text), SCRIPT)

    def test_file_that_is_gone_is_asked_for_again(self) -> None:
        preview = self.upload(f"{HEADER}x,1,Baker,Cake\n")
        self.confirm(preview)

        self.assertContains(self.confirm(preview), "Choose it again.")

    def test_no_other_file_is_read_or_removed(self) -> None:
        victim = storage.folder().parent / "victim"
        victim.write_text(f"{HEADER}x,1,Baker,Cake\n")
        form = {"format": CSV, "original_file_name": "x", "resource": "0"}

        for name in ("../victim", str(victim), "victim"):
            page = self.client.post(CONFIRM, {**form, "import_file_name": name})
            assert page.status_code == 302
        assert victim.exists()
        assert not JobPosting.objects.exists()

    def test_previews_that_nobody_answered_are_forgotten(self) -> None:
        self.upload(f"{HEADER}x,1,Baker,Cake\n")
        (old,) = storage.folder().iterdir()
        long_ago = time.time() - storage.KEPT_SECONDS - 1
        os.utime(old, (long_ago, long_ago))

        self.upload(f"{HEADER}x,1,Baker,Cake\n")

        assert [path == old for path in storage.folder().iterdir()] == [False]


class ExportTests(TestCase):
    def setUp(self) -> None:
        self.client.force_login(staff("staff", "view_jobposting"))

    def export(self, *columns: str, query: str = "", file_format: str = CSV) -> str:
        chosen = {f"postingresource_{name}": "on" for name in columns}
        form = {"format": file_format, "resource": "0", **chosen}
        response = self.client.post(EXPORT + query, form)
        assert response.status_code == 200
        assert response.streaming, response.content
        return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]

    def test_needs_the_permission_to_view(self) -> None:
        self.client.force_login(staff("nobody"))

        assert self.client.get(EXPORT).status_code == 403

    def test_chosen_columns_of_what_the_filter_finds(self) -> None:
        make_posting(source="own", title="Baker")
        make_posting(source="partner", title="Cook")

        text = self.export("title", "status", query="?source=own")

        assert text == "\ufefftitle,status\r\nBaker,pending\r\n"

    def test_state_and_facts_go_along(self) -> None:
        enriched_posting(title="Senior software engineer")

        (row,) = json.loads(
            self.export("status", "role_family", "spoken_languages", file_format=JSON)
        )

        assert (row["status"], row["role_family"]) == ("enriched", "software")
        assert row["spoken_languages"] == ["nl"]

    def test_posting_without_enrichment_goes_out_as_pending(self) -> None:
        make_posting(title="Baker")
        Enrichment.objects.all().delete()

        assert "Baker,pending,," in self.export("title", "status", "seniority", "perks")

    def test_no_formula_goes_out(self) -> None:
        make_posting(title='=cmd|"/c calc"!A1', company="@SUM(1)")

        text = self.export("title", "company")

        assert "\"'=cmd" in text
        assert "'@SUM(1)" in text

    def test_what_went_out_comes_in_unchanged(self) -> None:
        make_posting(title="=1", description="- Bread\n- Cake", company="'t Hof")
        names = ("source", "external_id", "title", "company", "description", "priority")
        text = self.export(*names)
        self.client.force_login(User.objects.create_superuser("boss"))

        file = SimpleUploadedFile("postings.csv", text.encode())
        form = {"import_file": file, "format": CSV, "resource": "0"}
        page = self.client.post(IMPORT, form)

        totals = page.context["result"].totals
        assert (totals["skip"], totals["update"], totals["new"]) == (1, 0, 0)

    def test_more_than_one_file_holds_is_refused(self) -> None:
        make_postings(3)
        self.addCleanup(setattr, mixin, "MOST_EXPORTED", mixin.MOST_EXPORTED)
        mixin.MOST_EXPORTED = 2

        for answer in (self.client.get(EXPORT), self.client.post(EXPORT, {})):
            self.assertContains(answer, "More than 2 postings are too many")

    def test_reads_a_few_at_a_time(self) -> None:
        make_postings(mixin.CHUNK_ROWS + 1, title="Baker")

        with self.assertNumQueries(9):
            # Session, user, permissions (2), sources, count, ids; twice some postings.
            text = self.export("title")

        assert text.count("Baker") == mixin.CHUNK_ROWS + 1

    def test_selected_ones_alone_by_the_action(self) -> None:
        first, second, _third = make_postings(3)
        form = {"action": "export_selected", "_selected_action": [first.pk, second.pk]}

        page = self.client.post(LIST, form, follow=True)

        assert page.context["count"] == 2
        query = page.redirect_chain[0][0].removeprefix(EXPORT)
        assert self.export("external_id", query=query).count("posting-") == 2

    def test_all_that_the_filter_finds_by_the_action(self) -> None:
        ours = make_postings(2, source="own")
        make_posting(source="partner")
        form = {"action": "export_selected", "_selected_action": [ours[0].pk]}

        page = self.client.post(
            f"{LIST}?source=own", {**form, "select_across": "1"}, follow=True
        )

        assert page.context["count"] == 2

    def test_no_column_gives_no_file(self) -> None:
        make_posting()

        page = self.client.post(EXPORT, {"format": CSV, "resource": "0"})

        self.assertContains(page, "Select at least 1 field")
