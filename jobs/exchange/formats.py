"""Files of postings as the admin takes and gives them: CSV, TSV, JSON; to take, also others.

JSON is told by the shape of its objects, as `manage.py import_jobs` tells it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format
from tablib import Dataset

from enrichment.sheets import guarded, unguarded
from jobs.importing.csv_file import read_csv
from jobs.importing.files import READERS
from jobs.importing.rows import BrokenFileError, Row

# More is for `manage.py import_jobs`, which takes any file at the same memory.
MOST_ROWS = 5000


class PostingFile(Format):  # type: ignore[misc]
    """What django-import-export asks of a format; a row of a dataset is a `Row`."""

    title = ""
    extension = ""
    content_type = ""
    is_spreadsheet = False

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding  # the readers know their own

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def read(self, file: BinaryIO) -> Iterator[Row]:
        raise NotImplementedError

    def write(
        self, headers: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[str]:
        raise NotImplementedError

    def create_dataset(self, in_stream: bytes) -> Dataset:
        """
        Raises:
            ValidationError: the file is broken, or longer than a request should carry.
        """
        dataset = Dataset(headers=["row"])
        try:
            for row in self.read(io.BytesIO(in_stream)):
                if row.number > MOST_ROWS:
                    raise ValidationError(_too_many())
                dataset.append([self._plain(row)])
        except BrokenFileError as error:
            raise ValidationError(error.located(_("The file"))) from error
        return dataset

    def _plain(self, row: Row) -> Row:
        if not self.is_spreadsheet:
            return row
        values = {name: unguarded(value) for name, value in row.values.items()}
        return Row(number=row.number, line=row.line, values=values, problem=row.problem)


class Csv(PostingFile):
    title = "csv"
    extension = "csv"
    content_type = "text/csv; charset=utf-8"
    is_spreadsheet = True
    delimiter = ","

    def read(self, file: BinaryIO) -> Iterator[Row]:
        return read_csv(file)

    def write(
        self, headers: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[str]:
        line = io.StringIO()
        writer = csv.writer(line, delimiter=self.delimiter)
        yield "\ufeff"  # spreadsheets take UTF-8 for something else without it
        for cells in chain([headers], rows):
            writer.writerow([guarded(_one(cell)) for cell in cells])
            yield line.getvalue()
            line.seek(0)
            line.truncate()


class Tsv(Csv):
    title = "tsv"
    extension = "tsv"
    content_type = "text/tab-separated-values; charset=utf-8"
    delimiter = "\t"


class Json(PostingFile):
    title = "json"
    extension = "json"
    content_type = "application/json"

    def read(self, file: BinaryIO) -> Iterator[Row]:
        return READERS["json"](file)

    def write(
        self, headers: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[str]:
        before = "["
        for cells in rows:
            record = dict(zip(headers, cells, strict=True))
            yield before + json.dumps(record, ensure_ascii=False)
            before = ",\n"
        yield "[]\n" if before == "[" else "]\n"


class JsonLines(PostingFile):
    title = "jsonl"
    extension = "jsonl"
    content_type = "application/jsonl"

    def can_export(self) -> bool:
        return False

    def read(self, file: BinaryIO) -> Iterator[Row]:
        return READERS["jsonl"](file)


class Html(JsonLines):
    """A page with schema.org job postings."""

    title = "html"
    extension = "html"
    content_type = "text/html"

    def read(self, file: BinaryIO) -> Iterator[Row]:
        return READERS["html"](file)


ALL = [Csv, Tsv, Json, JsonLines, Html]


def _one(cell: Any) -> Any:
    """A list as one text."""
    return "; ".join(map(str, cell)) if isinstance(cell, list) else cell


def _too_many() -> str:
    return _(
        "The file has more than %(most)d rows. Import it on the server instead, "
        "with: manage.py import_jobs FILE"
    ) % {"most": MOST_ROWS}
