"""What a call asks for: the posting between the prompt's delimiters, and the limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import replies
from enrichment.offline.http import HttpError, Request

OPENING, CLOSING = "<posting>", "</posting>"


class Api(StrEnum):
    RESPONSES = "responses"
    CHAT = "chat"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One call; `input_chars` counts all text that a model would have to read."""

    api: Api
    posting: PostingText
    input_chars: int
    max_output_tokens: int | None


def read(request: Request, api: Api) -> Ask:
    """
    Raises:
        HttpError: 400 with OpenAI's error JSON, for anything that can't be answered.
    """
    body = parse_body(request)
    if body.get("stream"):
        raise refused("This server doesn't stream; leave `stream` out", "stream")
    messages = body.get("input" if api is Api.RESPONSES else "messages")
    texts = _texts(messages)
    _check_schema(body, api)
    instructions = body.get("instructions")
    chars = sum(len(text) for _, text in texts)
    return Ask(
        api=api,
        posting=_posting(texts),
        input_chars=chars + (len(instructions) if isinstance(instructions, str) else 0),
        max_output_tokens=_limit(body),
    )


def parse_body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise refused("The request's body is not JSON", None) from error
    if not isinstance(body, dict):
        raise refused("The request's body is not a JSON object", None)
    return body


def refused(message: str, param: str | None) -> HttpError:
    return HttpError(replies.error(400, message, param=param))


def _texts(messages: Any) -> list[tuple[str, str]]:
    """Role and text of each message, whichever of the allowed forms they have."""
    if isinstance(messages, str):
        return [("user", messages)]
    if not isinstance(messages, list):
        raise refused("`input` or `messages` has to hold the prompt", "input")
    texts = []
    for message in messages:
        if not isinstance(message, Mapping):
            continue
        content = message.get("content")
        if isinstance(content, list):
            parts = [part.get("text") for part in content if isinstance(part, Mapping)]
            content = "".join(part for part in parts if isinstance(part, str))
        if isinstance(content, str):
            texts.append((str(message.get("role") or "user"), content))
    return texts


def _posting(texts: list[tuple[str, str]]) -> PostingText:
    text = next((text for role, text in reversed(texts) if role == "user"), "")
    start, end = text.find(OPENING), text.rfind(CLOSING)
    if start < 0 or end < start:
        raise refused(
            "The offline extractor reads one job posting between <posting> and "
            "</posting> in the last user message; it answers nothing else.",
            "input",
        )
    inner = text[start + len(OPENING) : end]
    description = _between(inner, "description")
    # Prompt and posting are apart by one line break on either side.
    return PostingText(
        title=_between(inner, "title"),
        company=_between(inner, "company"),
        location=_between(inner, "location"),
        description=description.removeprefix("\n").removesuffix("\n"),
    )


def _between(text: str, name: str) -> str:
    _, _, rest = text.partition(f"<{name}>")
    if name == "description":
        return rest.rpartition(f"</{name}>")[0]
    return rest.partition(f"</{name}>")[0]


def _limit(body: Mapping[str, Any]) -> int | None:
    for name in ("max_output_tokens", "max_completion_tokens", "max_tokens"):
        value = body.get(name)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise refused(f"`{name}` has to be a whole number above 0", name)
        return value
    return None


def _check_schema(body: Mapping[str, Any], api: Api) -> None:
    """A schema other than the project's own can't be filled, and must not seem to be."""
    outer = body.get("text") if api is Api.RESPONSES else body
    key = "format" if api is Api.RESPONSES else "response_format"
    wanted = outer.get(key) if isinstance(outer, Mapping) else None
    if not isinstance(wanted, Mapping) or wanted.get("type") != "json_schema":
        return
    holder = wanted if api is Api.RESPONSES else wanted.get("json_schema")
    schema = holder.get("schema") if isinstance(holder, Mapping) else None
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping) or set(properties) != set(
        JobFacts.model_fields
    ):
        raise refused(
            "The offline extractor fills the schema of enrichment/llm/schema.py only",
            "text.format.schema" if api is Api.RESPONSES else "response_format",
        )
