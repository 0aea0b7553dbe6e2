"""Words as they are folded, guarded for spreadsheets, and named in addresses."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrichment import edits
from enrichment.sheets import FORMULA, guarded, unguarded
from enrichment.vocabulary.folding import LONGEST, fold, key
from jobs.exchange.formats import Csv, Tsv
from jobs.importing.repair import repaired
from tests.fuzz.facts import FRAGMENTS
from tests.fuzz.mutating import TEXTS
from tests.fuzz.profile import examples, soon

pytestmark = pytest.mark.any_database
NAMES = TEXTS | st.sampled_from(FRAGMENTS) | st.text("aÅﬁ™.#+&3ßİ\u0345 -", max_size=9)
CELLS = TEXTS | st.text("'=+-@\t\r\n a", max_size=6)


@examples(200)
@given(name=NAMES)
def test_word_and_what_is_kept_of_it_are_folded_alike(name: str) -> None:
    with soon():
        folded = fold(name)
    assert len(folded) <= LONGEST
    assert fold(f" {name} ") == folded
    if len(name) < LONGEST // 4:  # neither is cut
        assert fold(key(name)) == folded


@examples(200)
@given(name=NAMES)
def test_key_is_its_own(name: str) -> None:
    found = key(name)
    assert len(found) <= LONGEST
    assert key(found) == found


@examples(60)
@given(text=NAMES)
def test_repaired_text_has_nothing_left_to_repair(text: str) -> None:
    found = repaired(text)
    assert repaired(found) == found


@examples(200)
@given(cell=CELLS)
def test_no_cell_begins_a_formula_and_each_comes_back(cell: str) -> None:
    assert not guarded(cell).startswith(FORMULA)
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("table", [Csv(), Tsv()])
@examples(60)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_table_that_went_out_comes_in(table: Csv, rows: list[tuple[str, str]]) -> None:
    text = "".join(table.write(["title", "description"], rows))

    cells = list(
        csv.reader(io.StringIO(text[1:], newline=""), delimiter=table.delimiter)
    )
    assert [[unguarded(cell) for cell in row] for row in cells[1:]] == [
        list(r) for r in rows
    ]
    assert not any(cell.startswith(FORMULA) for row in cells for cell in row)


@examples(60)
@given(text=st.text("0123456789-٣²a ", max_size=30) | TEXTS)
def test_any_token_of_a_form_is_read_or_none(text: str) -> None:
    found = edits.seen(text)
    assert found is None or 0 <= found.edit_number < 10**9
