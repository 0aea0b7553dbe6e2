"""Real children under the supervisor: started, watched, restarted, and ended whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jobsite.supervisor import Program, Supervisor
from tests.installation import ROOT
from tests.site_processes import session_members

pytestmark = pytest.mark.any_database

WAIT = 60.0


def program(code: str, *, name: str = "a", ready: Path | None = None) -> Program:
    return Program(
        name=name,
        command=[sys.executable, "-c", f"import os, signal, sys, time\n{code}"],
        env=os.environ,
        is_ready=ready.exists if ready else None,
    )


def writes_pid(path: Path) -> str:
    """In one step, so that a file that is there is whole."""
    return (
        f"with open({str(path)!r} + '.new', 'w') as f: f.write(str(os.getpid()))\n"
        f"os.replace({str(path)!r} + '.new', {str(path)!r})\n"
    )


def stop() -> None:
    """As Ctrl-C or a process manager does it."""
    signal.raise_signal(signal.SIGTERM)


def supervise(
    programs: Sequence[Program],
    *,
    until: Callable[[list[str]], bool] = lambda _said: False,
    on_ready: Callable[[], None] = lambda: None,
    grace_seconds: float = 20,
) -> list[str]:
    """What the supervisor said until it was stopped, or until that holds."""
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        if until(said):
            stop()

    Supervisor(programs, say=say, on_ready=on_ready, grace_seconds=grace_seconds).run()
    return said


def is_gone(session: int) -> bool:
    """Nobody is left in it; who was killed may take a moment to be buried."""
    deadline = time.monotonic() + 10
    while session_members(session):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def driver(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process that supervises, apart from this one."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE
    )


class TestSupervisor:
    def test_program_that_ends_is_started_again_after_a_growing_delay(self) -> None:
        said = supervise([program("sys.exit(3)")], until=lambda said: len(said) == 3)

        assert said == [
            f"a ended (exit code 3); starting it again in {seconds} s."
            for seconds in (1, 2, 4)
        ]

    def test_killed_program_comes_back(self, tmp_path: Path) -> None:
        pid, seen = tmp_path / "pid", set[int]()

        def kill_the_first() -> bool:
            if not pid.exists():
                return False
            number = int(pid.read_text())
            if not seen:
                os.kill(number, signal.SIGKILL)
            seen.add(number)
            return len(seen) == 2

        code = writes_pid(pid) + "time.sleep(600)"
        watched = Program(
            name="a", command=program(code).command, env=os.environ, is_ready=None
        )
        waiting = Program(
            name="b",
            command=program("time.sleep(600)").command,
            env=os.environ,
            is_ready=kill_the_first,
        )

        said = supervise([watched, waiting], on_ready=stop)

        assert said == ["a ended (killed by SIGKILL); starting it again in 1 s."]

    def test_next_program_starts_when_the_one_before_is_ready(
        self, tmp_path: Path
    ) -> None:
        ready, order = tmp_path / "ready", tmp_path / "order"
        first = (
            f"time.sleep(0.5); open({str(order)!r}, 'a').write('1')\n"
            f"open({str(ready)!r}, 'w').close(); time.sleep(600)"
        )
        second = f"open({str(order)!r}, 'a').write('2'); time.sleep(600)"
        programs = [
            program(first, ready=ready),
            Program(
                name="b",
                command=program(second).command,
                env=os.environ,
                is_ready=lambda: "2" in order.read_text(),
            ),
        ]

        supervise(programs, on_ready=stop)

        assert order.read_text() == "12"

    def test_lines_carry_the_name_and_the_last_needs_no_end(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        code = (
            "sys.stdout.write('hel'); sys.stdout.flush(); time.sleep(0.6)\n"
            "sys.stdout.write('lo\\nto the error stream\\r\\n'); sys.stdout.flush()\n"
            "sys.stderr.write('cut off')"
        )
        programs = [
            program(code, name="web"),
            program("time.sleep(600)", name="worker"),
        ]

        supervise(programs, until=bool)

        assert capfd.readouterr().out.splitlines() == [
            "web    | hello",
            "web    | to the error stream",
            "web    | cut off",
        ]

    def test_program_that_ignores_sigterm_is_killed_when_its_time_is_up(
        self, tmp_path: Path
    ) -> None:
        pid = tmp_path / "pid"
        code = (
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            + writes_pid(pid)
            + "time.sleep(600)"
        )

        said = supervise([program(code, ready=pid)], on_ready=stop, grace_seconds=0.5)

        assert said == ["a did not end in time; killing it."]
        assert is_gone(int(pid.read_text()))

    def test_what_a_program_started_ends_with_it(self, tmp_path: Path) -> None:
        pid = tmp_path / "pid"
        code = (
            "import subprocess\n"
            "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
            + writes_pid(pid)
            + "time.sleep(600)"
        )

        supervise([program(code, ready=pid)], on_ready=stop)

        assert is_gone(int(pid.read_text()))

    def test_handlers_of_signals_are_put_back(self) -> None:
        before = signal.getsignal(signal.SIGTERM)

        supervise([program("time.sleep(600)")], on_ready=stop)

        assert signal.getsignal(signal.SIGTERM) is before

    @pytest.mark.parametrize("pause", ["0.1", "600"], ids=["talking", "silent"])
    def test_closed_terminal_ends_everything(self, tmp_path: Path, pause: str) -> None:
        pid = tmp_path / "pid"
        code = (
            "import os, sys\n"
            "from jobsite.supervisor import Program, Supervisor\n"
            "talks = [sys.executable, '-uc', sys.argv[1]]\n"
            "p = Program(name='a', command=talks, env=os.environ)\n"
            "Supervisor([p], say=print, on_ready=bool, grace_seconds=0.5).run()\n"
        )
        chatter = (
            "import os, signal, time\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            f"{writes_pid(pid)}while print('x') is None: time.sleep({pause})"
        )

        with driver(code, chatter) as parent:
            assert parent.stdout is not None
            parent.stdout.readline()
            parent.stdout.close()
            parent.wait(WAIT)

        assert is_gone(int(pid.read_text()))
