"""A row's values to a posting's fields, and each reason to reject one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jobs.importing.fields import PostingFields, RowRejectedError, read_fields

UTC = dt.UTC


def fields(**values: object) -> PostingFields:
    return read_fields({"title": "Baker", "description": "Bakes bread", **values})


def given(**values: object) -> dict[str, Any]:
    return fields(**values).values


def rejection(**values: object) -> str:
    with pytest.raises(RowRejectedError) as caught:
        fields(**values)
    return str(caught.value.reason)


def test_title_and_description_are_enough() -> None:
    assert given() == {
        "title": "Baker",
        "description": "Bakes bread",
        "description_html": "",
    }


def test_all_fields_are_read() -> None:
    posting = fields(
        source="feed",
        external_id="b-1",
        company="Ann",
        location="Ghent",
        url="https://example.com/b-1",
        posted_at="2026-05-01",
        priority=3,
    )

    assert posting.key == ("feed", "b-1")
    assert {"company": "Ann", "location": "Ghent", "priority": 3}.items() <= (
        posting.values.items()
    )


def test_html_becomes_text_and_the_original_is_kept() -> None:
    read = given(description="<p>Bakes</p><p>bread</p>")

    assert read["description"] == "Bakes\n\nbread"
    assert read["description_html"] == "<p>Bakes</p><p>bread</p>"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": None}, "no title"),
        ({"title": " \n"}, "no title"),
        ({"description": ""}, "no description"),
        ({"description": "<p> </p>"}, "no description (it is markup without text)"),
        ({"title": 5}, "title is not a text (it is a number)"),
        ({"company": ["a"]}, "company is not a text (it is a list)"),
        ({"location": {"name": "a"}}, "location is not a text (it is an object)"),
        ({"description": True}, "description is not a text (it is true or false)"),
        ({"title": "a\0b"}, "NUL character in title"),
        ({"description": "a\0b"}, "NUL character in description"),
        ({"company": "\ud83d"}, "half a character (surrogate) in company"),
        ({"source": "x" * 101}, "source is too long (101 characters, at most 100)"),
        (
            {"external_id": "x" * 501},
            "external_id is too long (501 characters, at most",
        ),
        ({"external_id": 1.5}, "external_id is not a text (it is a number)"),
        ({"external_id": True}, "external_id is not a text (it is true or false)"),
        ({"external_id": 10**501}, "external_id is too long (502 characters, at most"),
        ({"url": "www.example.com"}, "url is not a web address ('www.example.com')"),
        ({"url": "javascript:alert(1)"}, "url is not a web address"),
        ({"url": "ftp://example.com/a"}, "url is not a web address"),
        ({"url": f"https://example.com/{'x' * 2000}"}, "url is too long (2020"),
    ],
)
def test_value_that_cannot_be_stored_rejects_the_row(
    values: dict[str, object], reason: str
) -> None:
    assert rejection(**values).startswith(reason)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-01T09:30:00Z", dt.datetime(2026, 5, 1, 9, 30, tzinfo=UTC)),
        ("2026-05-01T09:30:00+02:00", dt.datetime(2026, 5, 1, 7, 30, tzinfo=UTC)),
        # Local without an offset: Brussels, summer and winter.
        ("2026-05-01 09:30", dt.datetime(2026, 5, 1, 7, 30, tzinfo=UTC)),
        ("2026-05-01", dt.datetime(2026, 4, 30, 22, tzinfo=UTC)),
        (" 2026-01-01 ", dt.datetime(2025, 12, 31, 23, tzinfo=UTC)),
        # An hour that the clocks skip.
        ("2026-03-29T02:30", dt.datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_date_is_read(text: str | None, moment: dt.datetime | None) -> None:
    assert given(posted_at=text)["posted_at"] == moment


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("yesterday", "posted_at is not a date ('yesterday', expected one like 2026-"),
        ("01/05/2026", "posted_at is not a date"),
        ("2026-02-30", "posted_at is not a date"),
        ("2026-05-01T25:00", "posted_at is not a date"),
        ("2026-05-01T00:00+99:99", "posted_at is not a date"),
        ("\x1b[31m" + "x" * 100, "posted_at is not a date ('\\x1b[31mxxx"),
        ("0001-01-01", "posted_at is out of range ('0001-01-01')"),
        ("9999-12-31T23:59:59-12:00", "posted_at is out of range"),
        (1714550400, "posted_at is not a text (it is a number)"),
    ],
)
def test_bad_date_rejects_the_row(value: object, reason: str) -> None:
    assert rejection(posted_at=value).startswith(reason)


@pytest.mark.parametrize(
    ("value", "priority"),
    [(5, 5), ("-7", -7), (" 32767 ", 32767), (-32768, -32768), ("", 0), (None, 0)],
)
def test_priority_is_read(value: object, priority: int) -> None:
    assert given(priority=value)["priority"] == priority


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("high", "priority is not a whole number ('high')"),
        (1.5, "priority is not a whole number ('1.5')"),
        (float("inf"), "priority is not a whole number ('inf')"),
        (True, "priority is not a whole number ('True')"),
        ("--1", "priority is not a whole number ('--1')"),
        (32768, "priority is out of range (at most 32767, at least -32768)"),
        ("-32769", "priority is out of range"),
        ("9" * 9999, "priority is out of range"),
    ],
)
def test_bad_priority_rejects_the_row(value: object, reason: str) -> None:
    assert rejection(priority=value).startswith(reason)


def test_lines_are_put_on_one_line_and_trimmed() -> None:
    read = given(title=" Baker\r\n(m/f) ", company="\tAnn\u2028Co")

    assert (read["title"], read["company"]) == ("Baker (m/f)", "Ann Co")


def test_title_that_does_not_fit_is_shortened_and_kept_in_the_description() -> None:
    posting = fields(title="Baker " * 100, company="Ann")

    assert posting.shortened
    assert posting.values["title"] == f"{('Baker ' * 100)[:499].rstrip()}…"
    assert posting.values["description"] == (
        f"{('Baker ' * 100).strip()}\n\nBakes bread"
    )


def test_line_that_just_fits_stays() -> None:
    posting = fields(title="x" * 500, company="y" * 300, location="z" * 300)

    assert not posting.shortened
    assert posting.values["title"] == "x" * 500
    assert posting.values["description"] == "Bakes bread"


def test_company_and_location_are_shortened_too() -> None:
    read = given(company="y" * 301, location="z" * 301)

    assert (len(read["company"]), len(read["location"])) == (300, 300)
    assert read["description"].startswith(f"{'y' * 301}\n\n{'z' * 301}\n\n")


def test_field_that_is_left_out_is_not_given() -> None:
    assert "company" not in given()
    assert given(company=None)["company"] == ""


def test_number_is_taken_as_external_id() -> None:
    assert fields(external_id=12345678901234567890).external_id == (
        "12345678901234567890"
    )


def test_source_has_a_default() -> None:
    assert fields().source == fields(source=" ").source == "import"


def test_row_without_id_is_named_by_its_address() -> None:
    assert fields(url="https://example.com/1").external_id == "https://example.com/1"


def test_row_without_id_and_address_is_named_by_its_text() -> None:
    same, other = fields(), fields(title="Nurse")

    assert fields().external_id == same.external_id != other.external_id
    assert same.external_id.startswith("sha256:")


def test_address_too_long_for_an_id_is_named_by_its_digest() -> None:
    url = f"https://example.com/{'x' * 600}"

    assert fields(url=url).external_id == fields(url=url, title="b").external_id
    assert len(fields(url=url).external_id) < 100
