"""Files that want to do harm: too large, too wide, packed, or not what their names say."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from jobs.exchange import formats, storage
from jobs.exchange.storage import PreviewStorage
from jobs.importing.html_text import read_description
from jobs.models import JobPosting
from tests.people import SiteTestCase, make_user

IMPORT = reverse("admin:jobs_jobposting_import")
HEADER = b"title,description\n"
# Far more than any of them takes; what is quadratic takes minutes.
SECONDS = 30.0


def zipped(name: str = "[Content_Types].xml", content: bytes = b"x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


# What comes in, and what is said of it.
REFUSED: dict[str, tuple[type[formats.PostingFile], Callable[[], bytes], str]] = {
    "300,000 columns": (
        formats.Csv,
        lambda: ("title,description," + ",".join(map(str, range(300_000)))).encode(),
        "300,002 columns",
    ),
    "a million columns without names": (
        formats.Csv,
        lambda: b"title,description" + b"," * 1_000_000,
        "1,000,002 columns",
    ),
    "one giant field": (
        formats.Csv,
        lambda: HEADER + b'a,"' + b"x" * 6_000_000 + b'"',
        "over 5 MB",
    ),
    "a quote that stays open": (
        formats.Csv,
        lambda: HEADER + b'a,"' + b"xxxxxxxxxxxxxxxxxxx\n" * 300_000,
        "perhaps a quote is never closed",
    ),
    "too many rows": (formats.Csv, lambda: HEADER + b"a,b\n" * 5001, "5000 rows"),
    "nothing but NUL": (formats.Csv, lambda: b"\0" * 1000, "NUL byte"),
    "a spreadsheet": (formats.Csv, zipped, "a zip archive, as .xlsx files are"),
    "a zip bomb": (
        formats.Json,
        lambda: zipped("bomb.json", b"[" + b" " * 20_000_000),
        "a zip archive",
    ),
    "a gzip bomb": (
        formats.JsonLines,
        lambda: gzip.compress(b" " * 20_000_000),
        "packed by gzip",
    ),
    "a picture": (formats.Csv, lambda: b"\x89PNG\r\n\x1a\n\0", "not UTF-8"),
    "a PDF": (formats.Csv, lambda: b"%PDF-1.7\n", "a PDF"),
    "a web page": (formats.Csv, lambda: b"<!DOCTYPE html><p>x", 'no column "title"'),
    "JSON named CSV": (formats.Csv, lambda: b'[{"title": "a"}]', "The file:1"),
    "CSV named JSON": (formats.Json, lambda: HEADER + b"a,b", "expected a list"),
    "CSV named JSONL": (formats.JsonLines, lambda: HEADER, "not valid JSON"),
    "arrays in arrays": (formats.Json, lambda: b"[" * 2_000_000, "nested too deeply"),
    "objects in objects": (
        formats.JsonLines,
        lambda: b'{"a":' * 500_000,
        "nested too deeply",
    ),
    "a number without end": (
        formats.Json,
        lambda: b'[{"title": ' + b"9" * 2_000_000 + b"}]",
        "too many digits",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_harmful_file_is_refused_with_its_reason_and_soon(what: str) -> None:
    kind, content, reason = REFUSED[what]
    started = time.monotonic()

    with pytest.raises(ValidationError) as refusal:
        kind().create_dataset(content())

    assert reason in refusal.value.messages[0]
    assert len(refusal.value.messages[0]) < 500
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    "piece",
    ["<", "<div>", "</div>", "<a ", "&", "<!--", "<ul><li>", "<tr><td>", "<script>"],
)
def test_markup_that_repeats_without_end_is_read_in_a_straight_line(piece: str) -> None:
    text = "<p>" + piece * (100_000 // len(piece)) + "x"
    started = time.monotonic()

    read_description(text)

    assert time.monotonic() - started < SECONDS


class UploadTests(SiteTestCase):
    def setUp(self) -> None:
        names = ("view_jobposting", "add_jobposting", "change_jobposting")
        person = make_user("importer", *names)
        person.is_staff = True
        person.save()
        self.client.force_login(
            person, backend="django.contrib.auth.backends.ModelBackend"
        )

    def upload(self, content: bytes, *, name: str = "x.csv", kind: str = "0") -> str:
        file = SimpleUploadedFile(name, content, content_type="text/csv")
        data = {"format": kind, "resource": "0", "import_file": file}
        response = self.client.post(IMPORT, data)
        assert response.status_code == 200
        return response.content.decode()

    def test_bombs_get_an_answer_in_plain_words_and_store_nothing(self) -> None:
        for content in (zipped(), b"title,description" + b",x" * 2000):
            assert "The file" in self.upload(content)

        assert not JobPosting.objects.exists()

    def test_file_over_10_mb_is_refused(self) -> None:
        page = self.upload(HEADER + b"a,b\n" * 2_700_000)

        assert "larger than 10 MB" in page

    def test_name_of_the_file_is_used_for_nothing(self) -> None:
        self.upload(HEADER + b"Baker,Bakes\n", name="../../../etc/cron.d/x.csv")

        [kept] = storage.folder().iterdir()
        assert storage.NAME.fullmatch(kept.name)
        assert kept.stat().st_mode & 0o077 == 0, "nobody else reads it"

    def test_previews_do_not_fill_the_disk(self) -> None:
        for number in range(storage.MOST_KEPT + 5):
            PreviewStorage().save(b"%d" % number)

        assert len(list(storage.folder().iterdir())) == storage.MOST_KEPT

    def test_kept_file_is_reached_by_no_address(self) -> None:
        kept = PreviewStorage()
        kept.save(b"<script>")

        for path in (f"/static/{kept.name}", f"/imports/{kept.name}"):
            assert self.client.get(path).status_code == 404

    def test_markup_of_a_posting_does_nothing_on_a_page(self) -> None:
        bad = "<img src=x onerror=alert(1)><script>alert(2)</script>"
        record = {"title": bad, "description": bad + "text", "url": "https://x.example"}
        page = self.upload(json.dumps([record]).encode(), name="x.json", kind="2")

        assert "onerror=alert(1)&gt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Any:
    with override_settings(VAR_DIR=tmp_path):
        yield
