"""Files as they are named: format, standard input, and what can't be opened."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from jobs.importing.files import open_source, printable
from jobs.importing.rows import BrokenFileError

LINE = '{"title": "Baker"}\n'


def titles(path: Path | str, format_name: str | None = None) -> list[object]:
    with open_source(str(path), format_name=format_name) as source:
        first = [row.values["title"] for row in source.rows()]
        assert [row.values["title"] for row in source.rows()] == first, (
            "not readable twice"
        )
        return first


def refusal(path: Path | str) -> str:
    with (
        pytest.raises(BrokenFileError) as caught,
        open_source(str(path)) as source,
    ):
        list(source.rows())
    return caught.value.located("F")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", LINE),
        ("a.NDJSON", LINE),
        ("a.json", f"[{LINE}]"),
        ("a.b.csv", "title,description\nBaker,x\n"),
    ],
)
def test_name_tells_the_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert titles(tmp_path / name) == ["Baker"]


def test_format_that_is_said_goes_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LINE)

    assert titles(path, "jsonl") == ["Baker"]


def test_name_that_does_not_tell_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)

    assert refusal(tmp_path / "a.txt") == (
        "F: the name doesn't tell the format (it ends in none of .jsonl, .ndjson, .json, "
        ".jsonld, .csv, .html, .htm); say it with --format jsonl, json, csv, html, jsonld, "
        "lever, ashby or greenhouse"
    )


def test_what_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    for name, reason in (
        ("missing.csv", "F: No such file or directory"),
        ("", "F: Is a directory"),
        ("loop.csv", "F: Too many levels of symbolic links"),
        (f"{'x' * 300}.csv", "F: File name too long"),
    ):
        assert refusal(tmp_path / name) == reason


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_disk_that_fails_while_reading_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").symlink_to("/proc/self/mem")

    assert refusal(tmp_path / "bad.jsonl") == "F: Input/output error"


def test_pipe_can_be_read_twice(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "w") as pipe:
        pipe.write(LINE)
        pipe.close()

        assert titles(f"/dev/fd/{reading}", "jsonl") == ["Baker"]


@pytest.mark.parametrize("piped", [True, False])
def test_standard_input_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, piped: bool
) -> None:
    (tmp_path / "in").write_text(LINE)
    reading = os.open(tmp_path / "in", os.O_RDONLY)
    if piped:
        reading, writing = os.pipe()
        os.write(writing, LINE.encode())
        os.close(writing)
    with io.TextIOWrapper(os.fdopen(reading, "rb")) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)

        assert titles("-", "jsonl") == ["Baker"]


def test_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert refusal("-") == "F: it is closed"


def test_standard_input_needs_a_format() -> None:
    assert "--format" in refusal("-")


def test_names_are_printed_safely() -> None:
    assert printable("-") == "standard input"
    assert printable("vacatures café.csv") == "vacatures café.csv"
    assert printable("a\x1b[31m\n\udcff.csv") == "a\\x1b[31m\\n\\udcff.csv"
