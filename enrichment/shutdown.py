"""Is this worker being told to stop? Asked by a running batch every second.

One byte of memory shared with the worker processes, without a lock: a process killed while
it held one would leave the others waiting for ever.
"""

from __future__ import annotations

from multiprocessing.sharedctypes import RawValue

_stopping = RawValue("b", 0)


def request() -> None:
    """Let this process, and all that were forked from it or it from, finish soon."""
    _stopping.value = 1


def is_requested() -> bool:
    return bool(_stopping.value)


def reset() -> None:
    """As if nobody had asked; before the processes are forked."""
    _stopping.value = 0
