"""What a model or a gateway may say: facts, or an error of the closed list."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrichment.llm import answers, output
from enrichment.llm.client import complete
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from enrichment.offline.http import HttpServer, Reply, Request, Wire
from tests.enrichment.llm.calls import config, posting
from tests.fuzz.facts import FACTS
from tests.fuzz.mutating import TEXTS, as_bytes, as_json, mutated
from tests.fuzz.profile import examples, soon

pytestmark = pytest.mark.any_database
SAID: dict[str, Any] = extractor.extract(posting()).model_dump(mode="json")
RESPONSE: dict[str, Any] = {
    "id": "resp_1",
    "object": "response",
    "status": "completed",
    "error": None,
    "incomplete_details": None,
    "model": "small-model",
    "output": [
        {"type": "reasoning", "summary": []},
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "output_text", "text": json.dumps(SAID)}],
        },
    ],
    "usage": {
        "input_tokens": 9,
        "input_tokens_details": {"cached_tokens": 1},
        "output_tokens": 3,
    },
}
CHAT: dict[str, Any] = {
    "id": "chat_1",
    "object": "chat.completion",
    "model": "small-model",
    "choices": [
        {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": json.dumps(SAID)},
        }
    ],
    "usage": {
        "prompt_tokens": 9,
        "prompt_tokens_details": {"cached_tokens": 1},
        "completion_tokens": 3,
    },
}
FAILED: dict[str, Any] = {
    "error": {
        "message": "No",
        "type": "x",
        "code": "rate_limit_exceeded",
        "param": None,
    }
}
READERS = {"responses": answers.from_response, "chat": answers.from_chat}


def check(said: Completion) -> None:
    """What comes of it can be stored in any database."""
    for tokens in (
        said.usage.input_tokens,
        said.usage.cached_tokens,
        said.usage.output_tokens,
    ):
        assert 0 <= tokens < 2**31
    assert len(said.model.encode()) <= 800
    with soon():
        try:
            facts = output.facts(said)
        except LlmError as error:
            check_error(error)
            return
    stored = json.dumps(facts.model_dump(mode="json"), allow_nan=False)
    assert "\\u0000" not in stored
    assert facts == JobFacts.model_validate(json.loads(stored))
    facts.model_dump_json().encode()


def check_error(error: LlmError) -> None:
    assert error.kind in ErrorKind
    assert 0 < len(error.message) <= 1_000
    assert "\0" not in error.message.encode().decode()
    assert error.retry_after is None or error.retry_after >= 0


def completion(text: str) -> Completion:
    return Completion(text=text, model="m", usage=Usage(), problem=None)


@examples(60)
@given(text=TEXTS | st.sampled_from(["```", "``````", "```json```", "[" * 100_000]))
def test_any_text(text: str) -> None:
    check(completion(text))


@examples(80)
@given(text=as_json(mutated([SAID])))
def test_odd_facts(text: str) -> None:
    check(completion(text))


@examples(20)
@given(facts=FACTS)
def test_facts_of_the_schema_are_taken_as_they_are(facts: dict[str, Any]) -> None:
    found = output.facts(completion(json.dumps(facts)))
    assert found.model_dump(mode="json") == facts


@pytest.mark.parametrize("api", list(READERS))
@examples(60)
@given(answer=mutated([RESPONSE, CHAT, FAILED]))
def test_odd_answers(api: str, answer: Any) -> None:
    if isinstance(answer, dict):
        found = READERS[api](answer)
        check(found)
        if found.problem is not None:
            check_error(found.problem)


class Gateway:
    """Answers with whatever it was given last."""

    reply = Reply(status=200, body=b"")

    async def answer(self, _request: Request, _wire: Wire) -> Reply:
        await asyncio.sleep(0)
        return self.reply


@pytest.mark.parametrize(("api", "answer"), [("responses", RESPONSE), ("chat", CHAT)])
def test_odd_replies_over_the_wire(api: str, answer: dict[str, Any]) -> None:
    gateway = Gateway()
    server = HttpServer(answer=gateway.answer, host="127.0.0.1", port=0)
    server.start()
    called = config(f"http://127.0.0.1:{server.port}/v1", api=api)

    @examples(15)
    @given(
        status=st.sampled_from(
            [200] * 4 + [400, 401, 404, 408, 409, 429, 500, 502, 503]
        ),
        body=as_bytes(as_json(mutated([answer, FAILED])) | TEXTS),
        content_type=st.sampled_from(["application/json"] * 3 + ["text/html", "x", ""]),
        retry_after=st.sampled_from(
            ["", "5", "-1", "nan", "inf", "1e400", "x", "9" * 400]
        ),
    )
    def ask(status: int, body: bytes, content_type: str, retry_after: str) -> None:
        headers = {"retry-after": retry_after} if retry_after else {}
        gateway.reply = Reply(
            status=status, body=body, content_type=content_type, headers=headers
        )
        try:
            found = complete(called, posting())
        except LlmError as error:
            check_error(error)
        else:
            check(found)

    try:
        ask()
    finally:
        server.stop()
