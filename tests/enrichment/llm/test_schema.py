"""The shape that is asked for: strict where providers look, bounded where they don't."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from enrichment.llm.schema import (
    MAX_ITEM_CHARS,
    MAX_ITEMS,
    MAX_SUMMARY_CHARS,
    Experience,
    JobFacts,
    Salary,
    SpokenLanguage,
    json_schema,
)
from enrichment.offline import extractor
from tests.enrichment.llm.calls import posting

FIELDS = extractor.extract(posting()).model_dump(mode="json")

# What strict mode takes; all others (minLength, pattern, format, default, ...) it may not.
KEYWORDS = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "$ref",
    "$defs",
}
DUTCH = {"language": "nl", "level": "fluent", "required": True}


def facts(**fields: Any) -> JobFacts:
    return JobFacts.model_validate(FIELDS | fields)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema; names of properties are none."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            inner = list(value.values()) if key in {"properties", "$defs"} else value
            yield from nodes(inner)


class TestJsonSchema:
    def test_every_object_requires_all_its_fields_and_allows_no_other(self) -> None:
        objects = [node for node in nodes(json_schema()) if "properties" in node]

        assert len(objects) == 6
        for node in objects:
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
            assert node["type"] == "object"

    def test_only_keywords_of_strict_mode_are_used(self) -> None:
        used = {key for node in nodes(json_schema()) for key in node}

        assert used <= KEYWORDS

    def test_reference_stands_alone(self) -> None:
        references = [node for node in nodes(json_schema()) if "$ref" in node]

        assert references
        assert all(node.keys() == {"$ref"} for node in references)

    def test_property_named_title_is_kept(self) -> None:
        assert json_schema()["properties"]["title"] == {"type": "string"}

    def test_caller_may_change_what_it_got(self) -> None:
        json_schema().clear()

        assert json_schema()


class TestFields:
    def test_facts_survive_json(self) -> None:
        one = facts(spoken_languages=[DUTCH], seniority="senior")

        assert JobFacts.model_validate_json(one.model_dump_json()) == one

    @pytest.mark.parametrize("field", FIELDS)
    def test_each_field_is_required(self, field: str) -> None:
        rest = {name: value for name, value in FIELDS.items() if name != field}

        with pytest.raises(ValidationError, match="Field required"):
            JobFacts.model_validate(rest)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("seniority", "boss"),
            ("role_family", None),
            ("employment_types", ["full-time"]),
            ("title", None),
            ("colour", "blue"),
            ("perks", "a car"),
            ("spoken_languages", [{**DUTCH, "since": 1990}]),
        ],
    )
    def test_other_values_and_fields_are_refused(self, field: str, value: Any) -> None:
        with pytest.raises(ValidationError):
            facts(**{field: value})

    def test_blanks_around_and_within_are_evened_out(self) -> None:
        assert facts(title="  Baker \n of  bread ").title == "Baker of bread"

    def test_repeated_terms_are_dropped_whatever_their_case(self) -> None:
        assert facts(tools=["SAP", "Excel", "sap", " ", "SAP "]).tools == [
            "SAP",
            "Excel",
        ]

    def test_repeated_values_are_dropped(self) -> None:
        once = facts(
            employment_types=["FULL_TIME", "FULL_TIME"], spoken_languages=[DUTCH, DUTCH]
        )

        assert once.employment_types == ["FULL_TIME"]
        assert once.spoken_languages == [SpokenLanguage.model_validate(DUTCH)]


class TestBounds:
    @pytest.mark.parametrize(
        ("field", "item"),
        [("perks", "car"), ("employment_types", "OTHER"), ("spoken_languages", DUTCH)],
    )
    def test_list_is_bounded(self, field: str, item: Any) -> None:
        facts(**{field: [item] * MAX_ITEMS})

        with pytest.raises(ValidationError, match=f"more than {MAX_ITEMS} items"):
            facts(**{field: [item] * (MAX_ITEMS + 1)})

    def test_term_is_bounded(self) -> None:
        facts(perks=["x" * MAX_ITEM_CHARS])

        with pytest.raises(ValidationError, match="longer than"):
            facts(perks=["x" * (MAX_ITEM_CHARS + 1)])

    def test_summary_is_bounded(self) -> None:
        texts = {"en": "x" * MAX_SUMMARY_CHARS, "nl": "", "fr": " y "}
        assert facts(summary_long=texts).summary_long.fr == "y"

        with pytest.raises(ValidationError, match="longer than"):
            facts(summary_long=texts | {"en": "x" * (MAX_SUMMARY_CHARS + 1)})

    @pytest.mark.parametrize(
        ("low", "high"), [(None, None), (0, 0), (2, None), (None, 60), (2.5, 5)]
    )
    def test_range_that_is_one(self, low: float | None, high: float | None) -> None:
        Experience(min_years=low, max_years=high)
        Salary(min=low, max=high, currency="EUR", period=None)

    @pytest.mark.parametrize(
        ("low", "high"),
        [(5, 2), (-1, None), (None, 2e9), (float("nan"), None), (None, float("inf"))],
    )
    def test_range_that_is_none(self, low: float | None, high: float | None) -> None:
        with pytest.raises(ValidationError):
            Experience(min_years=low, max_years=high)
        with pytest.raises(ValidationError):
            Salary(min=low, max=high, currency="EUR", period=None)
