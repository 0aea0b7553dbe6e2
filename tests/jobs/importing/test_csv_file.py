"""CSV as spreadsheets write it, and where a broken file is said to be broken."""

from __future__ import annotations

from functools import partial

import pytest

from jobs.importing.csv_file import read_csv
from tests.jobs import importing

read = partial(importing.read, read_csv)
refusal = partial(importing.refusal, read_csv)

HEADER = "title,description\n"


def cells(data: str | bytes) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in read(data)]


def test_each_record_is_a_row_under_its_header() -> None:
    rows = read(f"{HEADER}Baker,Bakes\nNurse,Cares\n")

    assert rows[0].values == {"title": "Baker", "description": "Bakes"}
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 3)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_told_from_the_header(delimiter: str) -> None:
    data = "title|description|company\na|b, c; d|e\n"
    quoted = data.replace("b, c; d", '"b, c; d"').replace("|", delimiter)

    assert cells(quoted) == [("a", "b, c; d", "e")]


def test_names_are_taken_in_lower_case_and_without_white_space() -> None:
    (row,) = read("Title, DESCRIPTION \na,b\n")

    assert row.values == {"title": "a", "description": "b"}


def test_byte_order_mark_and_crlf_are_no_part_of_it() -> None:
    assert cells('\ufefftitle,description\r\na,b\r\n"c","d"\r\n') == [
        ("a", "b"),
        ("c", "d"),
    ]


def test_quoted_cells_hold_line_ends_quotes_and_delimiters() -> None:
    rows = read(f'{HEADER}a,"first\nsecond ""two"", last"\nc,d\n')

    assert rows[0].values["description"] == 'first\nsecond "two", last'
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 4)]


def test_header_over_two_lines_moves_the_lines_and_not_the_numbers() -> None:
    (row,) = read('"any\nthing",title,description\na,b,c\n')

    assert (row.number, row.line) == (1, 3)


def test_empty_lines_are_no_rows() -> None:
    assert [row.line for row in read(f"{HEADER}\n\na,b\n\n")] == [4]


def test_columns_without_a_name_are_left_out() -> None:
    assert cells("title,description,,\na,b,c,d\n") == [("a", "b")]


def test_last_line_needs_no_line_end() -> None:
    assert cells(f"{HEADER}a,b") == [("a", "b")]


@pytest.mark.parametrize(("record", "count"), [("a", 1), ("a,b,c", 3), ("  ", 1)])
def test_record_of_another_length_is_a_row_with_a_problem(
    record: str, count: int
) -> None:
    rows = read(f"{HEADER}{record}\na,b\n")

    assert str(rows[0].problem) == (
        f"not as many cells as the header has ({count} instead of 2)"
    )
    assert rows[1].problem is None


def test_description_over_pythons_own_limit_is_read() -> None:
    assert cells(f"{HEADER}a,{'x' * 1_000_000}\n") == [("a", "x" * 1_000_000)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "1: no header line"),
        (f"\n{HEADER}", "1: no header line"),
        ("a;b\n", '1: the header has no column "title"; its columns: a, b'),
        (
            "Title,text\n",
            '1: the header has no column "description"; its columns: title, text',
        ),
        ("title,description,Title\n", "1: the header has 'title' twice"),
        (
            "title,description\ra,b\r",
            "1: a carriage return without a line feed; save with other line ends",
        ),
    ],
)
def test_file_without_a_proper_header_is_refused(data: str, reason: str) -> None:
    assert refusal(data) == f"F:{reason}"


def test_header_is_shown_safely_and_in_short() -> None:
    reason = refusal(f"\x1b[31m,{'x' * 1000}\n")

    assert "\\x1b[31m, xxx" in reason
    assert len(reason) < 300


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('a,b\nc,"d\ne,f\ng,h\n', "3: a quoted field of this row is never closed"),
        ('a,b\nc,"d"e\n', "3: not valid CSV: ',' expected after '\"'"),
        ("a,b\nc", "3: the file ends in the middle of this row"),
        (
            "a,b\rc,d\n",
            "2: a carriage return without a line feed; save with other line ends",
        ),
        ("a,b\nc,\0d\n", "3:3: a NUL byte; this is not a text file"),
        (
            'a,"' + "x\n" * 3_000_000,
            "2: a row of over 5 MB; perhaps a quote is never closed",
        ),
    ],
)
def test_broken_file_is_refused_with_its_line(data: str, reason: str) -> None:
    assert refusal(f"{HEADER}{data}") == f"F:{reason}"


def test_unclosed_quote_in_the_header_is_refused() -> None:
    assert refusal('"title,description\na,b\n') == (
        "F:1: a quoted field of this row is never closed"
    )


def test_latin_1_is_refused_with_its_place() -> None:
    assert refusal(f"{HEADER}a,café\n".encode("latin-1")) == (
        "F:2:6: not UTF-8 (byte 0xe9); save the file as UTF-8"
    )


def test_utf_16_as_spreadsheets_write_it_is_refused_by_name() -> None:
    assert "UTF-16" in refusal(f"{HEADER}a,b\n".encode("utf-16"))
