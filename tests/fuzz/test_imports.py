"""Files by the command and by the admin's form: all of it or nothing, and never a fault."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from enrichment.models import Enrichment
from jobs.models import JobPosting
from tests.fuzz.documents import BY_FORMAT, OWN
from tests.fuzz.mutating import TEXTS, as_bytes, as_json, mutated
from tests.fuzz.profile import examples

pytestmark = pytest.mark.django_db
FORMATS = sorted({*BY_FORMAT, "csv", "jsonl", "html"})
UPLOAD = reverse("admin:jobs_jobposting_import")
CONFIRM = reverse("admin:jobs_jobposting_process_import")
LINES = st.lists(as_json(mutated([OWN])), min_size=1, max_size=4).map("\n".join)
TABLES = st.lists(st.lists(TEXTS, min_size=2, max_size=3), max_size=4).map(
    lambda rows: "\n".join(
        [
            "title,description,priority",
            *(",".join(map(json.dumps, row)) for row in rows),
        ]
    )
)
DOCUMENTS = [one for documents in BY_FORMAT.values() for one in documents]
FILES = as_bytes(as_json(mutated(DOCUMENTS)) | LINES | TABLES)


def rows() -> tuple[int, int]:
    return JobPosting.objects.count(), Enrichment.objects.count()


@pytest.fixture
def client(tmp_path: Path, settings: Any) -> Client:
    settings.VAR_DIR = tmp_path
    found = Client()
    found.force_login(User.objects.create_superuser("root"))
    return found


@examples(25)
@given(format_name=st.sampled_from(FORMATS), data=FILES)
def test_any_file_by_the_command(tmp_path: Path, format_name: str, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    before, said = rows(), io.StringIO()

    try:
        call_command(
            "import_jobs",
            str(path),
            format=format_name,
            stdout=io.StringIO(),
            stderr=said,
        )
    except CommandError:
        assert said.getvalue().startswith(f"{path}:")
        assert rows() == before
    postings, enrichments = rows()
    assert postings == enrichments


@examples(8)
@given(data=FILES, file_format=st.sampled_from(["0", "1", "2", "3", "4", "9", "x"]))
def test_any_upload(client: Client, data: bytes, file_format: str) -> None:
    before = rows()
    file = SimpleUploadedFile("postings", data)

    shown = client.post(
        UPLOAD, {"import_file": file, "format": file_format, "resource": "0"}
    )

    assert shown.status_code == 200
    assert rows() == before
    confirming = shown.context.get("confirm_form")
    if confirming is not None:
        assert client.post(CONFIRM, confirming.initial).status_code in {200, 302}
        postings, enrichments = rows()
        assert postings == enrichments
