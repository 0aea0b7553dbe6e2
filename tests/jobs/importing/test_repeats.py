"""Which rows of a file name a posting that an earlier one named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from jobs.importing.repeats import Repeat, SeenKeys

A, B = ("feed", "a"), ("feed", "b")


@pytest.fixture
def seen() -> Iterator[SeenKeys]:
    with closing(SeenKeys()) as seen:
        yield seen


def test_new_keys_are_no_repeats(seen: SeenKeys) -> None:
    assert seen.add([(1, A), (2, B)]) == []


def test_repeat_in_one_chunk_and_in_a_later_one(seen: SeenKeys) -> None:
    assert seen.add([(1, A), (3, A)]) == [Repeat(row=3, earlier_row=1)]
    assert seen.add([(4, B), (5, A)]) == [Repeat(row=5, earlier_row=3)]


def test_parts_of_a_key_do_not_run_into_each_other(seen: SeenKeys) -> None:
    seen.add([(1, ("ab", "c"))])

    assert seen.add([(2, ("a", "bc"))]) == []


def test_states_are_kept_for_the_keys_that_have_one(seen: SeenKeys) -> None:
    seen.add([(1, A), (2, B)])
    seen.keep_states({A: b"state"})
    seen.add([(3, A)])

    assert seen.states([A, B]) == {A: b"state"}
