"""Lines of the log as JSON: whole, in UTC, with ids, and without secrets."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from typing import Any

import pytest

from jobsite.logs import JsonLine
from tests.builders import failed_posting, make_posting, start_batch
from tests.enrichment.running import run, use
from tests.installation import ROOT, environment
from tests.provider import Provider

KEY = "sk-a-key-that-nobody-may-read"


def lines_of(caplog: Any) -> list[dict[str, Any]]:
    formatter = JsonLine()
    return [json.loads(formatter.format(record)) for record in caplog.records]


@pytest.mark.django_db(transaction=True)
class TestIds:
    def test_lines_of_a_run_name_run_batch_and_posting(
        self, provider: Provider, settings: Any, caplog: Any
    ) -> None:
        use(provider, settings)
        posting = make_posting()
        with caplog.at_level(logging.INFO, "enrichment"):
            batch = run(start_batch(posting))

        told = {line["message"].split()[1]: line for line in lines_of(caplog)}
        assert told["Background"]["run"] == batch.run_id
        assert told["Background"]["batch"] == batch.pk
        assert told["Successfully"]["posting"] == posting.pk
        assert told["Successfully"]["batch"] == batch.pk

    def test_failure_has_its_kind(self, caplog: Any) -> None:
        posting = failed_posting()

        [line] = [line for line in lines_of(caplog) if "kind" in line]
        assert (line["level"], line["kind"]) == ("WARNING", "bad_output")
        assert line["posting"] == posting.pk


def test_traceback_is_one_line_and_has_no_secret(settings: Any) -> None:
    settings.OPENAI_API_KEY = KEY
    try:
        raise ValueError(f"refused: {KEY}\nsecond line")
    except ValueError:
        record = logging.LogRecord(
            "enrichment", logging.ERROR, __file__, 1, "it broke", (), sys.exc_info()
        )
    text = JsonLine().format(record)

    assert "\n" not in text
    assert KEY not in text
    assert "second line" in json.loads(text)["exc_info"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z", json.loads(text)["time"])


def test_every_line_of_a_process_is_json() -> None:
    code = (
        "import django, logging; django.setup();"
        "logging.getLogger('django.request').error('é\\nx');"
        "logging.getLogger('other').warning('y')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(
            DATABASE_URL="sqlite://",
            LOG_FORMAT="json",
            DJANGO_SETTINGS_MODULE="jobsite.settings",
        ),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["message"] for line in lines] == ["é\nx", "y"]
