"""XLSX by XlsxWriter, row by row: a workbook's index stands at its end, so it needs a file.

No text becomes a formula, a link or a number; ours are texts and numbers already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jobs.exporting import flat
from jobs.exporting.walking import Pages

EXTENSION = "xlsx"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of a sheet, below its header; Excel's own.
MOST_ROWS = 1_048_575
# Built before a byte is sent, which a proxy waits for a minute long.
MOST_ROWS_SENT = 50_000
MOST_CHARS = 32_767
PIECE = 256 * 1024
OPTIONS = {
    # Memory holds one row.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(pages: Pages, file: BinaryIO) -> None:
    with Workbook(file, OPTIONS) as workbook:
        sheet = workbook.add_worksheet("Jobs")
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        for place, name in enumerate(flat.COLUMNS):
            sheet.write_string(0, place, name, bold)
        number = 0
        for page in pages:
            for posting in page:
                number += 1
                _write_row(sheet, number, flat.cells(posting))


def _write_row(sheet: Worksheet, number: int, cells: list[flat.Cell]) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, place, _fitting(cell))
        elif cell is not None:
            sheet.write_number(number, place, cell)


def _fitting(text: str) -> str:
    """What a cell holds; the length counts as Excel does, in units of UTF-16."""
    if len(text) <= MOST_CHARS // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_CHARS:
        return text
    return units[: 2 * (MOST_CHARS - 1)].decode("utf-16-le", "ignore") + "…"


class Pieces(Iterator[bytes]):
    """All of a file, which is closed after it, or by whoever stops reading."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)

    def __next__(self) -> bytes:
        if piece := self._file.read(PIECE):
            return piece
        self.close()
        raise StopIteration

    def close(self) -> None:
        self._file.close()
