"""The filters of the jobs page, as a query and as JSON; their names and values are its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from ninja import Schema
from pydantic import Field, create_model

from enrichment import terms
from jobs import filters
from jobs.filters import Filters
from jobsite.api.errors import ApiError, Kind
from jobsite.api.shapes.common import TEXT_PATTERN, Cursor, Limit, Wish

# Values of one filter; a posting has to have all of them.
MOST_VALUES = 5
# All filters at once, with each value that they can have.
MOST_PAIRS = len(filters.TITLES) + MOST_VALUES * len(filters.SEVERAL)
CURRENCY = Field(
    "EUR", pattern=f"^{filters.CURRENCY.pattern}$", description="Of the two amounts."
)
Order = Literal["newest", "oldest"]


def _field(name: str) -> tuple[Any, Any]:
    """A filter's type and default, for a shape."""
    if name in filters.SALARY:
        value: Any = Literal[tuple(map(str, terms.STEPS))]
    elif name in filters.CLOSED:
        value = Literal[tuple(filters.CLOSED[name])]
    elif name == "prompt":
        versions = f"^({filters.OLDER}|{filters.VERSION.pattern})$"
        value = Annotated[str, Field(pattern=versions)]
    else:
        longest = filters.LONGEST if name == "q" else terms.MAX_VALUE
        value = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=longest)]
    if name in filters.SEVERAL:
        several = Annotated[list[value], Field(max_length=MOST_VALUES)]
        return several, Field(default_factory=list)
    # A default that the description doesn't have: null is no value of it.
    return value, Field(default_factory=lambda: None)


if TYPE_CHECKING:

    class Filter(Wish):
        pass

    class PostingQuery(Schema):
        order: Order
        cursor: int | None
        limit: int

else:
    _fields = {name: _field(name) for name in filters.TITLES}
    Filter = create_model(
        "Filter",
        __base__=Wish,
        __doc__="What postings have to meet, all of it.",
        **_fields,
        currency=(str, CURRENCY),
    )
    PostingQuery = create_model(
        "PostingQuery",
        __base__=Schema,
        **_fields,
        currency=(str, CURRENCY),
        order=(Order, "newest"),
        cursor=(Cursor, Field(default_factory=lambda: None)),
        limit=(Limit, 50),
    )


def read(asked: Filter | PostingQuery) -> Filters:
    """
    Raises:
        ApiError: a value that the jobs page would pass over.
    """
    given = {name: value for name, value in asked if value}
    chosen = as_address(given)
    for name in given:
        if name in filters.TITLES and name not in chosen.names:
            raise ApiError(Kind.INVALID, "Nothing can have this value.", field=name)
    return chosen


def as_address(given: Mapping[str, Any]) -> Filters:
    """As the jobs page reads its own address."""
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return filters.read(data, most=MOST_PAIRS)


def refuse_odd(request: HttpRequest, shape: type[Schema]) -> None:
    """Refuse an address with a parameter that means nothing here, or that says it twice.

    A filter with a slip of the pen would else find everything.
    """
    for name, values in request.GET.lists():
        if name not in shape.model_fields:
            raise ApiError(
                Kind.INVALID, "There is no such parameter.", field=name[:200]
            )
        if len(values) > 1 and name not in filters.SEVERAL:
            raise ApiError(Kind.INVALID, "This can be said once.", field=name)
