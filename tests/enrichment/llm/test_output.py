"""From a model's text to facts, or to the reason why not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enrichment.llm import output
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from tests.enrichment.llm.calls import posting

FACTS = extractor.extract(posting())


def completion(text: str, problem: LlmError | None = None) -> Completion:
    return Completion(text=text, model="m", usage=Usage(), problem=problem)


def facts(text: str) -> JobFacts:
    return output.facts(completion(text))


def refusal(text: str) -> LlmError:
    with pytest.raises(LlmError) as caught:
        facts(text)
    return caught.value


def changed(**fields: Any) -> str:
    return json.dumps(FACTS.model_dump(mode="json") | fields)


class TestText:
    def test_json_becomes_facts(self) -> None:
        assert facts(FACTS.model_dump_json()) == FACTS

    @pytest.mark.parametrize(
        "opening", ["```json\n", "```\n", "```json", "\n ```json\n"]
    )
    def test_markdown_fence_is_taken_off(self, opening: str) -> None:
        assert facts(f"{opening}{FACTS.model_dump_json()}\n```\n") == FACTS

    @pytest.mark.parametrize("text", ["", "  \n\t"])
    def test_no_text_is_an_empty_answer(self, text: str) -> None:
        assert refusal(text).kind is ErrorKind.EMPTY_OUTPUT

    def test_what_the_provider_found_wrong_comes_first(self) -> None:
        problem = LlmError(ErrorKind.TRUNCATED, "cut off")

        with pytest.raises(LlmError) as caught:
            output.facts(completion(FACTS.model_dump_json(), problem))

        assert caught.value is problem


class TestInvalidJson:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("Sure! Here it is", "line 1 column 1"),
            ('{"title": "x",}', "line 1 column 15"),
            ('{\n  "title": "x"\n  "seniority": null\n}', "line 3 column 3"),
            ('```json\n{"title": x}\n```', "line 2 column 11"),
            ("```", "line 1 column 1"),
            ("``````", "line 1 column 1"),
            ('{"title": "x', "line 1 column 11"),
        ],
    )
    def test_place_is_told(self, text: str, place: str) -> None:
        error = refusal(text)

        assert error.kind is ErrorKind.INVALID_JSON
        assert error.message == f"Invalid JSON in LLM response: {place}"

    @pytest.mark.parametrize(
        "text",
        ["[" * 100_000, '{"a":' * 100_000, "9" * 5000],
        ids=["lists", "dicts", "digits"],
    )
    def test_json_too_deep_or_too_long_to_read(self, text: str) -> None:
        assert refusal(text).kind is ErrorKind.INVALID_JSON

    def test_megabytes_of_blanks_in_a_fence_are_read_in_one_pass(self) -> None:
        assert refusal("```\n" + "\n " * 1_000_000 + "x").kind is ErrorKind.INVALID_JSON


class TestWrongShape:
    @pytest.mark.parametrize("text", ["null", "[]", '"text"', "7", "NaN", "{}"])
    def test_json_of_another_shape(self, text: str) -> None:
        assert refusal(text).kind is ErrorKind.BAD_OUTPUT

    def test_fields_are_named_and_values_are_not(self) -> None:
        error = refusal(
            changed(title=["secret"], seniority="secret", perks=["x" * 999])
        )

        for field in ("title", "seniority", "perks.0"):
            assert f"{field}: " in error.message
        assert "secret" not in error.message

    def test_field_of_its_own_is_not_named(self) -> None:
        error = refusal(changed(**{"secret\nword": 1}))

        assert "secret" not in error.message
        assert "(a field of its own): Extra inputs are not permitted" in error.message

    def test_message_is_short_however_much_is_wrong(self) -> None:
        error = refusal("{}")

        assert error.message.endswith("and 17 more")
        assert len(error.message) <= 500

    def test_numbers_that_are_none_do_not_pass(self) -> None:
        for number in (float("nan"), float("inf"), -1, 10**30):
            salary = {"min": number, "max": None, "currency": "EUR", "period": None}
            assert refusal(changed(salary=salary)).kind is ErrorKind.BAD_OUTPUT


class TestCharacters:
    def test_nul_is_dropped(self) -> None:
        assert facts(changed(title="Ba\0ker")).title == "Baker"

    def test_half_a_surrogate_pair_becomes_a_question_mark(self) -> None:
        assert facts(changed(title="Ba\ud800ker")).title == "Ba?ker"

    def test_so_does_one_that_is_not_escaped(self) -> None:
        text = changed(title="Ba~ker").replace("~", "\ud800")

        assert facts(text).title == "Ba?ker"

    def test_whole_surrogate_pair_is_a_character(self) -> None:
        assert facts(changed(title="Baker 🥖")).title == "Baker 🥖"
