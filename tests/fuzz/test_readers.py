"""Files of any format, as any bytes: rows, or a refusal that says what and where."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobs.importing.fields import RowRejectedError, read_fields
from jobs.importing.files import READERS
from jobs.importing.html_text import read_description
from jobs.importing.rows import BrokenFileError, Row
from tests.fuzz.documents import BY_FORMAT, OBJECTS, OWN, SCHEMA_ORG
from tests.fuzz.mutating import TEXTS, as_bytes, as_json, mutated
from tests.fuzz.profile import examples, soon

pytestmark = pytest.mark.any_database
CSV_PIECES = st.sampled_from(
    [
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "title",
        "description",
        "a",
        "é",
        "=",
    ]
)


def check(format_name: str, data: bytes) -> None:
    """All rows of the file; what is read of them can be stored as it is."""
    with soon():
        try:
            for row in READERS[format_name](io.BytesIO(data)):
                check_row(row)
        except BrokenFileError as error:
            check_reason(error.located("FILE"))


def check_row(row: Row) -> None:
    assert row.number >= 1
    assert row.line >= 1
    for reason in (row.problem, *row.notes):
        if reason is not None:
            check_reason(str(reason))
    if row.given is not None:
        json.dumps(row.given.stored, allow_nan=False).encode()
        assert "\\u0000" not in json.dumps(row.given.stored)
    if row.problem or row.skipped:
        return
    try:
        fields = read_fields(row.values, given=row.given)
    except RowRejectedError as error:
        check_reason(str(error))
        return
    for text in (*fields.key, *fields.values.values()):
        if isinstance(text, str):
            assert "\0" not in text.encode().decode()
    assert fields.values["title"]
    assert fields.values["description"]
    assert all(fields.key)


def check_reason(reason: str) -> None:
    """Fit for a line on a terminal."""
    assert 0 < len(reason) < 1_000
    assert reason.isprintable(), reason


@pytest.mark.parametrize("format_name", list(READERS))
@examples(12)
@given(data=st.binary(max_size=300) | as_bytes(TEXTS))
def test_any_bytes(format_name: str, data: bytes) -> None:
    check(format_name, data)


@pytest.mark.parametrize("format_name", list(BY_FORMAT))
@examples(25)
@given(data=st.data())
def test_odd_json(format_name: str, data: st.DataObject) -> None:
    documents = mutated(BY_FORMAT[format_name])
    check(format_name, data.draw(as_bytes(as_json(documents))))


@examples(25)
@given(
    lines=st.lists(as_json(mutated(OBJECTS)), min_size=1, max_size=3), data=st.data()
)
def test_odd_lines_of_json(lines: list[str], data: st.DataObject) -> None:
    check("jsonl", data.draw(as_bytes(st.just("\n".join(lines)))))


@examples(25)
@given(
    scripts=st.lists(as_json(mutated([SCHEMA_ORG])), max_size=3),
    around=st.lists(
        st.sampled_from(
            [
                *(
                    "<!--",
                    "-->",
                    "<base href='http://a.example'>",
                    "<script>",
                    "&quot;",
                ),
                *("</script>", "<link rel=canonical href=//x>", "<p>", "//<![CDATA["),
                *("<meta charset=latin1>", "<script type='application/ld+json'>", "<"),
            ]
        ),
        max_size=4,
    ),
    data=st.data(),
)
def test_odd_pages(scripts: list[str], around: list[str], data: st.DataObject) -> None:
    parts = [
        f'<script type="application/ld+json">{script}</script>' for script in scripts
    ]
    page = "".join(data.draw(st.permutations([*parts, *around])))
    check("html", data.draw(as_bytes(st.just(page))))


@examples(25)
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(sorted(OWN)), TEXTS)), data=st.data()
)
def test_odd_tables(rows: list[dict[str, str]], data: st.DataObject) -> None:
    written = io.StringIO()
    delimiter = data.draw(st.sampled_from(",;\t"))
    writer = csv.DictWriter(written, list(OWN), delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**OWN, **row} for row in rows)
    check("csv", data.draw(as_bytes(st.just(written.getvalue()))))


@examples(25)
@given(pieces=st.lists(CSV_PIECES, max_size=30))
def test_any_quotes_and_delimiters(pieces: list[str]) -> None:
    check("csv", f"title,description\n{''.join(pieces)}".encode())
    check("csv", "".join(pieces).encode())


@examples(15)
@given(
    piece=st.text(min_size=1, max_size=6)
    | st.sampled_from(
        ["<a ", "<p>", "<!--", "&amp;", "<script>", "Ã©", "<b/x='", "\n "]
    ),
    end=TEXTS,
)
@example(piece="&lt;", end="p&gt;")
def test_long_description_takes_no_longer_than_its_length(piece: str, end: str) -> None:
    with soon():
        found = read_description(piece * 20_000 + end)
    assert isinstance(found.text, str)


@examples(15)
@given(values=mutated([OWN]))
def test_any_values_of_a_row(values: Any) -> None:
    if isinstance(values, dict):
        check_row(Row(number=1, line=1, values=values))
