"""JSONL, CSV and JSON-LD, written page by page: whole, safe to open, and able to come back."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from enrichment.models import Enrichment
from jobs.exporting import flat, formats, walking
from jobs.exporting.walking import Pages
from jobs.filters import Filters
from jobs.models import JobPosting
from tests.builders import failed_posting, make_posting
from tests.jobs.exporting.known import known_posting
from tests.jobs.test_sample_postings import FILE

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://evil.example")'


def written(extension: str, pages: Pages | None = None) -> str:
    pages = walking.pages(Filters()) if pages is None else pages
    return b"".join(formats.chunks(formats.STREAMED[extension], pages)).decode()


def rows() -> list[dict[str, str]]:
    text = written("csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def import_(path: Path) -> str:
    told = io.StringIO()
    call_command("import_jobs", str(path), stdout=told, stderr=told)
    return told.getvalue()


def test_line_of_jsonl_has_all_that_is_known() -> None:
    posting = known_posting()
    edit = {"value": "junior", "by": "ann", "at": "2026-05-01T10:00:00Z"}
    Enrichment.objects.filter(pk=posting.pk).update(edits={"seniority": edit})

    (line,) = written("jsonl").splitlines()
    record = json.loads(line)

    assert record["id"] == posting.pk
    assert record["state"] == "enriched"
    assert record["facts"]["seniority"] == "junior"
    assert record["corrections"] == {"seniority": {**edit, "answered": "senior"}}
    call = posting.enrichment.call
    assert call is not None
    assert record["provenance"].items() >= {
        ("call", call.pk),
        ("prompt_version", call.prompt_version),
        ("schema_version", call.schema_version),
        ("is_of_this_text", True),
    }


def test_failed_and_pending_ones_say_so() -> None:
    failed_posting()
    make_posting()

    pending, failed = map(json.loads, written("jsonl").splitlines())

    assert (pending["state"], pending["facts"], pending["provenance"]) == (
        *("pending", None),
        None,
    )
    assert (failed["state"], failed["error_kind"]) == ("failed", "bad_output")


def test_posting_without_an_enrichment_yet_is_exported() -> None:
    Enrichment.objects.filter(pk=make_posting().pk).delete()

    assert json.loads(written("jsonl"))["state"] == "pending"
    assert [row["status"] for row in rows()] == ["pending"]
    assert len(json.loads(written("jsonld"))) == 1


def test_samples_come_back_unchanged_from_jsonl(tmp_path: Path) -> None:
    import_(FILE)
    html = "<p>Bread</p><ul><li>one</li><li>two</li></ul>"
    row = {"external_id": "html", "title": "T" * 600, "description": html}
    (tmp_path / "row.jsonl").write_text(json.dumps(row))
    (tmp_path / "row2.jsonl").write_text(json.dumps({**row, "title": "U"}))
    import_(tmp_path / "row.jsonl")
    import_(tmp_path / "row2.jsonl")
    path = tmp_path / "out.jsonl"
    path.write_text(written("jsonl"))

    assert "0 created, 0 updated, 61 unchanged, 0 rejected" in import_(path)

    before = set(JobPosting.objects.values_list("external_id", "content_hash"))
    JobPosting.objects.all().delete()
    assert "61 created" in import_(path)
    assert set(JobPosting.objects.values_list("external_id", "content_hash")) == before


def test_samples_come_back_from_jsonld_word_for_word(tmp_path: Path) -> None:
    import_(FILE)
    path = tmp_path / "out.jsonld"
    path.write_text(written("jsonld"))

    assert "60 created, 0 updated, 0 unchanged, 0 rejected" in import_(path)

    rows = JobPosting.objects.values_list("title", "company", "description")
    # Several empty lines come back as one.
    texts = Counter(" ".join(" ".join(row).split()) for row in rows)
    assert {count % 2 for count in texts.values()} == {0}


def test_nothing_found_is_an_empty_file_of_its_kind() -> None:
    assert written("jsonl") == ""
    assert rows() == []
    assert json.loads(written("jsonld")) == []


def test_jsonld_is_one_list() -> None:
    for _ in range(3):
        known_posting()
    pages: Any = [[one] for page in walking.pages(Filters()) for one in page]

    documents = json.loads(written("jsonld", pages))

    assert [one["@type"] for one in documents] == ["JobPosting"] * 3


def test_csv_has_a_column_for_each_flat_value() -> None:
    posting = known_posting()

    (row,) = rows()

    assert tuple(row) == flat.COLUMNS
    assert row["id"] == str(posting.pk)
    assert row["must_have_skills"] == "Baking; Bread"
    assert (row["city"], row["country"], row["region"]) == ("Ghent", "Belgium", "")
    assert (row["salary_min"], row["experience_min_years"]) == ("2500.0", "1.5")
    assert row["is_of_this_text"] == "true"


def test_no_cell_is_a_formula() -> None:
    facts: dict[str, Any] = {"tools": [FORMULA, "Oven"], "perks": ["-1"]}
    facts |= {"location": {"city": "@SUM(A1)", "region": "\tx", "country": "+1"}}
    known_posting(title=FORMULA, company="=1+1", location="\r=2", facts=facts)

    cells = [cell for row in rows() for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]
    assert f"'{FORMULA}; Oven" in cells


@pytest.mark.parametrize("extension", formats.STREAMED)
def test_file_that_breaks_off_says_so_and_raises(
    extension: str, tmp_path: Path
) -> None:
    known_posting()

    def breaking() -> Iterator[list[JobPosting]]:
        yield from walking.pages(Filters())
        raise OperationalError("the server closed the connection")

    pieces = formats.chunks(formats.STREAMED[extension], breaking())
    sent = [next(pieces)]
    with pytest.raises(OperationalError):
        deque(map(sent.append, pieces))
    text = b"".join(sent).decode()

    assert formats.BROKEN in text.splitlines()[-1]
    if extension != "csv":
        path = tmp_path / "broken.json"
        path.write_text(text)
        with pytest.raises(Exception, match="refused"):
            import_(path)
