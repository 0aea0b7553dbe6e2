"""Parts that several shapes have."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

LARGEST_ID = 2**63 - 1
# One of these has to be there; what Python, Rust and JSON Schema agree to be visible.
_VISIBLE = (
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff]"
)
TEXT_PATTERN = rf"^[^\u0000]*{_VISIBLE}[^\u0000]*$"
ANY_TEXT_PATTERN = r"^[^\u0000]*$"

Text = Annotated[str, Field(pattern=TEXT_PATTERN)]
AnyText = Annotated[str, Field(pattern=ANY_TEXT_PATTERN)]


def _whole(value: Any) -> Any:
    """`5.0` is a whole number in JSON."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _digits(value: Any) -> Any:
    """Of an address: Python's numbers may have blanks, signs and underscores."""
    if isinstance(value, str):
        if not (value.isascii() and value.isdecimal()):
            raise PydanticCustomError("digits", "Expected a whole number")
        if len(value) > len(str(LARGEST_ID)):
            raise PydanticCustomError("digits", "The number is too large")
    return value


Whole = BeforeValidator(_whole)
Id = Annotated[int, Field(ge=1, le=LARGEST_ID), Whole]
Cursor = Annotated[
    int,
    Field(ge=1, le=LARGEST_ID, description="`next` of the page before."),
    BeforeValidator(_digits),
]
Limit = Annotated[
    int,
    Field(ge=1, le=100, description="Rows of a page, at most."),
    BeforeValidator(_digits),
]


class Wish(Schema):
    """A body: nothing in it is guessed, converted or left unread."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Failure(Schema):
    kind: str
    message: str
