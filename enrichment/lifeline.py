"""A process that ends with the one that started it, even when that one was killed by -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
# Loaded here: between fork and exec is no place to load a library.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def hold_on_to(parent: int, number: signal.Signals) -> None:
    """Called in the child: it gets this signal when its parent dies.

    Linux only; elsewhere it does nothing. The kernel means the parent's thread that started
    the child: children have to be started by a thread that stays.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def name_this_process(name: str) -> None:
    """What `ps -o comm` and `top` call it, up to 15 letters; Linux only."""
    if _libc is not None:
        _libc.prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)
