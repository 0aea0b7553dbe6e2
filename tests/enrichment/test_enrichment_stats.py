"""`manage.py enrichment_stats`: its last line is JSON, exactly so."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from enrichment import tally
from enrichment.llm.errors import ErrorKind
from enrichment.models import TallyEntry, Worker
from tests.builders import (
    enriched_posting,
    failed_posting,
    make_posting,
    make_postings,
    running_batch,
    start_batch,
)

pytestmark = pytest.mark.django_db


def stats(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("enrichment_stats", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_last_line_has_exactly_these_keys_in_this_order() -> None:
    enriched_posting()
    for kind in (ErrorKind.TIMEOUT, ErrorKind.RATE_LIMITED, ErrorKind.RATE_LIMITED):
        failed_posting(kind=kind)
    start_batch(make_posting())
    running_batch(make_posting())
    make_postings(2)

    assert stats()[-1] == (
        '{"total": 8, "enriched": 1, "pending": 2, "queued": 1, "running": 1, '
        '"failed": 3, "percent": 12.5, "errors": {"rate_limited": 2, "timeout": 1}}'
    )


def test_empty_database_has_zeroes() -> None:
    assert json.loads(stats()[-1]) == {
        "total": 0,
        "enriched": 0,
        "pending": 0,
        "queued": 0,
        "running": 0,
        "failed": 0,
        "percent": 0.0,
        "errors": {},
    }


def test_json_prints_that_line_alone() -> None:
    make_posting()

    assert stats("--json") == [stats()[-1]]


def test_people_read_each_state_and_error() -> None:
    failed_posting(kind=ErrorKind.NO_TEXT, description="")

    text = "\n".join(stats())

    assert "failed:             1" in text
    assert "no text:" in text


def test_recount_tells_on_stderr_and_leaves_the_last_line_alone(capsys) -> None:
    make_posting()

    assert json.loads(stats("--recount", "--json")[-1])["pending"] == 1
    told = capsys.readouterr().err
    assert ("The tally is right." if tally.is_kept() else "nothing to mend") in told


@pytest.mark.skipif(not tally.is_kept(), reason="SQLite counts the rows")
def test_recount_tells_what_it_mended(capsys) -> None:
    failed_posting(kind=ErrorKind.TIMEOUT)
    TallyEntry.objects.filter(status="failed").delete()
    assert json.loads(stats("--json")[-1])["failed"] == 0

    assert json.loads(stats("--recount")[-1])["failed"] == 1
    assert (
        "The tally had 1 too few failed (timeout); mended." in capsys.readouterr().err
    )


def test_queued_work_without_a_worker_is_told() -> None:
    start_batch(make_posting())
    assert "no worker is running" in "\n".join(stats())

    Worker.objects.create(name="host:1", seen_at=Now())
    assert "no worker is running" not in "\n".join(stats())
