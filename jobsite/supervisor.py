"""Keep a handful of programs running in one terminal, and end all of them together.

Used by `manage.py run_site`.
"""

from __future__ import annotations

import os
import select
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from jobsite.processes import has_exited, kill_group, start

MAX_RESTART_DELAY = 10.0
# A program that ran this long before it ended starts again without a growing delay.
HEALTHY_AFTER = 30.0
READY_TOLD_AFTER = 60.0
TICK = 0.2


@dataclass(frozen=True, kw_only=True)
class Program:
    """`is_ready` is asked until it says yes; only then the next program is started."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    is_ready: Callable[[], bool] | None = None


class _Child:
    """One program and its present process."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ready = program.is_ready is None
        self.started_at = 0.0
        self.restart_at = 0.0
        self.delay = 0.0
        self.was_told_slow = False
        self.partial = b""

    def next_delay(self, ran_for: float) -> float:
        if ran_for >= HEALTHY_AFTER:
            self.delay = 0.0
        self.delay = min(max(1.0, self.delay * 2), MAX_RESTART_DELAY)
        return self.delay


class Supervisor:
    """Starts programs in order, restarts those that end, and stops them all together."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        say: Callable[[str], None],
        on_ready: Callable[[], None],
        grace_seconds: float = 20.0,
    ) -> None:
        self._children = [_Child(program) for program in programs]
        self._say = say
        self._on_ready = on_ready
        self._grace_seconds = grace_seconds
        self._selector = selectors.DefaultSelector()
        self._is_stopping = False
        self._width = max(len(program.name) for program in programs)

    def run(self) -> None:
        """Until SIGINT or SIGTERM; when it returns, no process is left."""
        previous = {
            number: signal.signal(number, self._stop)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            announced = False
            while not self._is_stopping:
                all_ready = self._tend()
                if all_ready and not announced:
                    announced = True
                    self._write(self._on_ready)
                self._pass_output_on(TICK)
                self._is_stopping |= _is_closed(sys.stdout)
        finally:
            self._end_all()
            for number, action in previous.items():
                signal.signal(number, action)

    def _stop(self, *_args: object) -> None:
        self._is_stopping = True

    def _tend(self) -> bool:
        """Start, restart, ask whether ready; whether all of them are."""
        for child in self._children:
            if child.process is not None and has_exited(child.process):
                self._bury(child)
            if child.process is None and time.monotonic() >= child.restart_at:
                self._start(child)
            if not child.is_ready:
                self._ask(child)
            if not child.is_ready:
                return False
        return True

    def _start(self, child: _Child) -> None:
        child.started_at = time.monotonic()
        child.process = start(
            child.program.command, env=child.program.env, output=subprocess.PIPE
        )
        assert child.process.stdout is not None  # noqa: S101  # PIPE was asked for
        os.set_blocking(child.process.stdout.fileno(), False)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _ask(self, child: _Child) -> None:
        if child.process is None or child.program.is_ready is None:
            return
        child.is_ready = child.program.is_ready()
        waited = time.monotonic() - child.started_at
        if not child.is_ready and waited > READY_TOLD_AFTER and not child.was_told_slow:
            child.was_told_slow = True
            self._tell(f"{child.program.name} is not ready after {waited:.0f} s.")

    def _bury(self, child: _Child) -> None:
        """Tell how it ended, end what it left behind, and plan the next start."""
        process = child.process
        assert process is not None  # noqa: S101  # the caller looked
        kill_group(process)
        self._close(child)
        child.process = None
        now = time.monotonic()
        delay = child.next_delay(now - child.started_at)
        child.restart_at = now + delay
        self._tell(
            f"{child.program.name} ended ({_how(process.returncode)}); "
            f"starting it again in {delay:.0f} s."
        )

    def _pass_output_on(self, timeout: float) -> None:
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _events in self._selector.select(timeout):
            self._read(key.data)

    def _read(self, child: _Child) -> None:
        if child.process is None or child.process.stdout is None:
            return
        data = child.process.stdout.read(65536)
        if data == b"":  # closed by the program, which may still run
            self._selector.unregister(child.process.stdout)
            return
        *lines, child.partial = (child.partial + (data or b"")).split(b"\n")
        for line in lines:
            self._print(child, line)

    def _print(self, child: _Child, line: bytes) -> None:
        name, text = child.program.name, line.decode(errors="replace").rstrip("\r")
        self._write(lambda: print(f"{name:{self._width}} | {text}", flush=True))  # noqa: T201

    def _tell(self, text: str) -> None:
        self._write(lambda: self._say(text))

    def _write(self, write: Callable[[], None]) -> None:
        """A terminal that was closed takes no more lines; the programs still have to end."""
        try:
            write()
        except OSError:
            self._is_stopping = True

    def _listens_to(self, stream: IO[bytes]) -> bool:
        return any(key.fileobj is stream for key in self._selector.get_map().values())

    def _close(self, child: _Child) -> None:
        """Pass its last lines on and forget its stream."""
        process = child.process
        if process is None or process.stdout is None:
            return
        if self._listens_to(process.stdout):
            self._read(child)
        if self._listens_to(process.stdout):  # nobody has closed it
            self._selector.unregister(process.stdout)
        if child.partial:
            self._print(child, child.partial)
            child.partial = b""
        process.stdout.close()

    def _end_all(self) -> None:
        """Ask all of them to end at once, wait, and then leave nothing behind."""
        running = [child for child in self._children if child.process is not None]
        for child in running:
            if child.process is not None and not has_exited(child.process):
                child.process.terminate()
        deadline = time.monotonic() + self._grace_seconds
        while time.monotonic() < deadline and any(
            child.process is not None and not has_exited(child.process)
            for child in running
        ):
            self._pass_output_on(TICK)
        for child in running:
            if child.process is None:
                continue
            if not has_exited(child.process):
                self._tell(f"{child.program.name} did not end in time; killing it.")
            kill_group(child.process)
            self._close(child)
            child.process = None
        self._selector.close()


def _is_closed(stream: IO[str]) -> bool:
    """Whether nobody can read it any more: the terminal, or the end of the pipe, is gone."""
    try:
        poll = select.poll()
        poll.register(stream.fileno(), 0)
        return bool(poll.poll(0))
    except (OSError, ValueError):  # no real stream
        return False


def _how(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return f"killed by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"killed by signal {-returncode}"
