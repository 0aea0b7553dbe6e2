"""`manage.py export_jobs`: a whole file or none, of what the filters find."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from jobs.exporting import walking, workbook
from tests.builders import failed_posting, make_postings

pytestmark = pytest.mark.django_db


def export(path: Path, *filters: str, format_name: str = "jsonl") -> str:
    told = StringIO()
    options = ("--format", format_name, "--out", str(path))
    call_command("export_jobs", *options, *filters, stderr=told)
    return told.getvalue()


def ids_in(path: Path) -> list[int]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def test_file_has_what_the_filters_find(tmp_path: Path) -> None:
    make_postings(2)
    failed = failed_posting(source="desk")
    path = tmp_path / "out.jsonl"

    told = export(path, "state=failed", "source=desk")

    assert ids_in(path) == [failed.pk]
    assert told == "1 postings exported\n"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "xlsx", "jsonld"])
def test_every_format_is_written(tmp_path: Path, format_name: str) -> None:
    make_postings(1)
    path = tmp_path / "out"

    export(path, format_name=format_name)

    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    "filters",
    [
        ["state"],
        ["colour=red"],
        ["state=lost"],
        ["salary_from=40000"],
        ["state=failed", "state=pending"],
    ],
)
def test_filter_that_filters_nothing_is_refused(
    tmp_path: Path, filters: list[str]
) -> None:
    with pytest.raises(CommandError, match=filters[0].partition("=")[0]):
        export(tmp_path / "out.jsonl", *filters)

    assert list(tmp_path.iterdir()) == []


def test_order_and_currency_go_with_the_filters(tmp_path: Path) -> None:
    first, second = make_postings(2)

    export(tmp_path / "a", "order=oldest")
    export(tmp_path / "b", "currency=EUR", "salary_from=40000")

    assert ids_in(tmp_path / "a") == [first.pk, second.pk]
    assert (tmp_path / "b").read_text() == ""


@pytest.mark.parametrize("format_name", ["jsonl", "xlsx"])
def test_fault_in_between_leaves_the_old_file(tmp_path: Path, format_name: str) -> None:
    make_postings(1)
    path = tmp_path / "out"
    path.write_text("yesterday's")
    fault = OperationalError("the server closed the connection\nunexpectedly")
    with (
        patch.object(walking, "_postings", side_effect=fault),
        pytest.raises(CommandError, match=r"server closed the connection\. Nothing"),
    ):
        export(path, format_name=format_name)

    assert path.read_text() == "yesterday's"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        export(tmp_path / "nowhere" / "out.jsonl")


def test_more_than_a_sheet_holds_is_refused(tmp_path: Path) -> None:
    make_postings(3)
    with (
        patch.object(workbook, "MOST_ROWS", 2),
        pytest.raises(CommandError, match="More than 2 postings"),
    ):
        export(tmp_path / "out.xlsx", format_name="xlsx")

    assert list(tmp_path.iterdir()) == []


def test_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    export(tmp_path / "new")
    (tmp_path / "plain").touch()

    modes = [one.stat().st_mode for one in sorted(tmp_path.iterdir())]
    assert modes[0] == modes[1]
