"""The bodies of OpenAI's API: responses, chat completions, models and errors."""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Mapping
from typing import Any

from enrichment.offline.http import Reply, json_reply

MODEL = "offline-extractor"
# A posting of 1,458 characters was 309 tokens for the tokenizer of OpenAI's models.
CHARS_PER_TOKEN = 4.7


def tokens(chars: int) -> int:
    return math.ceil(chars / CHARS_PER_TOKEN)


def cut(text: str, limit: int | None) -> tuple[str, bool]:
    """The text as far as the limit of tokens goes, and whether that is all of it."""
    if limit is None or tokens(len(text)) <= limit:
        return text, True
    return text[: int(limit * CHARS_PER_TOKEN)], False


def request_id() -> str:
    return f"req_{uuid.uuid4().hex}"


def response(
    text: str,
    *,
    input_chars: int,
    max_output_tokens: int | None = None,
    refusal: str | None = None,
    failure: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """The body of POST /v1/responses.

    Args:
        text: what the model says; cut off where it is longer than the limit.
        input_chars: for the usage.
        max_output_tokens: None = no limit.
        refusal: what the model says instead of `text`.
        failure: code and message of a response that failed; there is no output then.
    """
    text, complete = cut(text, max_output_tokens)
    status = "completed" if complete else "incomplete"
    content = (
        {"type": "refusal", "refusal": refusal}
        if refusal is not None
        else {"type": "output_text", "text": text, "annotations": [], "logprobs": []}
    )
    message = {
        "id": f"msg_{uuid.uuid4().hex}",
        "type": "message",
        "role": "assistant",
        "status": status,
        "content": [content],
    }
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": int(time.time()),
        "status": "failed" if failure else status,
        "error": {"code": failure[0], "message": failure[1]} if failure else None,
        "incomplete_details": None if complete else {"reason": "max_output_tokens"},
        "instructions": None,
        "max_output_tokens": max_output_tokens,
        "metadata": {},
        "model": MODEL,
        "output": [] if failure else [message],
        "parallel_tool_calls": False,
        "temperature": None,
        "tool_choice": "none",
        "tools": [],
        "top_p": None,
        "usage": _response_usage(input_chars, len(refusal or text)),
    }


def chat(
    text: str,
    *,
    input_chars: int,
    max_output_tokens: int | None = None,
    refusal: str | None = None,
) -> dict[str, Any]:
    """The body of POST /v1/chat/completions; the arguments are those of `response`."""
    text, complete = cut(text, max_output_tokens)
    said, read = tokens(len(refusal or text)), tokens(input_chars)
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop" if complete else "length",
                "logprobs": None,
                "message": {
                    "role": "assistant",
                    "content": None if refusal is not None else text,
                    "refusal": refusal,
                },
            }
        ],
        "usage": {
            "prompt_tokens": read,
            "completion_tokens": said,
            "total_tokens": read + said,
            "prompt_tokens_details": {"cached_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
    }


def models() -> dict[str, Any]:
    model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "this machine"}
    return {"object": "list", "data": [model]}


def error(
    status: int,
    message: str,
    *,
    type_: str = "invalid_request_error",
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """An error as OpenAI words it, with a request id."""
    body = {"message": message, "type": type_, "param": param, "code": code}
    return json_reply(
        status, {"error": body}, {"x-request-id": request_id(), **(headers or {})}
    )


def _response_usage(input_chars: int, output_chars: int) -> dict[str, Any]:
    read, said = tokens(input_chars), tokens(output_chars)
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": said,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": read + said,
    }
