"""The workbook, opened again as the ZIP of XML that it is."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from jobs.exporting import flat, walking, workbook
from jobs.filters import Filters
from tests.jobs.exporting.known import known_posting

pytestmark = pytest.mark.django_db
NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULA = '=HYPERLINK("https://evil.example")'


def sheet() -> Any:
    file = io.BytesIO()
    workbook.write(walking.pages(Filters()), file)
    with ZipFile(file) as parts:
        assert parts.testzip() is None
        return ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))


def cells(row: Any) -> dict[str, Any]:
    """By their columns; numbers are numbers."""
    found: dict[str, Any] = {}
    for cell in row.findall("x:c", NAMES):
        text = cell.find("x:is/x:t", NAMES)
        letters = cell.get("r").rstrip("0123456789")
        number = sum(26**n * (ord(c) - 64) for n, c in enumerate(reversed(letters)))
        value = float(cell.find("x:v", NAMES).text) if text is None else text.text
        found[flat.COLUMNS[number - 1]] = value
    return found


def test_header_then_a_row_for_each_posting() -> None:
    posting = known_posting(title="Bäcker \U0001f35e")

    header, row = sheet().findall(".//x:row", NAMES)

    assert tuple(cells(header).values()) == flat.COLUMNS
    assert cells(row)["id"] == posting.pk
    assert cells(row)["title"] == "Bäcker \U0001f35e"
    assert cells(row)["salary_max"] == 3000.5


def test_texts_stay_texts() -> None:
    known_posting(title=FORMULA, company="https://jobs.example", location="12")

    root = sheet()

    row = cells(root.findall(".//x:row", NAMES)[1])
    assert row["title"] == f"'{FORMULA}"
    assert (row["company"], row["location"]) == ("https://jobs.example", "12")
    assert root.findall(".//x:f", NAMES) == []
    assert root.findall(".//x:hyperlink", NAMES) == []


def test_long_text_ends_in_a_mark_and_is_not_lost() -> None:
    known_posting(description="a" + "\U0001f35e" * 40_000)

    text = cells(sheet().findall(".//x:row", NAMES)[1])["description"]

    assert text.endswith("\U0001f35e…")
    assert len(text.encode("utf-16-le")) // 2 <= workbook.MOST_CHARS


def test_control_characters_leave_it_readable() -> None:
    known_posting(description="bell \x07 here")

    assert "bell" in cells(sheet().findall(".//x:row", NAMES)[1])["description"]
