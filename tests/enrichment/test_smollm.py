"""What is changed in a request before a very small model reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enrichment import smollm
from enrichment.llm.schema import json_schema
from enrichment.smollm import bounded, tightened

TEXT = {"type": "string"}


def chat(schema: Any) -> bytes:
    return json.dumps(
        {
            "model": "m",
            "messages": [],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "x", "schema": schema, "strict": True},
            },
        }
    ).encode()


def open_ends(schema: Any) -> list[Any]:
    """The lists, texts and numbers that could go on for ever."""
    if isinstance(schema, list):
        return [found for part in schema for found in open_ends(part)]
    if not isinstance(schema, dict):
        return []
    ends = {"array": "maxItems", "string": "maxLength", "number": "maximum"}
    end = ends.get(str(schema.get("type")))
    here = [schema] if end and end not in schema and "enum" not in schema else []
    return here + [found for part in schema.values() for found in open_ends(part)]


class TestBounded:
    def test_text_gets_a_length(self) -> None:
        assert bounded(TEXT) == TEXT | {"maxLength": smollm.MAX_TEXT_CHARS}

    def test_text_in_a_list_gets_a_shorter_one(self) -> None:
        assert bounded({"type": "array", "items": TEXT}) == {
            "type": "array",
            "items": TEXT | {"maxLength": smollm.MAX_ITEM_CHARS},
            "maxItems": smollm.MAX_ITEMS,
        }

    def test_number_becomes_a_whole_one_within_bounds(self) -> None:
        assert bounded({"type": "number"}) == {
            "type": "integer",
            "minimum": 0,
            "maximum": smollm.MAX_NUMBER,
        }

    @pytest.mark.parametrize(
        "schema",
        [
            {"type": "string", "enum": ["a", "b"]},
            {"type": "string", "maxLength": 5},
            {"type": "boolean"},
            {"type": "null"},
            {"$ref": "#/$defs/X"},
        ],
    )
    def test_what_has_an_end_stays(self, schema: dict[str, Any]) -> None:
        assert bounded(schema) == schema

    def test_own_limits_of_lists_and_numbers_stay(self) -> None:
        schema = {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "number", "maximum": 9, "minimum": 1},
        }

        assert bounded(schema)["maxItems"] == 2
        assert bounded(schema)["items"] == {
            "type": "integer",
            "maximum": 9,
            "minimum": 1,
        }

    def test_nothing_of_the_real_schema_stays_open(self) -> None:
        assert open_ends(json_schema())
        assert open_ends(bounded(json_schema())) == []

    def test_schema_itself_is_not_changed(self) -> None:
        schema = {"type": "array", "items": {"type": "string"}}

        bounded(schema)

        assert schema == {"type": "array", "items": {"type": "string"}}


class TestTightened:
    def test_schema_becomes_a_grammar_without_whitespace(self) -> None:
        request = json.loads(tightened(chat(json_schema())))

        assert "response_format" not in request
        head, _, grammar = request["grammar"].partition("\nstart: %json ")
        assert head == "%llguidance {}"
        assert json.loads(grammar)["x-guidance"] == {"whitespace_flexible": False}
        assert open_ends(json.loads(grammar)) == []

    def test_all_else_of_the_request_stays(self) -> None:
        request = json.loads(tightened(chat({"type": "object"})))

        assert (request["model"], request["messages"]) == ("m", [])

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"no json",
            b"\xff",
            b"[]",
            b"5",
            b"{}",
            b'{"response_format": null}',
            b'{"response_format": {"type": "text"}}',
            chat(None),
            chat([]),
            chat("text"),
            b"[" * 100_000,
        ],
        ids=range(12),
    )
    def test_any_other_body_passes_as_it_came(self, body: bytes) -> None:
        assert tightened(body) == body


def test_environment_makes_it_the_provider() -> None:
    variables = smollm.environment(8099)

    assert variables["OPENAI_BASE_URL"] == "http://127.0.0.1:8099/v1"
    assert variables["ENRICHMENT_API"] == "chat"
    assert all(isinstance(value, str) for value in variables.values())
