"""`import_jobs` as real processes: side by side, interrupted, on a terminal, by a pipe."""

from __future__ import annotations

import json
import os
import pty
import random
import signal
import subprocess
import sys
import termios
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.installation import ROOT, Installation

pytestmark = pytest.mark.acceptance
COMMAND = [sys.executable, "manage.py", "import_jobs"]
POSTINGS = "select count(*) from jobs_jobposting"
ENRICHMENTS = "select count(*) from enrichment_enrichment"


def lines(count: int, *, title: str = "Baker") -> list[str]:
    return [
        json.dumps({"external_id": f"{n}", "title": title, "description": f"Text {n}"})
        for n in range(count)
    ]


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows))
    return path


def side_by_side(site: Installation, *files: Path) -> list[list[int]]:
    """The four counts of each import; all of them run at the same time."""
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [*COMMAND, str(file)],
                    cwd=ROOT,
                    env=site.env,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for file in files
        ]
        outputs = [process.communicate(timeout=180) for process in running]
    assert [process.returncode for process in running] == [0] * len(files), outputs
    return [[int(word.split()[0]) for word in out.split(", ")] for out, _err in outputs]


def test_same_file_twice_at_once_makes_no_duplicates(
    installation: Installation, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.jsonl", lines(3000))

    first, second = side_by_side(installation, path, path)

    assert installation.value(POSTINGS) == installation.value(ENRICHMENTS) == 3000
    assert first[0] + second[0] == 3000
    assert [sum(first), sum(second)] == [3000, 3000]
    assert first[1] == second[1] == first[3] == second[3] == 0


def test_same_postings_in_other_orders_all_come_in(
    installation: Installation, tmp_path: Path
) -> None:
    files = []
    for title in ("Chef", "Cook", "Pilot", "Nurse"):
        rows = lines(3000, title=title)
        random.Random(title).shuffle(rows)
        files.append(write(tmp_path / f"{title}.jsonl", rows))

    new = side_by_side(installation, *files)
    again = side_by_side(installation, *files)

    assert installation.value(POSTINGS) == installation.value(ENRICHMENTS) == 3000
    assert sum(created for created, *_others in new) == 3000
    assert [sum(counts) for counts in new + again] == [3000] * 8
    assert all(created == rejected == 0 for created, _, _, rejected in again)


def test_posting_that_somebody_else_is_saving_is_updated_after(
    installation: Installation, tmp_path: Path
) -> None:
    if not installation.template.is_postgres:
        pytest.skip("SQLite's writers are one at a time")
    path = write(tmp_path / "a.jsonl", lines(2, title="Chef"))
    waiting = (
        "select count(*) from pg_stat_activity"
        " where wait_event_type = 'Lock' and datname = current_database()"
    )

    with psycopg.connect(installation.address) as other:
        other.execute(
            "insert into jobs_jobposting (source, external_id, title, company, location,"
            " description, description_html, url, priority, content_hash, created_at,"
            " updated_at) values ('import', '1', 'Baker', '', '', 'Text', '', '', 0, '',"
            " now(), now())"
        )
        importing = installation.start("import", *COMMAND, str(path))
        installation.wait_for(waiting, 1)
        other.commit()
    importing.process.wait(60)

    assert "1 created, 1 updated, 0 unchanged, 0 rejected" in importing.output
    titles = installation.rows("select title from jobs_jobposting")
    assert titles == [("Chef",), ("Chef",)]
    assert installation.value(ENRICHMENTS) == 2


def test_rows_come_in_by_a_pipe(installation: Installation) -> None:
    done = subprocess.run(
        [*COMMAND, "-", "--format", "jsonl"],
        cwd=ROOT,
        env=installation.env,
        input="\n".join(lines(3)),
        capture_output=True,
        text=True,
    )

    assert done.stdout == "3 created, 0 updated, 0 unchanged, 0 rejected\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_refused_file_is_an_exit_code(
    installation: Installation, tmp_path: Path
) -> None:
    good = write(tmp_path / "a.jsonl", lines(2))
    bad = write(tmp_path / "b.jsonl", [*lines(2), "{"])

    done = installation.manage("import_jobs", bad, good, check=False)

    assert done.last_line == "2 created, 0 updated, 0 unchanged, 0 rejected"
    assert done.returncode == 1
    assert f"{bad}:3:2: not valid JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_interrupt_is_told_in_a_line(installation: Installation) -> None:
    process = subprocess.Popen(
        [*COMMAND, "-", "--format", "jsonl"],
        cwd=ROOT,
        env=installation.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    # More than a pipe holds: once it is written, the command is reading it.
    process.stdin.write("\n" * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)

    assert stdout == "0 created, 0 updated, 0 unchanged, 0 rejected\n"
    assert stderr == (
        "CommandError: standard input: interrupted. Nothing of it was imported.\n"
    )
    assert process.returncode == 130


def test_database_that_refuses_is_told_in_a_line(
    installation: Installation, tmp_path: Path
) -> None:
    installation.rows("alter table jobs_jobposting rename to gone")

    done = installation.manage(
        "import_jobs", write(tmp_path / "a.jsonl", lines(2)), check=False
    )

    assert done.last_line == "0 created, 0 updated, 0 unchanged, 0 rejected"
    assert "a.jsonl: the database refused: " in done.stderr
    assert done.stderr.endswith("Nothing of it was imported.\n")
    assert "Traceback" not in done.stderr


def test_bar_stays_on_one_line_of_the_terminal(
    installation: Installation, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.jsonl", lines(2000))
    terminal, stderr = pty.openpty()
    termios.tcsetwinsize(stderr, (24, 80))
    os.set_blocking(terminal, False)

    subprocess.run(
        [*COMMAND, str(path)],
        cwd=ROOT,
        env=installation.env,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        check=True,
    )

    shown = os.read(terminal, 60_000).decode()
    os.close(stderr)
    os.close(terminal)
    assert "checking:" in shown
    assert "importing:" in shown
    assert "\n" not in shown
