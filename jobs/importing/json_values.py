"""JSON as the standard has it, with reasons in words: shared by the two JSON readers."""

from __future__ import annotations

import json
from typing import NoReturn

from jobs.importing.rows import Reason, Row

TYPE_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


# Where a text is cut inside a token, the decoder points at most this far back: an escaped
# pair of surrogates is the longest. (Strings are told by their message.)
LONGEST_TOKEN = 16


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"not valid JSON: {name} is no JSON number")


JSON = json.JSONDecoder(parse_constant=_refuse_constant)


def is_cut_off(error: ValueError | RecursionError) -> bool:
    """Whether the text is perhaps right, and only ends too early."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    if error.msg.startswith("Unterminated"):
        return True
    return error.pos >= len(error.doc) - LONGEST_TOKEN


def plain_reason(error: ValueError | RecursionError) -> tuple[str, int | None]:
    """Why a text isn't JSON, and where, as far as the decoder tells."""
    if isinstance(error, json.JSONDecodeError):
        # "Unterminated string starting at": the place follows the message anyway.
        message = error.msg.removesuffix(" at").removesuffix(" starting")
        return f"not valid JSON: {message[:1].lower()}{message[1:]}", error.pos
    if isinstance(error, RecursionError):
        return "nested too deeply", None
    if str(error).startswith("not valid JSON"):
        return str(error), None
    return "a number with too many digits", None


def type_name(value: object) -> str:
    return TYPE_NAMES.get(type(value), type(value).__name__)


def object_row(value: object, *, number: int, line: int) -> Row:
    """The row of an object; anything else is a row with a problem."""
    if isinstance(value, dict):
        return Row(number=number, line=line, values=value)
    problem = Reason(summary="not an object", detail=f"it is {type_name(value)}")
    return Row(number=number, line=line, values={}, problem=problem)
