"""Pages of long tables at a constant cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.functional import cached_property

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator

COUNTED = 2_000


class MoreThan(int):
    """A number that counting stopped at, written with a plus."""

    def __str__(self) -> str:
        return f"{number_format(int(self), force_grouping=True)}+"


def capped_count(rows: Any, *, limit: int = COUNTED, along: str = "") -> int:
    """Counts so far and no further: a full count reads the whole table.

    Args:
        rows: what is counted.
        limit: how far.
        along: a column in whose order an index has just these; else PostgreSQL may go
            through the table, and find the first of them at its end.
    """
    found: int = rows.order_by(*filter(None, [along]))[: limit + 1].count()
    return MoreThan(limit) if found > limit else found


def without(whole: int, part: int) -> int:
    """The rest; at least so many where counting the whole stopped."""
    rest = whole - part
    return MoreThan(rest) if rest and isinstance(whole, MoreThan) else int(rest)


class CappedPaginator(AnyPaginator):
    counted = COUNTED

    @cached_property
    def count(self) -> int:
        return capped_count(self.object_list, limit=self.counted)
