"""What is made of several pytests at once: how each went, also one that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.side_by_side import Part, end_all, finished, verdict

pytestmark = pytest.mark.any_database


class Program(Part):
    """A part that runs some Python in pytest's place."""

    def __init__(self, code: str, directory: Path, kind: str = "other") -> None:
        super().__init__("sqlite", kind, "sqlite://", directory, live=False)
        self.python = code

    def start(self, arguments: object = ()) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", self.python])

    def wait(self) -> int:
        assert self._process is not None
        self._process.wait()
        assert self.code is not None
        return self.code


def line(*codes: int, forgiven: int | None = 5) -> tuple[int, str]:
    return verdict(codes, [], seconds=3, forgiven=forgiven)


def test_killed_part_has_failed(tmp_path: Path) -> None:
    part = Program("import os; os.kill(os.getpid(), 9)", tmp_path)
    part.start()

    assert line(0, part.wait()) == (
        137,
        "FAILED (pytest's exit code 137) in 3 s of work",
    )


def test_part_without_tests_is_forgiven_where_another_has_some() -> None:
    assert line(5, 0) == line(0, 0) == line(5, 5) == (0, "passed in 3 s of work")
    assert line(5, 1)[0] == 1
    assert line(5, 5, forgiven=None)[0] == 5


def test_next_of_a_lane_starts_when_the_one_before_ends(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write = f"open({str(log)!r}, 'a').write(%r)"
    lanes = [
        [Program(write % "a", tmp_path), Program(write % "b", tmp_path)],
        [Program("raise SystemExit(3)", tmp_path)],
    ]

    ended = [part for part, _seconds in finished(lanes, {"sqlite": ""}, [])]

    assert log.read_text() == "ab"
    assert len(ended) == 3
    assert sorted(part.code or 0 for part in ended) == [0, 0, 3]


def test_all_parts_are_told_to_end_before_any_is_waited_for(tmp_path: Path) -> None:
    code = (
        "import pathlib, time\n"
        "place = pathlib.Path(%r)\n"
        "try:\n"
        "    place.with_suffix('.up').touch()\n"
        "    time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    time.sleep(0.5)\n"
        "    place.touch()\n"
    )
    places = [tmp_path / "one", tmp_path / "two"]
    parts = [Program(code % str(place), tmp_path) for place in places]
    for part in parts:
        part.start()
    while not all(place.with_suffix(".up").exists() for place in places):
        time.sleep(0.05)

    end_all(parts, have_heard=False)

    assert all(place.exists() for place in places)
    assert [part.code for part in parts] == [0, 0]


def test_ctrl_c_is_not_sent_a_second_time(tmp_path: Path) -> None:
    up = tmp_path / "up"
    part = Program(
        "import pathlib, time\n"
        "try:\n"
        f"    pathlib.Path({str(up)!r}).touch()\n"
        "    time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    time.sleep(1)\n",
        tmp_path,
    )
    part.start()
    while not up.exists():
        time.sleep(0.05)
    assert part._process is not None

    os.kill(part._process.pid, signal.SIGINT)
    end_all([part], have_heard=True)

    assert part.code == 0
