"""The terms that postings are found by: made from their facts, written in the same transaction.

A change of what `of` makes needs a new `VERSION`: workers then index all postings anew, some
hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection, transaction

from enrichment.models import Enrichment, Term
from enrichment.models.terms import TermKind

VERSION = 1
MAX_VALUE = 100
# Gross amounts a year, in steps that people think in.
STEPS = (
    *range(10_000, 100_000, 10_000),
    *(100_000, 120_000, 150_000, 200_000, 300_000),
)
# How often a year, by the period that an amount is for; 40 hours in a week.
A_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}

Pair = tuple[str, str]
"""Kind and value of a term."""

# Facts with one value of a closed list.
_ONE = (
    TermKind.ROLE_FAMILY,
    TermKind.SENIORITY,
    TermKind.REMOTE_POLICY,
    TermKind.CONTRACT_TYPE,
    TermKind.EDUCATION,
    TermKind.POSTING_LANGUAGE,
)
_SKILLS = (
    "must_have_skills",
    "nice_to_have_skills",
    "programming_languages",
    "tools",
)


def of(facts: Any) -> list[Pair]:
    """The terms of one posting, each once; odd parts of old or foreign facts give none."""
    if not isinstance(facts, dict):
        return []
    found = chain(
        ((kind.value, _word(facts.get(kind.value))) for kind in _ONE),
        _each(TermKind.EMPLOYMENT_TYPE, facts.get("employment_types")),
        _each(TermKind.SPOKEN_LANGUAGE, _languages(facts.get("spoken_languages"))),
        *(_each(TermKind.SKILL, _folded(facts.get(name))) for name in _SKILLS),
        _each(TermKind.PERK, _folded(facts.get("perks"))),
        _salary(facts),
    )
    return list(dict.fromkeys((kind, value) for kind, value in found if value))


def salary_step(facts: Mapping[str, Any]) -> tuple[str, int] | None:
    """Currency, and the highest step that the middle of the pay reaches in a year."""
    pay = facts.get("salary")
    if not isinstance(pay, dict):
        return None
    currency, times = _word(pay.get("currency")), A_YEAR.get(str(pay.get("period")))
    amounts = [
        amount
        for amount in (pay.get("min"), pay.get("max"))
        if isinstance(amount, int | float)
    ]
    if not amounts or not times or len(currency) != 3:
        return None
    middle = times * sum(amounts) / len(amounts)
    reached = [step for step in STEPS if step <= middle]
    return (currency, reached[-1]) if reached else None


def refresh(ids: Sequence[int]) -> None:
    """Write the terms of these postings anew, by what is stored of them now.

    Needs a transaction that holds their enrichments' rows.
    """
    if not ids:
        return
    rows = Enrichment.objects.filter(pk__in=ids)
    facts = {row.pk: row.effective_facts for row in rows.only("facts", "edits")}
    Term.objects.filter(posting__in=ids).delete()
    _insert([(*pair, pk) for pk, known in facts.items() for pair in of(known)])
    rows.exclude(terms_version=VERSION).update(terms_version=VERSION)


def catch_up(*, limit: int) -> int:
    """Index postings that an older version indexed, or none; how many there were.

    Those that another worker, or anybody else, has in hand are left for another time.
    """
    outdated = Enrichment.objects.filter(facts__isnull=False, terms_version__lt=VERSION)
    turn = outdated.order_by("terms_version", "pk")
    with transaction.atomic():
        free = turn.select_for_update(no_key=True, skip_locked=True)
        found = list(free.values_list("pk", flat=True)[:limit])
        refresh(found)
    return len(found)


def _insert(rows: Sequence[tuple[str, str, int]]) -> None:
    """As one statement: there are a dozen rows for each posting."""
    if not rows:
        return
    table = Term._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(
                f"INSERT INTO {table} (kind, value, posting_id)"  # noqa: S608
                " SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[])",
                columns,
            )
        else:
            cursor.executemany(
                f"INSERT INTO {table} (kind, value, posting_id) VALUES (%s, %s, %s)",  # noqa: S608
                rows,
            )


def _each(kind: TermKind, values: Any) -> Iterator[Pair]:
    if isinstance(values, Iterable) and not isinstance(values, str | dict):
        yield from ((kind.value, _word(value)) for value in values)


def _folded(values: Any) -> list[str]:
    """Free words: Python and python are one."""
    if not isinstance(values, list):
        return []
    return [value.casefold() for value in values if isinstance(value, str)]


def _languages(values: Any) -> list[Any]:
    if not isinstance(values, list):
        return []
    return [value.get("language") for value in values if isinstance(value, dict)]


def _word(value: Any) -> str:
    # PostgreSQL takes no NUL; a model may write one.
    text = value if isinstance(value, str) else ""
    return " ".join(text.replace("\0", " ").split())[:MAX_VALUE].rstrip()


def _salary(facts: Mapping[str, Any]) -> Iterator[Pair]:
    found = salary_step(facts)
    if found is None:
        return
    currency, highest = found
    for step in STEPS:
        if step <= highest:
            yield TermKind.SALARY_FROM.value, f"{currency} {step}"
    yield TermKind.SALARY.value, f"{currency} {highest}"
    if role := _word(facts.get("role_family")):
        yield TermKind.ROLE_SALARY.value, f"{role} {currency} {highest}"[:MAX_VALUE]
