"""Reading a request's JSON strictly: what the database or the engine can't take is refused."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from jobsite.api.errors import ApiError, Kind, too_large

MOST_BYTES = 2_000_000
MOST_DEPTH = 20


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise ApiError(
                Kind.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json."
            )
        return read_json(request.body)


def read_json(raw: bytes) -> Any:
    if len(raw) > MOST_BYTES:
        raise too_large()
    try:
        data = json.loads(raw.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise ApiError(Kind.MALFORMED, "The body is not UTF-8.") from error
    except RecursionError as error:
        raise ApiError(Kind.MALFORMED, "The body is nested too deeply.") from error
    except ValueError as error:  # also a number of thousands of digits
        raise ApiError(Kind.MALFORMED, f"The body is not JSON: {error}") from error
    _check(data)
    return data


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _check(data: Any) -> None:
    """No text that can't be stored, nothing nested beyond reason; without recursion."""
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise ApiError(Kind.MALFORMED, "The body is nested too deeply.")
        if isinstance(value, str):
            check_text(value)
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in value]
        elif isinstance(value, dict):
            waiting += [(one, depth + 1) for one in value.values()]
            for name in value:
                check_text(name)


def check_text(text: str) -> None:
    if "\0" in text:
        raise ApiError(Kind.INVALID, "A text holds a NUL character.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ApiError(Kind.INVALID, "A text holds half a character (surrogate).")
