"""What a provider says may hold characters that no database takes."""

from __future__ import annotations

import pytest

from enrichment.llm import answers, refusals

ODD = "odd \ud800\0 words"
PLAIN = "odd ? words"


def test_message_of_a_refusal_can_be_stored() -> None:
    body = {"error": {"message": ODD}}

    error = refusals.from_status(400, body, headers={}, request_id="", key="")

    assert PLAIN in error.message
    assert PLAIN in refusals.from_failure({"message": ODD}).message


@pytest.mark.parametrize("read", [answers.from_response, answers.from_chat])
def test_name_of_the_model_can_be_stored(read) -> None:
    answer = {"output": [], "choices": [], "model": ODD, "status": "completed"}

    assert read(answer).model == PLAIN
