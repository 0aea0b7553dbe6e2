"""JSON Lines: what comes in, and where a broken file is said to be broken."""

from __future__ import annotations

from functools import partial

import pytest

from jobs.importing.jsonl import read_jsonl
from jobs.importing.rows import MAX_ROW_BYTES
from tests.jobs import importing

read = partial(importing.read, read_jsonl)
refusal = partial(importing.refusal, read_jsonl)

BAKER = '{"title": "Baker"}'
NURSE = '{"title": "Nurse"}'
NOT_JSON = "not valid JSON"


def test_each_line_is_a_row() -> None:
    rows = read(f"{BAKER}\n{NURSE}\n")

    assert [row.values for row in rows] == [{"title": "Baker"}, {"title": "Nurse"}]
    assert [(row.number, row.line) for row in rows] == [(1, 1), (2, 2)]


def test_empty_lines_count_as_lines_and_not_as_rows() -> None:
    rows = read(f"\n{BAKER}\n  \n{NURSE}")

    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 4)]


@pytest.mark.parametrize("data", ["", "\n\n", "\ufeff"])
def test_empty_file_has_no_rows(data: str) -> None:
    assert read(data) == []


def test_byte_order_mark_and_crlf_are_no_part_of_it() -> None:
    rows = read(f"\ufeff{BAKER}\r\n{NURSE}\r\n")

    assert [row.values["title"] for row in rows] == ["Baker", "Nurse"]


def test_line_separator_inside_a_text_ends_no_line() -> None:
    (row,) = read('{"title": "a\u2028b\x85c"}')

    assert row.values == {"title": "a\u2028b\x85c"}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("null", "null"),
        ('"x"', "a text"),
        ("3.5", "a number"),
        ("true", "true or false"),
        ("[1]", "a list"),
    ],
)
def test_line_that_is_no_object_is_a_row_with_a_problem(line: str, what: str) -> None:
    rows = read(f"{BAKER}\n{line}\n{NURSE}")

    assert [str(row.problem or "") for row in rows] == [
        "",
        f"not an object (it is {what})",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "Baker"', f"18: {NOT_JSON}: expecting ',' delimiter"),
        ('{"title": "Bak', f"11: {NOT_JSON}: unterminated string"),
        ('{"title": "a",}', "15"),
        (f"{BAKER},", f"19: {NOT_JSON}: more text after the end of the value"),
        (f"{BAKER} {NURSE}", f"19: {NOT_JSON}: more text after the end of the value"),
        ('{"title": NaN}', f"1: {NOT_JSON}: NaN is no JSON number"),
        ("Infinity", f"1: {NOT_JSON}: Infinity is no JSON number"),
        ("{'title': 'a'}", f"2: {NOT_JSON}: expecting property name"),
        ("  nonsense", f"3: {NOT_JSON}: expecting value"),
        ('{"a": "\t"}', f"8: {NOT_JSON}: invalid control character"),
        (f'{{"a": {"1" * 5000}}}', "1: a number with too many digits"),
        ("[" * 100_000, "1: nested too deeply"),
    ],
)
def test_broken_line_is_refused_with_line_and_column(line: str, reason: str) -> None:
    assert refusal(f"{BAKER}\n\n{line}\n{NURSE}").startswith(f"F:3:{reason}")


@pytest.mark.parametrize("data", ["[\n  {}\n]", '{\n  "jobs": []\n}', f"[{BAKER},\n"])
def test_json_file_is_pointed_to_its_own_format(data: str) -> None:
    assert refusal(data).endswith("use --format json")


def test_json_array_on_one_line_is_pointed_to_its_own_format() -> None:
    assert refusal(f"[{BAKER}]") == (
        "F:1: a JSON array, not one object a line; use --format json"
    )


def test_utf_16_is_refused_by_name() -> None:
    assert refusal(BAKER.encode("utf-16")) == (
        "F:1:1: the file is UTF-16; save it as UTF-8"
    )


def test_utf_16_without_a_mark_shows_as_nul_bytes() -> None:
    assert refusal(BAKER.encode("utf-16-le")) == (
        "F:1:2: a NUL byte; this is not a text file"
    )


def test_latin_1_is_refused_at_its_first_letter_that_is_not_ascii() -> None:
    data = f'{BAKER}\n{{"title": "Café é"}}\n'.encode("latin-1")

    assert refusal(data) == "F:2:15: not UTF-8 (byte 0xe9); save the file as UTF-8"


def test_column_counts_characters_and_no_mark() -> None:
    data = '\ufeff{"title": "éé'.encode() + b"\xff\n"

    assert refusal(data).startswith("F:1:14: not UTF-8 (byte 0xff)")


def test_file_that_ends_inside_a_character_is_refused() -> None:
    data = f'{BAKER}\n{{"title": "Caf\u00e9'.encode()[:-1]

    assert refusal(data) == (
        "F:2:15: not UTF-8, or the file ends in the middle of a character"
    )


def test_line_of_five_megabytes_is_read_and_a_longer_one_is_refused() -> None:
    frame = len('{"a":""}\n')
    longest = '{"a":"%s"}\n' % ("x" * (MAX_ROW_BYTES - frame))

    assert len(read(longest)) == 1
    assert refusal(f"{BAKER}\n{longest.replace('x', 'xx', 1)}") == (
        "F:2: the line is over 5 MB"
    )
