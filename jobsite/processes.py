"""Keep a handful of programs running in one terminal, and end all of them together.

Used by `manage.py run_site` and `manage.py demo`. Each program runs in a session of its own:
Ctrl-C reaches the supervisor alone, which then ends its programs in the right way.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

MAX_RESTART_DELAY = 10.0
# A program that ran this long before it ended starts again without a growing delay.
HEALTHY_AFTER = 30.0
READY_TOLD_AFTER = 60.0
TICK = 0.2

_PR_SET_PDEATHSIG = 1
# Loaded here: between fork and exec is no place to load a library.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(
    number: signal.Signals = signal.SIGTERM,
) -> Callable[[], None]:
    """A `preexec_fn`: the child gets this signal when its parent dies, even by kill -9.

    Linux only; elsewhere it does nothing. The parent is the thread that starts the child,
    so start children from the main thread.
    """
    parent = os.getpid()

    def before_exec() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return before_exec


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    output: int | IO[bytes],
    end_signal: signal.Signals = signal.SIGTERM,
    cwd: str | None = None,
) -> subprocess.Popen[bytes]:
    """A child in its own session, its output in one stream, that ends with its parent."""
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent(end_signal),
    )


def has_exited(process: subprocess.Popen[bytes]) -> bool:
    """Whether the child is dead; it is not reaped, so its group id stays its own."""
    if process.returncode is not None:
        return True
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, flags) is not None


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL the child and everything it started in its session; then reap it."""
    if process.returncode is None:
        with _ignoring_gone():
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def end(process: subprocess.Popen[bytes], *, grace_seconds: float) -> None:
    """SIGTERM to the main process, then SIGKILL to what is left of the group.

    Not SIGTERM to the group: a django-q cluster whose sentinel gets one hangs for ever.
    """
    if process.returncode is None:
        process.terminate()
        deadline = time.monotonic() + grace_seconds
        while not has_exited(process) and time.monotonic() < deadline:
            time.sleep(0.05)
    kill_group(process)


@contextmanager
def _ignoring_gone() -> Iterator[None]:
    try:
        yield
    except ProcessLookupError:
        pass


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
                    self._on_ready()
                self._pass_output_on(TICK)
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
        self._say(
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
        text = line.decode(errors="replace").rstrip("\r")
        print(f"{child.program.name:{self._width}} | {text}", flush=True)  # noqa: T201

    def _close(self, child: _Child) -> None:
        """Pass its last lines on and forget its stream."""
        process = child.process
        if process is None or process.stdout is None:
            return
        if process.stdout in {key.fileobj for key in self._selector.get_map().values()}:
            self._read(child)
        if process.stdout in {key.fileobj for key in self._selector.get_map().values()}:
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
                self._say(f"{child.program.name} did not end in time; killing it.")
            kill_group(child.process)
            self._close(child)
            child.process = None
        self._selector.close()


def _how(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    try:
        return f"killed by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"killed by signal {-returncode}"
