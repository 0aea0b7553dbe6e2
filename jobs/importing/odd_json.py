"""Values of other people's JSON, where a text may be a list of one, or an object with a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from jobs.importing.html_text import has_entities, read_description, unescape

# Of one value: more is no name of anything, and no list of places.
LONGEST, MOST = 300, 20
# Texts escaped more often than this are meant so.
ESCAPED = 3
_check_url = URLValidator(schemes=["http", "https"])


def text(value: object) -> str:
    """A text as it is; of a number its digits, of a list its first, of an object its name."""
    for _level in range(4):
        if isinstance(value, list):
            value = next((one for one in value if one not in (None, "")), None)
        elif isinstance(value, dict):
            value = value.get("@value", value.get("name"))
        else:
            break
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)[:LONGEST]
    return value if isinstance(value, str) else ""


def line(value: object) -> str:
    """A text of one line, without markup, whatever was escaped and how often."""
    found = text(value)
    if not found:
        return ""
    for _time in range(ESCAPED):
        if not has_entities(found):
            break
        found = unescape(found)
    if "<" in found:
        found = read_description(found).text
    return " ".join(found.split())


def short(value: object) -> str:
    """A line that can be kept beside a posting: any database takes it."""
    found = line(value).replace("\0", " ").encode("utf-8", "replace").decode()
    return found if len(found) <= LONGEST else f"{found[: LONGEST - 1].rstrip()}…"


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Of a list, or of the one that stands in its place."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if one not in (None, "", [], {})][:MOST]


def shorts(value: object) -> list[str]:
    """Several of a kind, each once."""
    found = (short(one) for one in items(value))
    return list(dict.fromkeys(one for one in found if one))


def address(value: object, *, base: str = "") -> str:
    """A web address, of a page's own place where it is relative; empty where it is none."""
    found = text(value).strip()
    if found.startswith("//"):
        found = f"https:{found}"
    try:
        found = urljoin(base, found) if base and found else found
        _check_url(found)
    except (ValidationError, ValueError):
        return ""
    return found


def from_milliseconds(value: object) -> str:
    """A moment; empty where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    try:
        return dt.datetime.fromtimestamp(value / 1000, dt.UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""


def path_parts(url: str, *hosts: str) -> Iterator[str]:
    """Of an address at one of these hosts, or below them."""
    host, _slash, path = url.partition("://")[2].partition("/")
    if any(host == one or host.endswith(f".{one}") for one in hosts):
        yield from (part for part in path.partition("?")[0].split("/") if part)
