"""From the model's text to `JobFacts`, or to the error that says why not."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from enrichment.llm.completion import Completion
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.schema import JobFacts

FENCE = "```"
# Escapes of what `_storable` takes out: NUL, and halves of surrogate pairs.
ODD_ESCAPES = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)


def facts(completion: Completion) -> JobFacts:
    """The facts that a completion holds.

    Raises:
        LlmError: refused, truncated, empty, not JSON, or JSON of another shape.
    """
    if completion.problem is not None:
        raise completion.problem
    text = completion.text.strip()
    if not text:
        raise LlmError(ErrorKind.EMPTY_OUTPUT, "The model answered without any text")
    data = _load(text)
    try:
        return JobFacts.model_validate(data)
    except ValidationError as error:
        raise LlmError(ErrorKind.BAD_OUTPUT, _describe(error)) from None


def _load(text: str) -> Any:
    # Small models wrap JSON in a Markdown fence although the schema forbids it.
    if len(text) > 6 and text.startswith(FENCE) and text.endswith(FENCE):
        text = text[3:-3].removeprefix("json")
    text = text.encode("utf-8", "replace").decode()  # no halves that aren't escaped
    try:
        data = json.loads(text)
        return _storable(data) if ODD_ESCAPES.search(text) else data
    except json.JSONDecodeError as error:
        raise LlmError(
            ErrorKind.INVALID_JSON,
            f"Invalid JSON in LLM response: line {error.lineno} column {error.colno}",
        ) from None
    except (RecursionError, ValueError):
        # Nested too deep, or a number of thousands of digits.
        raise LlmError(
            ErrorKind.INVALID_JSON, "Invalid JSON in LLM response: line 1 column 1"
        ) from None


def _storable(node: Any) -> Any:
    """PostgreSQL stores no NUL characters, and a lone surrogate is no text at all."""
    if isinstance(node, str):
        return node.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(node, list):
        return [_storable(item) for item in node]
    if isinstance(node, dict):
        return {_storable(key): _storable(value) for key, value in node.items()}
    return node


def _describe(error: ValidationError) -> str:
    """Which fields don't fit, without their values: those may quote the posting."""
    problems = [
        f"{_field(item)}: {item['msg']}"
        for item in error.errors(include_input=False, include_url=False)[:3]
    ]
    more = error.error_count() - len(problems)
    rest = f" and {more} more" if more > 0 else ""
    return f"The answer doesn't fit the schema: {'; '.join(problems)}{rest}"[:500]


def _field(item: ErrorDetails) -> str:
    place = [str(part) for part in item["loc"]]
    if (
        item["type"] == "extra_forbidden"
    ):  # its name is the model's word, not the schema's
        place[-1] = "(a field of its own)"
    return ".".join(place) or "the whole answer"
