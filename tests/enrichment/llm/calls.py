"""Builders for calls of the real client against real servers on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from enrichment.llm import output
from enrichment.llm.client import complete
from enrichment.llm.completion import Completion
from enrichment.llm.config import ClientConfig
from enrichment.llm.errors import LlmError
from enrichment.llm.posting import PostingText
from enrichment.offline.http import HttpServer, Reply, Request, Wire

KEY = "sk-test-0123456789abcdef"


def config(base_url: str, **over: Any) -> ClientConfig:
    fields: dict[str, Any] = {
        "api_key": KEY,
        "base_url": base_url,
        "api": "responses",
        "model": "small-model",
        "timeout": 10.0,
        "max_output_tokens": 4000,
        "reasoning_effort": "",
        "connections": 8,
    }
    return ClientConfig(**fields | over)


def posting(description: str = "You bake bread.", **over: str) -> PostingText:
    fields = {"title": "Baker", "company": "Ann", "location": "Ghent"}
    return PostingText(description=description, **fields | over)


def failure(
    conf: ClientConfig, text: PostingText
) -> tuple[LlmError, Completion | None]:
    """The error of a call, and the completion where the call itself succeeded."""
    completion: Completion | None = None
    try:
        completion = complete(conf, text)
        output.facts(completion)
    except LlmError as error:
        return error, completion
    raise AssertionError("the call did not fail")


@contextmanager
def answering(reply: Reply) -> Iterator[tuple[str, list[Request]]]:
    """A server that gives one reply to everything: its address, and what it was sent."""
    requests: list[Request] = []

    async def answer(request: Request, _wire: Wire) -> Reply:
        requests.append(request)
        return reply

    server = HttpServer(answer=answer, host="127.0.0.1", port=0)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}", requests
    finally:
        server.stop()
