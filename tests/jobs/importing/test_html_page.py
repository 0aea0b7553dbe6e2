"""Job postings in HTML pages, as scripts with JSON-LD."""

from __future__ import annotations

import json
import time
from functools import partial

import pytest

from jobs.importing import html_page
from tests.jobs import importing

TYPE = 'type="application/ld+json"'
JOB = '{"@type": "JobPosting", "title": "Baker", "description": "Bakes", "url": "/b"}'
read = partial(importing.read, html_page.read_html)
refusal = partial(importing.refusal, html_page.read_html)


def page(*scripts: str, head: str = "") -> str:
    tags = "\n".join(f"<script {TYPE}>{script}</script>" for script in scripts)
    return f"<!doctype html>\n<head>{head}</head>\n<body>\n{tags}\n</body>"


@pytest.mark.parametrize(
    "script",
    [
        JOB,
        f"\n<!--\n{JOB}\n-->\n",
        f"//<![CDATA[\n{JOB}\n//]]>",
        JOB.replace('"', "&quot;"),
        JOB.replace("Bakes", "Bakes\nbread"),
        f"[{JOB}]",
        f"{JOB};",
    ],
)
def test_posting_is_found_however_the_script_is_wrapped(script: str) -> None:
    (row,) = read(page(script))

    assert row.values["title"] == "Baker"


@pytest.mark.parametrize(
    "tag",
    [
        "<SCRIPT TYPE='application/ld+json'>",
        "<script id=x type=application/ld+json>",
        '<script type="application/ld+json; charset=utf-8" data-a="b">',
    ],
)
def test_script_is_told_by_its_type(tag: str) -> None:
    assert len(read(f"<p>{tag}{JOB}</SCRIPT>")) == 1


def test_scripts_of_a_page_are_counted_together() -> None:
    rows = read(page('{"@type": "WebSite"}', JOB, "{oops", JOB))

    assert [(row.number, row.line) for row in rows] == [(1, 4), (2, 5), (3, 6), (4, 7)]
    assert [row.skipped for row in rows] == ["of type WebSite", "", "", ""]
    assert str(rows[2].problem).startswith("a script with JSON-LD can't be read (not ")


def test_addresses_are_meant_from_the_page() -> None:
    head = '<link rel="canonical" href="https://bread.example/jobs/?a=1&amp;b=2">'
    (row,) = read(page(JOB, head=head))

    assert row.values["url"] == "https://bread.example/b"
    assert row.values["source"] == "schema.org/bread.example"


def test_jobs_without_an_address_are_not_taken_for_one() -> None:
    head = '<meta property="og:url" content="https://bread.example/">'
    one, other = (
        json.dumps({"@type": "JobPosting", "title": title, "description": "x"})
        for title in ("Baker", "Cook")
    )

    assert [row.values["url"] for row in read(page(one, head=head))] == [
        "https://bread.example/"
    ]
    assert [row.values["url"] for row in read(page(one, other, head=head))] == ["", ""]


def test_page_in_a_western_character_set_is_read() -> None:
    head = '<meta charset="iso-8859-1">'
    text = page(JOB.replace("Bakes", "Café €"), head=head)

    (row,) = read(text.encode("cp1252"))
    assert row.values["description"] == "Café €"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "F:1: the file is empty"),
        ("<p>x", "F: no JobPosting in this page; it has no script with JSON-LD"),
        (
            page('{"@type": "WebSite"}', '[{"@type": "Organization"}]'),
            "F: no JobPosting in this page; its JSON-LD has: WebSite, Organization",
        ),
        (
            page('{"@type":\n"JobPosting",}'),
            "F:5: a script with JSON-LD can't be read (not valid JSON: ",
        ),
        (f"<!-- {page(JOB)} -->", "F: no JobPosting in this page"),
        (page("[" * 100_000), "F:4: a script with JSON-LD can't be read (nested too "),
        (page(JOB.replace("Bakes", "\0")), "F:4: a NUL byte"),
        (page(JOB).encode("utf-16"), "F:1:1: the file is UTF-16"),
        (b"caf\xe9", "F:1: not UTF-8"),
    ],
)
def test_page_without_a_posting_is_refused(text: str | bytes, why: str) -> None:
    assert refusal(text).startswith(why)


def test_endless_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MAX_PAGE_BYTES", 2_000_000)

    assert refusal("x" * 2_000_001) == "F: a page of over 2 MB"


@pytest.mark.parametrize(
    "piece", ["<script ", f"<script {TYPE}>", "<!--", "<link a=b "]
)
def test_broken_pages_take_no_longer(piece: str) -> None:
    started = time.perf_counter()
    refusal(piece * (1_000_000 // len(piece)))

    assert time.perf_counter() - started < 10
