"""django-q2's cluster, made fit for a supervisor: it ends in time, whole, and when it is sick.

What django-q2 1.11 does by itself, measured: SIGTERM to its process group hangs it for
ever; so does the death of an idle worker, which takes the queue's lock along; `kill -9` of
the main process leaves the others at work; and a stop waits for running tasks without
limit.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawValue
from types import FrameType
from typing import Any

from django_q import cluster as q2
from django_q.conf import Conf
from django_q.signals import post_execute_in_worker, pre_execute
from django_q.worker import worker

from enrichment import shutdown
from enrichment.lifeline import hold_on_to, name_this_process

# From the signal to the last process, in seconds.
STOP_WITHIN = 14.0
# A sentinel without a sign of life for so many seconds waits for a lock of the dead.
STUCK_AFTER = 300.0
TICK = 0.2
_sick = RawValue("b", 0)
# Counts the sentinel's rounds.
_rounds = RawValue("L", 0)
# Whether this worker process has a task in hand.
_is_busy = False


class Sentinel(q2.Sentinel):  # type: ignore[misc]
    """Supervises workers; ends with the main process; tells when a death broke the queue."""

    def spawn_cluster(self) -> None:
        hold_on_to(self.parent_pid, signal.SIGKILL)
        name_this_process("q-sentinel")
        # The main process decides when to stop, also if the whole group gets the signal.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        super().spawn_cluster()

    def spawn_process(self, target: Callable[..., None], *args: Any) -> BaseProcess:
        process: Any = q2.get_mp_context().Process(
            target=_child,
            args=(os.getpid(), target, *args),
            name=f"Process-{uuid.uuid4().hex}",
        )
        process.daemon = True
        if target is worker:
            process.timer = args[2]
            self.pool.append(process)
        process.start()
        spawned: BaseProcess = process
        return spawned

    def status(self) -> str:
        _rounds.value += 1  # asked for in each round of the guard
        return str(super().status())

    def reincarnate(self, process: Any) -> None:
        if process in self.pool:
            if process.timer.value == 0:
                # Past its time limit. It leaves by itself, or not at all.
                process.join(1)
                process.kill()
            elif process.timer.value == -1:
                # Died idle, perhaps with the queue's lock: nobody may ever read it again.
                _sick.value = 1
        elif process.exitcode is not None and process.exitcode < 0:
            # A monitor dies with the lock of the results, a pusher with tasks in hand and
            # perhaps a lock. One that ends by an error has let go of them.
            _sick.value = 1
        super().reincarnate(process)


class Cluster(q2.Cluster):  # type: ignore[misc]
    """`run()` returns when all processes of the cluster have ended."""

    def __init__(self) -> None:
        super().__init__()
        self._stop_signals = 0
        _sick.value = 0
        shutdown.reset()
        q2.Sentinel = Sentinel

    def sig_handler(self, signum: int, frame: FrameType | None) -> None:
        """The first signal asks, a second one insists."""
        self._stop_signals += 1
        shutdown.request()

    def run(self) -> bool:
        """Until a signal comes or the cluster can't go on; True if it ended as told."""
        self._watch()
        was_told = bool(self._stop_signals)
        shutdown.request()
        # In a thread: the event may be held by a process that is dead.
        threading.Thread(target=self.stop_event.set, daemon=True).start()
        deadline = time.monotonic() + STOP_WITHIN
        while (
            self.sentinel.is_alive()
            and time.monotonic() < deadline
            and self._stop_signals < 2
        ):
            self.sentinel.join(0.1)
        # Its children are told by the kernel, and end too.
        self.sentinel.kill()
        self.sentinel.join()
        return was_told

    def _watch(self) -> None:
        """Until there is a reason to end."""
        rounds, silent = _rounds.value, 0.0
        while self.sentinel.is_alive() and not self._stop_signals and not _sick.value:
            self.sentinel.join(TICK)
            # Counted, not measured: a machine that was suspended proves nothing.
            silent = silent + TICK if _rounds.value == rounds else 0.0
            rounds = _rounds.value
            if silent > STUCK_AFTER:
                return


def _child(parent: int, target: Callable[..., None], *args: Any) -> None:
    """First lines of each worker, monitor and pusher."""
    name_this_process(f"q-{target.__name__}")
    if target is worker:
        signal.signal(signal.SIGTERM, lambda *_args: _leave(parent))
        post_execute_in_worker.connect(
            lambda **_kwargs: _task_ended(parent), weak=False, dispatch_uid="task-ended"
        )
        pre_execute.connect(_task_started, weak=False, dispatch_uid="task-started")
        hold_on_to(parent, signal.SIGTERM)
    else:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        hold_on_to(parent, signal.SIGKILL)
    target(*args)


def _leave(parent: int) -> None:
    """SIGTERM in a worker: a running batch gives itself back; an orphan then ends."""
    shutdown.request()
    if os.getppid() != parent and not _is_busy:
        os._exit(0)


def _task_started(**_kwargs: Any) -> None:
    global _is_busy
    _is_busy = True


def _task_ended(parent: int) -> None:
    global _is_busy
    _is_busy = False
    if os.getppid() != parent:
        os._exit(0)


def worker_processes() -> int:
    """How many worker processes a cluster has."""
    return int(Conf.WORKERS)
