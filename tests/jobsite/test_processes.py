"""Real children: started apart, seen to end, and ended whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from jobsite import processes
from tests.installation import ROOT
from tests.site_processes import session_members

WAIT = 60.0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, f"not so after {WAIT:.0f} s"
        time.sleep(0.05)


class TestStartAndEnd:
    def start(self, code: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", f"import signal, sys, time\n{code}"]
        return processes.start(command, env=os.environ, output=subprocess.PIPE)

    def test_end_lets_a_program_finish(self) -> None:
        code = (
            "def leave(*_): print('goodbye'); sys.exit(0)\n"
            "signal.signal(signal.SIGTERM, leave)\n"
            "print('here', flush=True); time.sleep(600)"
        )
        process = self.start(code)
        assert process.stdout is not None
        process.stdout.readline()

        processes.end(process, grace_seconds=WAIT)

        assert process.stdout.read() == b"goodbye\n"
        assert process.returncode == 0
        process.stdout.close()

    def test_exited_program_is_seen_without_being_reaped(self) -> None:
        process = self.start("sys.exit(7)")
        wait_until(lambda: processes.has_exited(process))
        codes = [process.returncode]

        processes.end(process, grace_seconds=1)

        assert [*codes, process.returncode] == [None, 7]
        assert processes.has_exited(process)
        assert process.stdout is not None
        process.stdout.close()

    @pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
    def test_child_ends_when_its_parent_is_killed(self) -> None:
        code = (
            "import os, subprocess, sys, time\n"
            "from jobsite import processes\n"
            "sleep = [sys.executable, '-c', 'import time; time.sleep(600)']\n"
            "out = subprocess.DEVNULL\n"
            "print(processes.start(sleep, env=os.environ, output=out).pid, flush=True)\n"
            "time.sleep(600)"
        )
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            assert session_members(child) == [child]
            parent.kill()

        wait_until(lambda: session_members(child) == [])


class TestSystemExitOnTerm:
    def run(self, code: str) -> subprocess.CompletedProcess[str]:
        lines = (
            "import os, signal, weakref\n"
            "from jobsite.processes import SystemExitOnTerm\n"
            "def end(): os.kill(os.getpid(), signal.SIGTERM)\n"
            "class Thing: pass\n"
        )
        command = [sys.executable, "-c", lines + code]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=WAIT
        )

    def test_signal_ends_what_is_within(self) -> None:
        done = self.run("with SystemExitOnTerm(): end(); print('went on')")

        assert (done.returncode, done.stdout) == (143, "")

    def test_signal_that_met_a_finalizer_ends_it_at_the_next_look(self) -> None:
        done = self.run(
            "with SystemExitOnTerm() as term:\n"
            "    thing = Thing(); weakref.finalize(thing, end); del thing\n"
            "    print('went on', flush=True)\n"
            "    term.look()\n"
            "    print('and on')\n"
        )

        assert (done.returncode, done.stdout) == (143, "went on\n")

    def test_look_without_a_signal_does_nothing(self) -> None:
        done = self.run(
            "with SystemExitOnTerm() as term: term.look(); print('went on')"
        )

        assert (done.returncode, done.stdout) == (0, "went on\n")

    def test_signal_has_its_own_meaning_again_afterwards(self) -> None:
        done = self.run("with SystemExitOnTerm(): pass\nend()")

        assert done.returncode == -15
