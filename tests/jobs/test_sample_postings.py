"""The sample postings that the project ships: whole, its own, and special where it says so."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

import jobs
from jobs.importing.fields import FIELDS
from jobs.models import JobPosting

FILE = Path(jobs.__file__).parent / "data" / "sample_postings.jsonl"
REPOSTS = {
    "warehouse-associate-venlo-repost": "warehouse-associate-venlo",
    "orderpicker-avond-tilburg-herplaatst": "orderpicker-avond-tilburg",
}


def samples() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.django_db
def test_all_come_in_without_a_word() -> None:
    stdout, stderr = StringIO(), StringIO()

    call_command("import_jobs", str(FILE), stdout=stdout, stderr=stderr)

    assert stdout.getvalue() == "60 created, 0 updated, 0 unchanged, 0 rejected\n"
    assert stderr.getvalue() == ""


@pytest.mark.django_db
def test_html_sample_becomes_text_and_reposts_share_their_text() -> None:
    call_command("import_jobs", str(FILE), stdout=StringIO())
    by_id = JobPosting.objects.in_bulk(field_name="pk").values()
    stored = {posting.external_id: posting for posting in by_id}

    html = stored["data-engineer-utrecht-html"]
    assert "<" in html.description_html
    assert not re.search(r"</?[a-z]+>|&[a-z]+;", html.description)
    assert [p.external_id for p in by_id if p.description_html] == [html.external_id]
    for copy, original in REPOSTS.items():
        assert stored[copy].content_hash == stored[original].content_hash


def test_every_field_but_the_priority_is_given_in_order_of_date() -> None:
    rows = samples()

    assert {tuple(row) for row in rows} == {FIELDS[:-1]}
    assert [r["posted_at"] for r in rows] == sorted(r["posted_at"] for r in rows)
    assert len({row["external_id"] for row in rows}) == len(rows)


def test_all_addresses_are_on_example_com() -> None:
    text = FILE.read_text("utf-8")
    hosts = {
        urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"<>)\\]+", text)
    }
    mail = set(re.findall(r"@([\w.-]*\w)", text))

    assert all(host and f".{host}".endswith(".example.com") for host in hosts)
    assert all(f".{host}".endswith(".example.com") for host in mail)


def test_special_ones_are_as_the_readme_says() -> None:
    lengths = {row["external_id"]: len(row["description"]) for row in samples()}

    assert 25_000 < lengths["senior-adviseur-vaartdrecht-lang"] < 35_000
    assert min(lengths, key=lambda name: lengths[name]) == "lasser-beringen-kort"
    assert "junior-frontend-developer-instructions" in lengths
