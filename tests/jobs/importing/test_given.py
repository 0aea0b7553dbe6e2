"""The employer's own facts in the database: kept, replaced, and compared with what was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enrichment.models import Enrichment, Term
from enrichment.models.terms import TermKind
from jobs.importing.file_import import FileImport
from jobs.importing.files import open_source
from jobs.importing.upsert import Counts
from jobs.models import JobPosting
from tests.builders import end, enrichment_of, success
from tests.jobs.importing.test_boards import ASHBY, LEVER
from tests.jobs.importing.test_file_import import Listener

pytestmark = pytest.mark.django_db
TEXT = "<p>A nurse for our clinic in Ghent. You earn € 3.500 per month. Full-time.</p>"
MONTHLY = {"min": 3000, "max": 4000, "currency": "EUR", "interval": "per-month-salary"}
JOB = {**LEVER, "description": TEXT, "salaryRange": MONTHLY}


def run(
    tmp_path: Path, *jobs: dict[str, Any], dry_run: bool = False
) -> tuple[Counts, list[str]]:
    path = tmp_path / "board.json"
    path.write_text(json.dumps(jobs))
    listener = Listener()
    with open_source(str(path)) as source:
        running = FileImport(source, report=listener, dry_run=dry_run)
        running.run()
    return running.counts, [n.removeprefix(f"{path}: ") for n in listener.notices]


def salary() -> Any:
    """Of the one posting, as the employer says it."""
    given: Any = JobPosting.objects.get().given
    return given["facts"].get("salary")


def differing() -> set[str]:
    rows = Term.objects.filter(kind=TermKind.GIVEN)
    return set(rows.values_list("value", flat=True))


def test_given_facts_are_kept_and_come_in_again_unchanged(tmp_path: Path) -> None:
    assert run(tmp_path, JOB) == (Counts(created=1), [])
    assert run(tmp_path, JOB) == (Counts(unchanged=1), [])
    assert run(tmp_path, JOB, dry_run=True) == (Counts(unchanged=1), [])

    posting = JobPosting.objects.get()
    assert salary()["max"] == 4000
    assert posting.content_hash == posting.text.content_hash


def test_other_given_facts_are_an_update_that_asks_no_model(tmp_path: Path) -> None:
    run(tmp_path, JOB)
    posting = JobPosting.objects.get()
    end(success(posting))
    assert differing() == {"differs", "salary differs"}
    text = posting.content_hash

    same = {**MONTHLY, "min": 3500, "max": 3500}
    assert run(tmp_path, {**JOB, "salaryRange": same}, dry_run=True)[0] == (
        Counts(updated=1)
    )
    assert run(tmp_path, {**JOB, "salaryRange": same})[0] == Counts(updated=1)

    posting.refresh_from_db()
    assert salary()["min"] == 3500
    assert posting.content_hash == text
    assert enrichment_of(posting).status == Enrichment.Status.ENRICHED
    assert differing() == set()


def test_facts_that_the_employer_takes_back_are_gone(tmp_path: Path) -> None:
    run(tmp_path, JOB)
    run(tmp_path, {**JOB, "salaryRange": None})

    assert salary() is None


def test_format_without_given_facts_leaves_them(tmp_path: Path) -> None:
    run(tmp_path, JOB)
    row = {
        "source": "lever/clinic",
        "external_id": "9b2c",
        "title": "Nurse, by night",
        "description": "Cares",
    }
    assert run(tmp_path, row)[0] == Counts(updated=1)

    assert JobPosting.objects.get().title == "Nurse, by night"
    assert salary()["min"] == 3000


def test_what_is_left_out_and_skipped_is_told(tmp_path: Path) -> None:
    odd = {**JOB, "salaryRange": {**MONTHLY, "max": "a lot"}}
    hidden = {**ASHBY, "isListed": False}

    assert run(tmp_path, odd, hidden, hidden, {"@type": "WebSite"}) == (
        Counts(created=1),
        [
            "row 1: salaryRange.max: not an amount; left out ('a lot')",
            "3 skipped: 2 not listed by the employer, 1 of type WebSite",
        ],
    )


def test_many_values_left_out_are_summed_up(tmp_path: Path) -> None:
    odd = {**JOB, "salaryRange": {**MONTHLY, "max": "a lot"}}
    jobs = [{**odd, "id": f"n-{number}"} for number in range(23)]

    assert run(tmp_path, *jobs)[1][-1] == "3 more values left out"
