"""JSON files: the list in its two places, and where a broken file is said to be broken."""

from __future__ import annotations

import json
from functools import partial

import pytest

from jobs.importing.json_file import BLOCK, read_json
from tests.jobs import importing

read = partial(importing.read, read_json)
refusal = partial(importing.refusal, read_json)

BAKER = '{"title": "Baker"}'
NURSE = '{"title": "Nurse"}'
NOT_JSON = "not valid JSON"


def titles(data: str | bytes) -> list[object]:
    return [row.values["title"] for row in read(data)]


def test_each_object_of_the_array_is_a_row() -> None:
    rows = read(f"[\n  {BAKER},\n\n  {NURSE}\n]\n")

    assert [row.values for row in rows] == [{"title": "Baker"}, {"title": "Nurse"}]
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 4)]


@pytest.mark.parametrize("key", ["jobs", "postings"])
def test_list_under_a_known_name_is_found_among_others(key: str) -> None:
    data = f'{{"meta": {{"jobs": 1}}, "{key}": [{BAKER}, {NURSE}], "total": [2]}}'

    assert titles(data) == ["Baker", "Nurse"]


@pytest.mark.parametrize("data", ["[]", " [ ] ", '{"jobs": []}'])
def test_empty_list_has_no_rows(data: str) -> None:
    assert read(data) == []


def test_byte_order_mark_and_crlf_are_no_part_of_it() -> None:
    rows = read(f"\ufeff[\r\n{BAKER},\r\n{NURSE}]\r\n")

    assert [row.line for row in rows] == [2, 3]


def test_item_that_is_no_object_is_a_row_with_a_problem() -> None:
    rows = read(f'[{BAKER}, null, "x", [1], {NURSE}]')

    problems = [str(row.problem) for row in rows if row.problem]
    assert problems == [
        "not an object (it is null)",
        "not an object (it is a text)",
        "not an object (it is a list)",
    ]


def test_file_of_many_windows_is_read_as_it_was_written() -> None:
    words = "é€😀" * 3_000
    values = [{"title": f"{number}", "text": words} for number in range(60)]
    data = json.dumps(values, ensure_ascii=False).encode()
    assert len(data) > 4 * BLOCK

    rows = read(data)

    assert [row.values for row in rows] == values


def test_row_longer_than_a_window_is_read_whole() -> None:
    long = json.dumps({"title": "x" * 5 * BLOCK})

    assert len(str(titles(f"[{long}, {BAKER}]")[0])) == 5 * BLOCK


def test_line_and_column_are_right_after_many_windows() -> None:
    filler = json.dumps({"title": "x" * 1000})
    data = "[\n" + f"{filler},\n" * 1000 + '  {"title" 1}\n]'

    assert refusal(data) == f"F:1002:12: {NOT_JSON}: expecting ':' delimiter"


def test_fault_far_before_the_end_of_a_big_file_has_its_own_place() -> None:
    filler = json.dumps({"title": "x" * 100_000})
    data = f"[\n{BAKER},\n" + '{"title": "a" "b"},\n' + f"{filler},\n" * 70 + "{}]"

    assert refusal(data) == f"F:3:15: {NOT_JSON}: expecting ',' delimiter"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (f"[{BAKER},]", f"1:21: {NOT_JSON}: a comma before the closing ]"),
        (f"[{BAKER},\n]", f"2:1: {NOT_JSON}: a comma before the closing ]"),
        (
            f'{{"jobs": [{BAKER}],}}',
            "1:31: not valid JSON: a comma before the closing }",
        ),
        (f"[{BAKER} {NURSE}]", f"1:21: {NOT_JSON}: expected ]"),
        (f"[{BAKER}", f"1:20: {NOT_JSON}: the file ends before ]"),
        (f"[{BAKER},", f"1:21: {NOT_JSON}: the file ends before a value"),
        ('[{"title": "Bak', f"1:12: {NOT_JSON}: unterminated string"),
        ('{"jobs": [', f"1:11: {NOT_JSON}: the file ends before a value"),
        ('{"jobs": []', f"1:12: {NOT_JSON}: the file ends before }}"),
        ("{jobs: []}", f"1:2: {NOT_JSON}: expected a name in double quotes"),
        ("[NaN]", f"1:2: {NOT_JSON}: NaN is no JSON number"),
        (f"[{'1' * 5000}]", "1:2: a number with too many digits"),
        (f"[{'[' * 100_000}", "1:2: nested too deeply"),
        (f"[{BAKER}] x", "1:22: more text after the end of the JSON value"),
    ],
)
def test_broken_file_is_refused_with_line_and_column(data: str, reason: str) -> None:
    assert refusal(data) == f"F:{reason}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "1: the file is empty"),
        ("\n ", "1: the file is empty"),
        ('"x"', "1:1: expected a list of objects: [ or {"),
        ("{}", '1:3: an object without a list under "jobs" or "postings"'),
        ('{"jobs": {}}', '1:10: "jobs" is not a list'),
        ('{"jobs": [], "postings": []}', '1:25: two lists, "jobs" and "postings"'),
    ],
)
def test_json_without_one_list_is_refused(data: str, reason: str) -> None:
    assert refusal(data) == f"F:{reason}"


def test_json_lines_are_pointed_to_their_own_format() -> None:
    for data in (f"{BAKER}\n{NURSE}", f"[]\n{NURSE}"):
        assert refusal(data).endswith("use --format jsonl")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BAKER.encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
        (b'[\n{"a": "\0"}]', "2:8: a NUL byte; this is not a text file"),
        (b'[\n{"a": "\xe9 "}]', "2:8: not UTF-8 (byte 0xe9); save the file as UTF-8"),
        (
            '[\n"é'.encode()[:-1],
            "2:2: not UTF-8, or the file ends in the middle of a character",
        ),
    ],
)
def test_other_encodings_are_refused(data: bytes, reason: str) -> None:
    assert refusal(data) == f"F:{reason}"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (json.dumps({"a": "x" * 5_000_001}), "an object of over 5 MB"),
        (f'"{"x" * 12_000_000}', "a value of over 5 MB, or one that never ends"),
    ],
)
def test_value_over_five_megabytes_is_refused(value: str, reason: str) -> None:
    assert refusal(f"[{BAKER},\n{value}") == f"F:2:1: {reason}"


def test_character_cut_by_a_window_is_put_together() -> None:
    for shift in range(4):
        text = "😀" * (BLOCK // 4 + 10)

        assert titles(f'{" " * shift}[{{"title": "{text}"}}]') == [text]


def test_token_cut_by_a_window_is_put_together() -> None:
    for token in ('"\\ud83d\\ude00"', "-12.5e-10", "false", '"\\"\\\\"'):
        for cut in range(1, len(token)):
            start = '[{"title": '
            blanks = " " * (BLOCK - len(start) - cut)

            assert titles(f"{blanks}{start}{token}}}]") == [json.loads(token)]


def test_number_that_a_window_ends_in_is_read_to_its_end() -> None:
    start = '{"total": 1234'
    blanks = " " * (BLOCK - len(start))

    assert titles(f'{blanks}{start}5678.5, "jobs": [{BAKER}]}}') == ["Baker"]
