"""What an answer says, of either API: text, usage, and what the provider finds wrong.

The SDK builds its objects without validating them, so nothing here trusts their types: a
field may be missing, null, or of another type than it claims.
"""

from __future__ import annotations

from typing import Any

from enrichment.llm import refusals
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError

MAX_TOKENS_BELIEVED = 2**31 - 1


def from_response(response: Any) -> Completion:
    """What the Responses API answered."""
    parts = [
        part
        for item in _items(response.output)
        if _text(item, "type") == "message"
        for part in _items(getattr(item, "content", None))
    ]
    problem: LlmError | None = None
    if response.error or response.status == "failed":
        problem = refusals.from_failure(_plain(response.error))
    elif response.status == "incomplete":
        problem = _incomplete(_text(response.incomplete_details, "reason"))
    elif any(_text(part, "type") == "refusal" for part in parts):
        problem = _refused()
    elif response.output is None:
        problem = refusals.not_an_answer(None)
    usage = response.usage
    return Completion(
        text="".join(_text(part, "text") for part in parts),
        model=_model(response),
        problem=problem,
        usage=Usage(
            input_tokens=_count(usage, "input_tokens"),
            cached_tokens=_count(
                getattr(usage, "input_tokens_details", None), "cached_tokens"
            ),
            output_tokens=_count(usage, "output_tokens"),
        ),
    )


def from_chat(answer: Any) -> Completion:
    """What the chat-completions API answered."""
    choice = next(iter(_items(answer.choices)), None)
    message = getattr(choice, "message", None)
    finish = _text(choice, "finish_reason")
    failure = getattr(answer, "error", None)  # not OpenAI's, but gateways answer so
    problem: LlmError | None = None
    if failure:
        problem = refusals.from_failure(_plain(failure))
    elif finish in {"length", "content_filter"}:
        problem = _incomplete(finish)
    elif _text(message, "refusal"):
        problem = _refused()
    elif answer.choices is None:
        problem = refusals.not_an_answer(None)
    usage = answer.usage
    return Completion(
        text=_text(message, "content"),
        model=_model(answer),
        problem=problem,
        usage=Usage(
            input_tokens=_count(usage, "prompt_tokens"),
            cached_tokens=_count(
                getattr(usage, "prompt_tokens_details", None), "cached_tokens"
            ),
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


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(holder: Any, name: str) -> str:
    value = getattr(holder, name, None)
    return value if isinstance(value, str) else ""


def _count(usage: Any, name: str) -> int:
    """Tokens, or 0 for a value that no column could hold."""
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and 0 <= value <= MAX_TOKENS_BELIEVED else 0


def _model(answer: Any) -> str:
    return refusals.storable(_text(answer, "model"))[:200]


def _plain(error: Any) -> Any:
    """An error as a mapping, whether the SDK made an object of it or not."""
    return error.to_dict() if hasattr(error, "to_dict") else error
