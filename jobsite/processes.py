"""Children that end with their parent, and end whole.

Used by `jobsite/supervisor.py` and `manage.py demo`. Each child runs in a session of its
own: Ctrl-C reaches the parent alone, which then ends its children in the right way.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import IO, Self

from enrichment.lifeline import hold_on_to

TERMINATED = 128 + signal.SIGTERM


class SystemExitOnTerm:
    """Within it SIGTERM is a SystemExit, so that what must be ended is ended.

    Where the signal finds Python in a finalizer, Python drops what the handler raises: ask
    by `look` now and then.
    """

    def __init__(self) -> None:
        self._has_arrived = False

    def __enter__(self) -> Self:
        self._previous = signal.signal(signal.SIGTERM, self._arrived)
        return self

    def __exit__(self, *_exception: object) -> None:
        signal.signal(signal.SIGTERM, self._previous)

    def look(self) -> None:
        """Exit if the signal has come."""
        if self._has_arrived:
            sys.exit(TERMINATED)

    def _arrived(self, *_args: object) -> None:
        self._has_arrived = True
        self.look()


def end_with_parent(
    number: signal.Signals = signal.SIGTERM,
) -> Callable[[], None]:
    """A `preexec_fn`: the child gets this signal when its parent dies, even by kill -9.

    Linux only; elsewhere it does nothing. The parent is the thread that starts the child,
    so start children from the main thread.
    """
    return partial(hold_on_to, os.getpid(), number)


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
        with suppress(ProcessLookupError):
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
