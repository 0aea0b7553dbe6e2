"""Terms follow the vocabulary, without a call: some hundred postings at a time, by workers.

A change names the terms whose postings are to be indexed anew, and words that may be in
others: these are found among the distinct values of the terms' index, some thousand at a
time. How far that got is kept with the change, so that any worker goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models.functions import Now

from enrichment import term_counts, terms
from enrichment.llm.schema import RoleFamily
from enrichment.models import Enrichment, Term
from enrichment.models.vocabulary import VocabularyChange
from enrichment.vocabulary.current import current, expire
from enrichment.vocabulary.folding import fold, pieces
from enrichment.vocabulary.lookup import spans

POSTINGS = 300
VALUES_AT_ONCE = 100
VALUES = 5_000
# Until a posting that somebody has in hand is free.
A_MOMENT = timedelta(seconds=1)
# What words are sought in, by the kind of the change.
_SEARCHED = {"skill": "skill", "perk": "perk", "role": "title"}
# From value to value along the index, without what lies between.
DISTINCT = f"""
WITH RECURSIVE found(value, place) AS (
    SELECT (SELECT min(value) FROM {Term._meta.db_table}
            WHERE kind = %s AND value > %s), 1
    UNION ALL
    SELECT (SELECT min(value) FROM {Term._meta.db_table}
            WHERE kind = %s AND value > found.value), place + 1
    FROM found WHERE value IS NOT NULL AND place < %s
)
SELECT value FROM found WHERE value IS NOT NULL
"""  # noqa: S608


def follow(*, seconds: float) -> int:
    """Go on for about so long; how many postings were indexed anew."""
    until, done = time.monotonic() + seconds, 0
    while (step := _step()) is not None:
        done += step
        if time.monotonic() >= until:
            break
    if done:
        term_counts.changed()
    return done


def waiting() -> int:
    """Changes that are not followed to the end."""
    return VocabularyChange.objects.count()


def concerned(kind: str, *, keys: set[str], words: set[str]) -> int:
    """About how many postings have to follow, by the most frequent terms."""
    by_key = sum(term_counts.of(kind, one) or 0 for one in keys)
    if not words:
        return by_key
    counts = term_counts.top(_SEARCHED[kind])
    is_meant = _meant(kind, words)
    return by_key + sum(
        count for value, count in counts if value not in keys and is_meant(value)
    )


def _step() -> int | None:
    """The next piece of the oldest change; None where there is nothing to do now."""
    due = VocabularyChange.objects.filter(due_at__lte=Now()).order_by("pk")
    if not due.exists():  # the usual answer, for which no transaction is begun
        return None
    with transaction.atomic():
        change = due.select_for_update(skip_locked=True).first()
        if change is None:
            return None
        if change.values:
            return _index_anew(change)
        if change.words:
            _search(change)
        else:
            change.delete()
        return 0


def _index_anew(change: VocabularyChange) -> int:
    """The next postings of the first values; all of them once more if one is in hand."""
    ids, done, reached = _next(change)
    free = Enrichment.objects.filter(pk__in=ids).order_by("pk")
    held = set(
        free.select_for_update(no_key=True, skip_locked=True).values_list(
            "pk", flat=True
        )
    )
    terms.refresh(sorted(held))
    if held.issuperset(ids):
        change.values, change.reached = change.values[done:], reached
        change.save(update_fields=["values", "reached"])
    else:
        change.due_at = Now() + A_MOMENT
        change.save(update_fields=["due_at"])
    return len(held)


def _next(change: VocabularyChange) -> tuple[list[int], int, int]:
    """Postings, how many values these are all of, and how far the one after them got.

    Of several values: most titles have one posting, and thousands of values are written
    anew at each step.
    """
    ids: list[int] = []
    reached = change.reached
    for done, (kind, value) in enumerate(change.values[:VALUES_AT_ONCE]):
        rows = Term.objects.filter(kind=kind, value=value, posting__gt=reached)
        room = POSTINGS - len(ids)
        turn = rows.order_by("posting").values_list("posting", flat=True)
        ids += turn[:room]
        if len(ids) == POSTINGS:
            return ids, done, ids[-1]
        reached = 0
    return ids, len(change.values[:VALUES_AT_ONCE]), 0


def _search(change: VocabularyChange) -> None:
    """Which of the next distinct values the words are about."""
    kind = _SEARCHED[change.kind]
    with connection.cursor() as cursor:
        cursor.execute(DISTINCT, [kind, change.searched, kind, VALUES])
        values = [value for (value,) in cursor.fetchall()]
    expire()
    is_meant = _meant(change.kind, set(change.words))
    change.values = [[kind, value] for value in values if is_meant(value)]
    if len(values) < VALUES:
        change.words = []
    else:
        change.searched = values[-1]
    change.save(update_fields=["values", "words", "searched"])


def _meant(kind: str, words: set[str]) -> Callable[[str], bool]:
    """Whether one of the words decides what a value is, and it has to change."""
    if kind != "role":
        vocabulary = current()
        return lambda value: (
            fold(value) in words and (vocabulary.value(kind, value) != value)
        )
    # Names that a field of work and one word of the title make together.
    alone = {
        word.removeprefix(family)
        for word in words
        for family in map(fold, RoleFamily)
        if word.startswith(family)
    }
    return lambda title: (
        not (words.isdisjoint(spans(title)) and alone.isdisjoint(pieces(title)))
    )
