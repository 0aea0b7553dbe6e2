"""Answers that are no answer: whatever stands in a 200, it ends in a classified error."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment.llm.client import complete
from enrichment.llm.errors import ErrorKind
from enrichment.offline.http import Reply, json_reply
from tests.enrichment.llm.calls import answering, config, failure, posting

ODD_BODIES = [
    "{}",
    "[]",
    "null",
    "5",
    '"text"',
    '{"output": 5, "choices": 5}',
    '{"output": [5, null, "x"], "choices": [5]}',
    '{"output": [{"type": "message"}], "choices": [{"message": null}]}',
    '{"output": [{"type": "message", "content": {"a": 1}}], "choices": [{}]}',
    '{"output": [{"type": "message", "content": [{"type": "output_text", "text": 5}]}],'
    ' "choices": [{"message": {"content": 5}}]}',
    '{"output": [], "choices": [], "usage": "many", "model": 5}',
    '{"status": "incomplete", "choices": [{"finish_reason": "length"}]}',
    '{"error": "no"}',
    '{"error": {"code": 429, "message": "slow down"}}',
    "[" * 100_000,
    '{"a": "\\ud800"}',
]


@pytest.mark.parametrize("api", ["responses", "chat"])
class TestOddAnswers:
    @pytest.mark.parametrize("body", ODD_BODIES, ids=range(len(ODD_BODIES)))
    def test_anything_else_ends_in_a_classified_error(
        self, api: str, body: str
    ) -> None:
        with answering(Reply(status=200, body=body.encode())) as (address, requests):
            error, _ = failure(config(address, api=api), posting())

        assert error.kind is not ErrorKind.INTERNAL_ERROR
        assert error.message
        assert len(requests) == 1

    def test_bytes_that_are_no_text(self, api: str) -> None:
        with answering(Reply(status=200, body=b'{"a": "\xff\xfe"}')) as (address, _):
            error, _ = failure(config(address, api=api), posting())

        assert error.kind is ErrorKind.SERVER_ERROR

    def test_answer_stopped_by_a_filter_is_a_refusal(self, api: str) -> None:
        body = {
            "status": "incomplete",
            "incomplete_details": {"reason": "content_filter"},
            "output": [],
            "choices": [{"finish_reason": "content_filter", "message": {}}],
        }
        with answering(json_reply(200, body)) as (address, _):
            error, _ = failure(config(address, api=api), posting())

        assert error.kind is ErrorKind.REFUSED

    def test_error_inside_a_200_is_classified_by_its_code(self, api: str) -> None:
        body = {"error": {"code": "rate_limit_exceeded", "message": "slow down"}}
        with answering(json_reply(200, body)) as (address, _):
            error, _ = failure(config(address, api=api), posting())

        assert error.kind is ErrorKind.RATE_LIMITED
        assert "slow down" in error.message

    def test_counts_and_names_that_no_column_holds_are_dropped(self, api: str) -> None:
        numbers = (
            "input_tokens",
            "output_tokens",
            "prompt_tokens",
            "completion_tokens",
        )
        for number in (10**30, -1, None, 1.5):
            body: dict[str, Any] = {
                "model": "m\0" + "x" * 999,
                "output": [],
                "choices": [],
                "usage": dict.fromkeys(numbers, number),
            }
            with answering(json_reply(200, body)) as (address, _):
                answer = complete(config(address, api=api), posting())

            assert (answer.usage.input_tokens, answer.usage.output_tokens) == (0, 0)
            assert len(answer.model) == 200
            assert "\0" not in answer.model
