"""What an answer says, of either API: text, usage, and what the provider finds wrong.

The answer is JSON from outside, so nothing here trusts its types: a field may be missing,
null, or of another type than it ought to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrichment.llm import refusals
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError

MAX_TOKENS_BELIEVED = 2**31 - 1


def from_response(answer: Mapping[str, Any]) -> Completion:
    """What the Responses API answered."""
    parts = [
        part
        for item in _items(answer, "output")
        if _text(item, "type") == "message"
        for part in _items(item, "content")
    ]
    status, failure = answer.get("status"), answer.get("error")
    problem: LlmError | None = None
    if failure or status == "failed":
        problem = refusals.from_failure(failure)
    elif status == "incomplete":
        problem = _incomplete(_text(answer.get("incomplete_details"), "reason"))
    elif any(_text(part, "type") == "refusal" for part in parts):
        problem = _refused()
    elif answer.get("output") is None:
        problem = refusals.not_an_answer(None)
    usage = answer.get("usage")
    return Completion(
        text="".join(_text(part, "text") for part in parts),
        model=_model(answer),
        problem=problem,
        usage=Usage(
            input_tokens=_count(usage, "input_tokens"),
            cached_tokens=_count(_of(usage, "input_tokens_details"), "cached_tokens"),
            output_tokens=_count(usage, "output_tokens"),
        ),
    )


def from_chat(answer: Mapping[str, Any]) -> Completion:
    """What the chat-completions API answered."""
    choice = next(iter(_items(answer, "choices")), None)
    message = _of(choice, "message")
    finish = _text(choice, "finish_reason")
    failure = answer.get("error")  # not OpenAI's, but gateways answer so
    problem: LlmError | None = None
    if failure:
        problem = refusals.from_failure(failure)
    elif finish in {"length", "content_filter"}:
        problem = _incomplete(finish)
    elif _text(message, "refusal"):
        problem = _refused()
    elif answer.get("choices") is None:
        problem = refusals.not_an_answer(None)
    usage = answer.get("usage")
    return Completion(
        text=_text(message, "content"),
        model=_model(answer),
        problem=problem,
        usage=Usage(
            input_tokens=_count(usage, "prompt_tokens"),
            cached_tokens=_count(_of(usage, "prompt_tokens_details"), "cached_tokens"),
            output_tokens=_count(usage, "completion_tokens"),
        ),
    )


def _incomplete(reason: str) -> LlmError:
    if reason == "content_filter":
        return _refused()
    return LlmError(
        ErrorKind.TRUNCATED,
        "The answer was cut off at ENRICHMENT_MAX_OUTPUT_TOKENS; raise it",
    )


def _refused() -> LlmError:
    # The model's words may quote the posting, so they aren't repeated.
    return LlmError(ErrorKind.REFUSED, "The model declined to answer for this posting")


def _of(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else None


def _items(holder: Any, name: str) -> list[Any]:
    value = _of(holder, name)
    return value if isinstance(value, list) else []


def _text(holder: Any, name: str) -> str:
    value = _of(holder, name)
    return value if isinstance(value, str) else ""


def _count(usage: Any, name: str) -> int:
    """Tokens, or 0 for a value that no column could hold."""
    value = _of(usage, name)
    return value if isinstance(value, int) and 0 <= value <= MAX_TOKENS_BELIEVED else 0


def _model(answer: Mapping[str, Any]) -> str:
    return refusals.storable(_text(answer, "model"))[:200]
