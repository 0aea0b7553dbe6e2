"""An HTML page with job postings in it, as JSON-LD in script elements.

Each character is looked at a bounded number of times, whatever a page holds; scripts in
comments are none.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from jobs.importing import odd_json, schema_org, shapes
from jobs.importing.json_values import plain_reason
from jobs.importing.rows import (
    MAX_ROW_BYTES,
    MAX_ROW_TEXT,
    BrokenFileError,
    Reason,
    Row,
)
from jobs.importing.text import not_utf8, nul_byte, without_mark

MAX_PAGE_BYTES = 20_000_000
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""")
# As browsers take them: pages that declare the first two are in the third.
_WESTERN = {"iso-8859-1", "latin1", "windows-1252", "cp1252"}
_TAG = re.compile(
    r"<!--|<(?P<name>script|base|link|meta)\b(?P<rest>[^<>]{0,4000})>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
_END = re.compile("</script", re.IGNORECASE)
# What hid a script from the browsers of long ago, or from XML.
_BEFORE = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_AFTER = ("-->", "//]]>", "/*]]>*/", "]]>", ";")
# Pages break lines within their texts.
_JSON = json.JSONDecoder(strict=False)


class _Page:
    """What a page has of interest: its own address, and its scripts with their lines."""

    def __init__(self, text: str) -> None:
        self.address = ""
        self.scripts: list[tuple[int, str]] = []
        self._read(text)

    def _read(self, text: str) -> None:
        position, line, counted = 0, 1, 0
        while tag := _TAG.search(text, position):
            position = tag.end()
            if tag["name"] is None:
                position = text.find("-->", position) + 3
                if position < 3:
                    return
                continue
            attributes = _attributes(tag["rest"])
            if tag["name"].lower() != "script":
                self._note_address(tag["name"].lower(), attributes)
                continue
            end = _END.search(text, position)
            if end is None:
                return
            if attributes.get("type", "").partition(";")[0].strip().lower() == (
                "application/ld+json"
            ):
                line += text.count("\n", counted, position)
                counted = position
                self.scripts.append((line, text[position : end.start()]))
            position = end.end()

    def _note_address(self, name: str, attributes: dict[str, str]) -> None:
        is_own = (
            (name == "link" and attributes.get("rel", "").lower() == "canonical")
            or name == "base"
            or (name == "meta" and attributes.get("property") == "og:url")
        )
        found = attributes.get("href") or attributes.get("content") or ""
        if is_own and not self.address:
            self.address = odd_json.address(found)


def read_html(file: BinaryIO) -> Iterator[Row]:
    """Each job posting of the page.

    Raises:
        BrokenFileError: the page is no text, or has no job posting in it.
    """
    page = _Page(_text(file))
    found = list(shapes.rows(_with_own_addresses(list(_rows(page)), page.address)))
    if all(row.given is None for row in found):
        raise _without_posting(page, found)
    yield from found


def _rows(page: _Page) -> Iterator[Row]:
    for line, script in page.scripts:
        start, bare = _bare(script)
        try:
            value = _value(bare)
        except (ValueError, RecursionError) as error:
            reason, position = plain_reason(error)
            at = line + script.count("\n", 0, start + (position or 0))
            problem = Reason(
                summary="a script with JSON-LD can't be read", detail=reason
            )
            yield Row(number=0, line=at, values={}, problem=problem)
            continue
        for job in schema_org.jobs(value, page=page.address):
            yield shapes.job_row(job, line=line)


def _with_own_addresses(rows: list[Row], page: str) -> Iterator[Row]:
    """Several jobs of one page can't be told apart by the page's address."""
    are_several = sum(row.values.get("url") == page for row in rows) > 1
    for row in rows:
        if are_several and row.values.get("url") == page:
            yield replace(row, values={**row.values, "url": ""})
        else:
            yield row


def _bare(script: str) -> tuple[int, str]:
    """The JSON, and where in the script it starts."""
    bare = script.strip()
    for mark in _BEFORE:
        bare = bare.removeprefix(mark).lstrip()
    start = len(script.rstrip()) - len(bare)
    for mark in _AFTER:
        bare = bare.removesuffix(mark).rstrip()
    return start, bare


def _value(bare: str) -> object:
    if len(bare) > MAX_ROW_BYTES:
        raise ValueError(f"not valid JSON: over {MAX_ROW_TEXT}")
    try:
        return _JSON.decode(bare)
    except json.JSONDecodeError:
        if "&quot;" not in bare:
            raise
        return _JSON.decode(html.unescape(bare))


def _without_posting(page: _Page, found: list[Row]) -> BrokenFileError:
    for row in found:
        if row.problem:
            return BrokenFileError(str(row.problem), line=row.line)
    kinds = Counter(row.skipped.removeprefix("of type ") for row in found)
    if kinds:
        named = ", ".join(kind for kind, _count in kinds.most_common(10))
        return BrokenFileError(f"no JobPosting in this page; its JSON-LD has: {named}")
    more = "" if page.scripts else "; it has no script with JSON-LD"
    return BrokenFileError(f"no JobPosting in this page{more}")


def _text(file: BinaryIO) -> str:
    raw = file.read(MAX_PAGE_BYTES + 1)
    if len(raw) > MAX_PAGE_BYTES:
        raise BrokenFileError(f"a page of over {MAX_PAGE_BYTES // 1_000_000} MB")
    raw = without_mark(raw)
    if not raw.strip():
        raise BrokenFileError("the file is empty", line=1)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(raw[:4096])
        name = declared[1].decode().lower() if declared else ""
        if name not in _WESTERN:
            line = raw.count(b"\n", 0, error.start) + 1
            raise BrokenFileError(not_utf8(error), line=line) from error
        text = raw.decode("cp1252", "replace")
    if "\0" in text:
        raise BrokenFileError(
            nul_byte(), line=text.count("\n", 0, text.index("\0")) + 1
        )
    return text


def _attributes(rest: str) -> dict[str, str]:
    """The first of each name, which is the one that counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), html.unescape("".join(values)))
    return found
