"""Pages of postings as bytes, in each of the formats that can be sent while they are read."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import Error as DatabaseError

from jobs.exporting import flat
from jobs.exporting.jsonld import job_posting
from jobs.exporting.records import record
from jobs.exporting.walking import Pages

logger = logging.getLogger(__name__)

# Written where an export breaks off: no reader of JSON takes it for a line of the file.
BROKEN = (
    "INCOMPLETE: the database failed, and the postings after this line are missing."
)


@dataclass(frozen=True, kw_only=True)
class Format:
    extension: str
    content_type: str
    write: Callable[[Pages], Iterator[bytes]]


def chunks(written: Format, pages: Pages) -> Iterator[bytes]:
    """The file, in pieces. Where the database fails in between, it ends in a line that says
    so, and the error goes on, which breaks the connection off: see both or either, this is
    never a file that looks whole.
    """
    try:
        yield from written.write(pages)
    except DatabaseError:
        logger.warning("An export broke off: %s", BROKEN)
        yield f"\n{BROKEN}\n".encode()
        raise


def _jsonl(pages: Pages) -> Iterator[bytes]:
    for page in pages:
        yield "".join(f"{_json(record(posting))}\n" for posting in page).encode()


def _csv(pages: Pages) -> Iterator[bytes]:
    """With the mark without which spreadsheets take UTF-8 for something else."""
    yield f"\ufeff{_lines([flat.COLUMNS])}".encode()
    for page in pages:
        yield _lines([flat.cells(posting) for posting in page]).encode()


def _jsonld(pages: Pages) -> Iterator[bytes]:
    """A list with one JobPosting a line."""
    before = "[\n"
    for page in pages:
        lines = ",\n".join(_json(job_posting(posting)) for posting in page)
        yield f"{before}{lines}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(rows: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


JSONL = Format(extension="jsonl", content_type="application/jsonl", write=_jsonl)
CSV = Format(extension="csv", content_type="text/csv; charset=utf-8", write=_csv)
JSONLD = Format(extension="jsonld", content_type="application/ld+json", write=_jsonld)
STREAMED = {one.extension: one for one in (JSONL, CSV, JSONLD)}
