"""`manage.py import_jobs`: its last line, its exit code, and what it says of each file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from enrichment.models import Enrichment
from jobs.models import JobPosting

pytestmark = pytest.mark.django_db
FULL = {
    "source": "feed",
    "external_id": "b-1",
    "title": "Baker",
    "company": "Ann",
    "location": "Ghent",
    "description": "Bakes bread",
    "url": "https://example.com/b-1",
    "posted_at": "2026-05-01T09:30:00Z",
}
MINIMAL = {"title": "Nurse", "description": "Cares"}
Write = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    lines: list[str]
    notices: list[str]
    failure: str

    @property
    def last(self) -> str:
        return self.lines[-1]


def import_jobs(*files: str, **options: Any) -> Outcome:
    stdout, stderr, failure = StringIO(), StringIO(), ""
    try:
        call_command("import_jobs", *files, stdout=stdout, stderr=stderr, **options)
    except CommandError as error:
        failure = str(error)
    return Outcome(
        lines=stdout.getvalue().splitlines(),
        notices=stderr.getvalue().splitlines(),
        failure=failure,
    )


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text)
        return name

    return write


def jsonl(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_counts_are_all_that_one_good_file_prints(write: Write) -> None:
    outcome = import_jobs(write("a.jsonl", jsonl(FULL, MINIMAL)))

    assert outcome == Outcome(
        lines=["2 created, 0 updated, 0 unchanged, 0 rejected"], notices=[], failure=""
    )


def test_second_import_is_all_unchanged(write: Write) -> None:
    import_jobs(write("a.jsonl", jsonl(FULL, MINIMAL)))

    assert (
        import_jobs("a.jsonl").last == "0 created, 0 updated, 2 unchanged, 0 rejected"
    )


def test_changed_row_is_an_update(write: Write) -> None:
    import_jobs(write("a.jsonl", jsonl(FULL, MINIMAL)))
    write("a.jsonl", jsonl({**FULL, "title": "Chef"}, MINIMAL))

    assert (
        import_jobs("a.jsonl").last == "0 created, 1 updated, 1 unchanged, 0 rejected"
    )


def test_all_formats_bring_the_same_posting(write: Write) -> None:
    cells = ",".join(f'"{value}"' for value in FULL.values())
    files = [
        write("a.jsonl", jsonl(FULL)),
        write("a.json", json.dumps([FULL], indent=2)),
        write("b.json", json.dumps({"jobs": [FULL]})),
        write("a.csv", f"{','.join(FULL)}\n{cells}\n"),
        write("b.csv", f"{';'.join(FULL)}\n{cells}\n".replace('","', '";"')),
    ]

    outcome = import_jobs(*files)

    assert outcome.last == "1 created, 0 updated, 4 unchanged, 0 rejected"


def test_every_imported_posting_has_a_pending_enrichment(write: Write) -> None:
    import_jobs(write("a.jsonl", jsonl(FULL, MINIMAL)))

    states = Enrichment.objects.values_list("posting__title", "status")
    assert sorted(states) == [("Baker", "pending"), ("Nurse", "pending")]


def test_broken_file_is_refused_with_its_place_and_nothing_comes_in(
    write: Write,
) -> None:
    outcome = import_jobs(write("a.jsonl", jsonl(FULL) + '{"title": "Nur\n'))

    assert outcome == Outcome(
        lines=["0 created, 0 updated, 0 unchanged, 0 rejected"],
        notices=["a.jsonl:2:11: not valid JSON: unterminated string"],
        failure="The file was refused, and nothing of it was imported.",
    )
    assert not JobPosting.objects.exists()


def test_other_files_come_in_beside_a_broken_one(write: Write) -> None:
    outcome = import_jobs(
        write("a.jsonl", jsonl(FULL)),
        write("b.json", f"[{json.dumps(MINIMAL)},]"),
        "missing.csv",
        write("c.csv", "title,description\nCook,Cooks\n"),
    )

    assert outcome.lines == [
        "a.jsonl: 1 created, 0 updated, 0 unchanged, 0 rejected",
        "c.csv: 1 created, 0 updated, 0 unchanged, 0 rejected",
        "2 created, 0 updated, 0 unchanged, 0 rejected",
    ]
    assert [notice.partition(": ")[0] for notice in outcome.notices] == [
        f"b.json:1:{len(json.dumps(MINIMAL)) + 3}",
        "missing.csv",
    ]
    assert outcome.failure == (
        "2 of 4 files were refused, and nothing of them was imported: b.json, missing.csv"
    )


def test_rejected_rows_are_named_and_no_failure(write: Write) -> None:
    outcome = import_jobs(
        write("a.jsonl", jsonl(FULL, {"title": "x"}, {"description": "y"}))
    )

    assert outcome == Outcome(
        lines=["1 created, 0 updated, 0 unchanged, 2 rejected"],
        notices=["a.jsonl: row 2: no description", "a.jsonl: row 3: no title"],
        failure="",
    )


def test_answer_of_an_applicant_tracking_system_is_rejected_with_reasons(
    write: Write,
) -> None:
    job = {"id": 1, "title": "Baker", "content": "&lt;p&gt;Bakes&lt;/p&gt;"}

    outcome = import_jobs(write("board.json", json.dumps({"jobs": [job]}, indent=1)))

    assert outcome.last == "0 created, 0 updated, 0 unchanged, 1 rejected"
    assert outcome.notices == [
        "board.json: row 1 (line 3): no description",
        "board.json: ignored fields: content, id",
    ]


def test_dry_run_says_so_and_changes_nothing(write: Write) -> None:
    outcome = import_jobs(write("a.jsonl", jsonl(FULL, FULL, MINIMAL)), dry_run=True)

    assert outcome.lines == [
        "Dry run: nothing was changed.",
        "2 created, 0 updated, 1 unchanged, 0 rejected",
    ]
    assert not JobPosting.objects.exists()
    assert not Enrichment.objects.exists()


def test_format_goes_before_the_name(write: Write) -> None:
    outcome = import_jobs(write("a.txt", jsonl(FULL)), format="jsonl")

    assert outcome.last == "1 created, 0 updated, 0 unchanged, 0 rejected"


def test_unknown_format_and_no_file_are_refused() -> None:
    for arguments in (["a.txt", "--format", "xml"], []):
        with pytest.raises(CommandError):
            call_command("import_jobs", *arguments)


def test_hostile_values_are_stored_or_rejected_one_by_one(write: Write) -> None:
    rows: list[dict[str, Any]] = [
        {**MINIMAL, "title": "NUL \0"},
        {**MINIMAL, "title": "half \ud83d"},
        {**MINIMAL, "title": "x" * 100_000, "external_id": "long"},
        {**MINIMAL, "external_id": "é" * 500, "source": "😀" * 100},
        {**MINIMAL, "external_id": "y" * 501},
        {**MINIMAL, "posted_at": "2026-13-01"},
        {**MINIMAL, "priority": 10**100},
    ]

    outcome = import_jobs(write("a.jsonl", jsonl(*rows)))

    assert outcome.last == "2 created, 0 updated, 0 unchanged, 5 rejected"


def test_page_without_a_job_posting_is_refused(write: Write) -> None:
    outcome = import_jobs(write("a.html", "<p>Our jobs</p>"))

    assert outcome.notices == [
        "a.html: no JobPosting in this page; it has no script with JSON-LD"
    ]
    assert outcome.failure == "The file was refused, and nothing of it was imported."


def test_shape_can_be_said(write: Write) -> None:
    job = {"text": "Nurse", "id": "n", "descriptionPlain": "Cares", "hostedUrl": ""}
    outcome = import_jobs(write("board.txt", json.dumps([job])), format="lever")

    assert outcome.last == "1 created, 0 updated, 0 unchanged, 0 rejected"
    assert JobPosting.objects.get().source == "lever"
