"""Many who ask at once share a look, and never an older one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from enrichment.views.together import Together

pytestmark = pytest.mark.any_database
PATIENCE = 30.0


def test_who_comes_during_a_look_shares_the_next_one() -> None:
    looks: list[int] = []
    first_began, may_end = threading.Event(), threading.Event()

    def look(_key: str) -> int:
        looks.append(len(looks))
        first_began.set()
        assert may_end.wait(PATIENCE)
        return looks[-1]

    together = Together(look)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(together.see, "a")
        assert first_began.wait(PATIENCE)
        later = [pool.submit(together.see, "a") for _ in range(5)]
        while not together._next:  # until one of them waits
            first_began.wait(0.01)
        may_end.set()
        assert first.result(PATIENCE) == 0
        assert min(one.result(PATIENCE) for one in later) == 1
    assert together.see("a") == len(looks) - 1


def test_different_things_dont_wait_for_each_other() -> None:
    both = threading.Barrier(2)

    def look(key: str) -> str:
        both.wait(PATIENCE)
        return key

    together = Together(look)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(together.see, ["a", "b"]))
    assert found == ["a", "b"]


def test_error_of_a_look_is_told_and_not_kept() -> None:
    looks: list[str] = []

    def look(key: str) -> int:
        looks.append(key)
        if len(looks) == 1:
            raise ValueError("no")
        return len(looks)

    together = Together(look)
    with pytest.raises(ValueError, match="no"):
        together.see("a")
    assert together.see("a") == 2
