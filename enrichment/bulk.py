"""SQL by hand: what the ORM has no words for, and what it would compile for each recording.

The ORM's `bulk_update` makes a CASE of a branch for each row and column, and tells one
number; here the values go over as rows, and those that were won come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

# The database's clock, as the ORM's `Now` writes it.
NOW = {
    "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')",
    "postgresql": "STATEMENT_TIMESTAMP()",
}
# So many seconds after it.
LATER = {
    "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW', %s || ' seconds')",
    "postgresql": "STATEMENT_TIMESTAMP() + %s * INTERVAL '1 second'",
}


def now() -> str:
    return NOW[connection.vendor]


def later() -> str:
    """With a placeholder for the seconds."""
    return LATER[connection.vendor]


def marks(count: int, *, columns: int = 0) -> str:
    """So many placeholders; with columns, so many rows of them."""
    one = f"({marks(columns)})" if columns else "%s"
    return ", ".join([one] * count)


def fetch(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def change(statement: str, values: Sequence[Any]) -> int:
    """How many rows were changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def update_each(
    table: str,
    rows: Sequence[Sequence[Any]],
    *,
    key: str,
    columns: Mapping[str, str],
    also: str,
    condition: str,
    condition_values: Sequence[Any] = (),
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Set each row's columns where the condition holds.

    Args:
        table: name of the table.
        rows: the key and then a value for each column; JSON as text.
        key: name of the primary key.
        columns: names with their types in PostgreSQL, in the order of the values.
        also: further assignments; a row's new values are `given.new_` and the column.
        condition: on the row as it was; `t` is the table.
        condition_values: for its placeholders.
        returning: columns to tell as well, as they are now.

    Returns:
        The key of each row that was changed, and what is told of it.
    """
    if not rows:
        return []
    names = ["k", *(f"new_{column}" for column in columns)]
    is_postgres = connection.vendor == "postgresql"

    def typed(name: str, kind: str) -> str:
        return f"CAST(given.{name} AS {kind})" if is_postgres else f"given.{name}"

    sets = ", ".join(
        f"{column} = {typed(name, kind)}"
        for name, (column, kind) in zip(names[1:], columns.items(), strict=True)
    )
    statement = (
        f"WITH given ({', '.join(names)}) AS (VALUES {marks(len(rows), columns=len(names))})"  # noqa: S608
        f" UPDATE {table} AS t SET {sets}, {also} FROM given"
        f" WHERE t.{key} = {typed('k', 'bigint')} AND {condition}"
        f" RETURNING {', '.join([key, *returning])}"
    )
    values = [value for row in rows for value in row]
    return fetch(statement, [*values, *condition_values])
