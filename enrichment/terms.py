"""The terms that postings are found by: made from their facts, written in the same transaction.

A change of what `of` makes, or of what is found by a check (`enrichment/grounding`), needs a
new `VERSION`: workers then check and index all postings anew, some hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL

from enrichment import bulk, checking, given, grounding_counts
from enrichment.checking import Check
from enrichment.grounding_counts import count_stored
from enrichment.models import Enrichment, Term
from enrichment.models.enrichments import field_of
from enrichment.models.terms import TermKind
from enrichment.querysets import EnrichmentQuerySet
from enrichment.vocabulary import current as vocabulary
from enrichment.vocabulary.lookup import Vocabulary
from enrichment.vocabulary.seeds import builtin

VERSION = 2
# Of an enrichment, what its terms are made of.
READ = (
    *("facts", "edits", "grounding", "not_found", "call_id"),
    *("prompt_version", "terms_version"),
)
MAX_VALUE = 100
# Gross amounts a year, in steps that people think in.
STEPS = (
    *range(10_000, 100_000, 10_000),
    *(100_000, 120_000, 150_000, 200_000, 300_000),
)
# In place of a fact's name: whichever it is.
ANY = "any"
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


def of(facts: Any, words: Vocabulary | None = None) -> list[Pair]:
    """The terms of one posting, each once; odd parts of old or foreign facts give none.

    Args:
        words: by which skills, perks and roles are named; the built-in ones if not given.
    """
    if not isinstance(facts, dict):
        return []
    words = words or builtin()
    found = chain(
        ((kind.value, _word(facts.get(kind.value))) for kind in _ONE),
        _each(TermKind.EMPLOYMENT_TYPE, facts.get("employment_types")),
        _each(TermKind.SPOKEN_LANGUAGE, _languages(facts.get("spoken_languages"))),
        *(_named(TermKind.SKILL, facts.get(name), words) for name in _SKILLS),
        _named(TermKind.PERK, facts.get("perks"), words),
        _role(facts, words),
        _salary(facts),
    )
    return list(dict.fromkeys((kind, value) for kind, value in found if value))


def of_enrichment(
    enrichment: Enrichment, words: Vocabulary | None = None
) -> list[Pair]:
    """Those of what counts of its facts, and what is withheld of them."""
    withheld = sorted({field_of(key) for key in enrichment.withheld})
    missing = [ANY, *withheld] if withheld else []
    return [
        *of(enrichment.effective_facts, words),
        *((TermKind.NOT_FOUND.value, field) for field in missing),
    ]


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
    rows = Enrichment.objects.filter(pk__in=ids).only(*READ)
    known: list[Any] = list(
        rows.annotate(
            mark=RawSQL(vocabulary.MARK, ()),  # noqa: S611
            said=F("posting__given"),
        )
    )
    words = vocabulary.at(known[0].mark) if known else None
    bulk.change(
        f"DELETE FROM {Term._meta.db_table}"  # noqa: S608
        f" WHERE posting_id IN ({bulk.marks(len(ids))})",
        ids,
    )
    _insert(
        [
            (*pair, row.pk)
            for row in known
            for pair in (*of_enrichment(row, words), *_differences(row))
        ]
    )
    # Facts that are still to be checked stay on the list of what is to be done.
    done = [
        row.pk
        for row in known
        if row.terms_version != VERSION and checking.is_current(row)
    ]
    if done:
        Enrichment.objects.filter(pk__in=done).update(terms_version=VERSION)


def _differences(row: Any) -> Iterator[Pair]:
    """Where the posting's own employer says something else: `row.said`."""
    if row.said is not None:
        for value in given.terms(row.said, row.effective_facts):
            yield TermKind.GIVEN.value, value


def outdated() -> EnrichmentQuerySet:
    """Those that an older version checked and indexed, or none, in the order of an index."""
    rows = Enrichment.objects.filter(facts__isnull=False, terms_version__lt=VERSION)
    return rows.order_by("terms_version", "pk")


def catch_up(*, limit: int) -> int:
    """Check and index postings that an older version did, or none; how many there were.

    Those that another worker, or anybody else, has in hand are left for another time, as
    are those that got another answer while their facts were checked.
    """
    stale = checking.of_stored(outdated()[:limit])
    if not stale:  # the usual answer, for which no transaction is begun
        return 0
    with transaction.atomic():
        free = (
            outdated().filter(pk__in=stale).order_by("pk").only(*READ, "content_hash")
        )
        held = free.select_for_update(no_key=True, skip_locked=True)
        same = [row for row in held if stale[row.pk].is_of(row)]
        _keep({row: check for row in same if (check := stale[row.pk].check)})
        ids = [row.pk for row in same]
        refresh(ids)
        Enrichment.objects.filter(pk__in=ids).update(terms_version=VERSION)
    return len(stale)


def _keep(checks: Mapping[Enrichment, Check]) -> None:
    """In place of those before, which count no more."""
    if not checks:
        return
    grounding_counts.add(
        (
            (row.prompt_version, count_stored(row.grounding))
            for row in checks
            if row.is_checked
        ),
        gone=True,
    )
    found = {row.pk: check for row, check in checks.items()}
    kept = {pk: check.stored for pk, check in found.items()}
    won = Enrichment.objects.keep_checks(kept)
    grounding_counts.add((won[pk], found[pk].counts) for pk in won)


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


def _named(kind: TermKind, values: Any, words: Vocabulary) -> Iterator[Pair]:
    """By the names of the vocabulary; free words in lower case."""
    for value in values if isinstance(values, list) else ():
        if isinstance(value, str):
            yield kind.value, words.value(kind.value, value)


def _role(facts: Mapping[str, Any], words: Vocabulary) -> Iterator[Pair]:
    if title := _word(facts.get("title")).casefold()[:MAX_VALUE].rstrip():
        yield TermKind.TITLE.value, title
        yield TermKind.ROLE.value, words.role(title, _word(facts.get("role_family")))


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
