"""How many examples: few and the same ones in the gate, many and random ones in `make fuzz`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings

# `make fuzz` sets it: so many times the gate's examples.
TIMES = int(os.environ.get("FUZZ_TIMES", "0"))
# Of the processor, for one example: what takes this long goes by the square of its input.
MOST_SECONDS = 10.0


def examples(count: int) -> settings:
    """Decorates a test, above its `given`."""
    return settings(
        max_examples=count * max(TIMES, 1),
        derandomize=not TIMES,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def soon() -> Iterator[None]:
    """No example hangs, however busy the machine is with something else."""
    start = time.thread_time()
    yield
    spent = time.thread_time() - start
    assert spent < MOST_SECONDS, f"{spent:.1f} s for one example"
