"""One row's values to a posting's fields, or why the row is rejected."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import CharField
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from jobs.importing.html_text import read_description
from jobs.importing.json_values import type_name
from jobs.importing.repair import repaired
from jobs.importing.rows import Given, Reason
from jobs.models import JobPosting

FIELDS = (
    *("source", "external_id", "title", "company", "location", "description"),
    *("url", "posted_at", "priority"),
)
DEFAULT_SOURCE = "import"
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)
PRIORITIES = range(-32768, 32768)

_max_length = {
    field.name: field.max_length
    for field in JobPosting._meta.concrete_fields
    if isinstance(field, CharField) and field.max_length
}
_check_url = URLValidator(schemes=["http", "https"])

Values = Mapping[str, object]


class RowRejectedError(Exception):
    """This row can't become a posting; the others of its file can."""

    def __init__(self, summary: str, detail: str = "") -> None:
        self.reason = Reason(summary=summary, detail=detail)
        super().__init__(str(self.reason))


@dataclass(frozen=True, kw_only=True, slots=True)
class PostingFields:
    """What a row says about the posting that (`source`, `external_id`) names.

    `values` holds only the fields that the row has: those that it leaves out keep what is
    stored. `shortened`: a title, company or location didn't fit, and stands in full above
    the description.
    """

    source: str
    external_id: str
    values: dict[str, Any]
    shortened: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.source, self.external_id

    @property
    def size(self) -> int:
        """Characters that it holds in memory, roughly."""
        return sum(len(value) for value in self.values.values() if type(value) is str)


def read_fields(values: Values, *, given: Given | None = None) -> PostingFields:
    """The fields of one row.

    Args:
        given: the employer's own facts, where the row's format has such.

    Raises:
        RowRejectedError: no title, no description, or a value that can't be stored.
    """
    came = {name: _line(values, name) for name in ("title", "company", "location")}
    lines = {name: repaired(line) for name, line in came.items()}
    raw = _text(values, "description").strip()
    description = read_description(raw)
    if not lines["title"]:
        raise RowRejectedError("no title")
    if not description.text:
        only = "it is markup without text" if raw else ""
        raise RowRejectedError("no description", only)
    url = _url(values)
    too_long = [line for name, line in lines.items() if len(line) > _max_length[name]]
    found: dict[str, Any] = {
        **{n: _shortened(line, n) for n, line in lines.items() if n in values},
        "description": "\n\n".join([*too_long, description.text]),
        "description_html": description.html,
    }
    if "url" in values:
        found["url"] = url
    if "posted_at" in values:
        found["posted_at"] = _posted_at(values)
    if "priority" in values:
        found["priority"] = _priority(values)
    if given is not None:
        found["given"] = given.stored
    return PostingFields(
        source=_fitting(values, "source") or DEFAULT_SOURCE,
        external_id=_external_id(values) or _own_id(url, raw, came),
        values=found,
        shortened=bool(too_long),
    )


def _own_id(url: str, raw_description: str, lines: dict[str, str]) -> str:
    """A name for a row that brings none: the same row has the same one every time.

    From the description as it came, so that a better conversion of HTML makes no copies.
    """
    if url and len(url) <= _max_length["external_id"]:
        return url
    parts = url or "\0".join([*lines.values(), raw_description])
    return f"sha256:{hashlib.sha256(parts.encode()).hexdigest()}"


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowRejectedError(f"{name} is not a text", f"it is {type_name(value)}")
    if "\0" in value:
        raise RowRejectedError(f"NUL character in {name}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise RowRejectedError(f"half a character (surrogate) in {name}") from error
    return value


def _line(values: Values, name: str) -> str:
    """A text of one line."""
    return " ".join(_text(values, name).strip().splitlines())


def _shortened(line: str, name: str) -> str:
    """As much of it as its column takes, for what people read."""
    limit = _max_length[name]
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _fitting(values: Values, name: str) -> str:
    """A line that fits its column: one that names something can't be shortened."""
    line = _line(values, name)
    limit = _max_length[name]
    if len(line) > limit:
        detail = f"{len(line)} characters, at most {limit}"
        raise RowRejectedError(f"{name} is too long", detail)
    return line


def _external_id(values: Values) -> str:
    value = values.get("external_id")
    if isinstance(value, int) and not isinstance(value, bool):
        return _fitting({"external_id": str(value)}, "external_id")
    return _fitting(values, "external_id")


def _url(values: Values) -> str:
    url = _fitting(values, "url")
    if url:
        try:
            _check_url(url)
        except ValidationError as error:
            raise RowRejectedError("url is not a web address", shown(url)) from error
    return url


def _posted_at(values: Values) -> dt.datetime | None:
    """A moment; a date is its midnight, and both are local without an offset."""
    text = _text(values, "posted_at").strip()
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        detail = f"{shown(text)}, expected one like 2026-05-01 or 2026-05-01T09:30:00Z"
        raise RowRejectedError("posted_at is not a date", detail)
    if not EARLIEST < moment.date() < LATEST:
        raise RowRejectedError("posted_at is out of range", shown(text))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(dt.UTC)


def _priority(values: Values) -> int:
    value = values.get("priority")
    text = "" if value is None else str(value).strip()
    if text and not text.removeprefix("-").isdecimal():
        raise RowRejectedError("priority is not a whole number", shown(text))
    # Python refuses to convert thousands of digits.
    number = int(text[:10] or 0)
    if number not in PRIORITIES:
        detail = f"at most {PRIORITIES[-1]}, at least {PRIORITIES[0]}"
        raise RowRejectedError("priority is out of range", detail)
    return number


def shown(text: str) -> str:
    """A short piece of a value, safe for a terminal."""
    piece = text if len(text) <= 60 else f"{text[:57]}..."
    return ascii(piece)
