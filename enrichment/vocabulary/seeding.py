"""The words that the product brings along, written once each, after every `migrate`.

A word that was brought before is left alone, wherever people put it since.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models.functions import Now

from enrichment.models import Alias, Concept, Term
from enrichment.models.vocabulary import SeededWord, VocabularyChange, VocabularyState
from enrichment.vocabulary import seeds
from enrichment.vocabulary.folding import key
from enrichment.vocabulary.lookup import Entry

# The number of an advisory lock; any that nothing else in the database uses.
SEED_LOCK = 7_052_514

Word = tuple[str, str]
"""Kind and folded word."""


def after_migrate(**signal: Any) -> None:
    """Not after a flush of the tests, which has no plan and has to be quick."""
    if "plan" in signal and VocabularyState._meta.db_table in (
        connection.introspection.table_names()
    ):
        seed()


def ensure() -> None:
    """Before the first change: what isn't in the database yet would seem to be taken away."""
    if not VocabularyState.objects.exists():
        seed()


def seed() -> int:
    """Write what is new of the built-in vocabulary; how many words that are."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEED_LOCK])
        brought = set(SeededWord.objects.values_list("kind", "folded"))
        entries = [entry for entry in seeds.concepts() if _fresh(entry, brought)]
        is_first = not VocabularyState.objects.exists()
        if not entries and not is_first:
            return 0
        fresh = [
            (entry.kind, folded)
            for entry in entries
            for folded in _fresh(entry, brought)
        ]
        written = _write(entries, {*fresh})
        SeededWord.objects.bulk_create(
            (SeededWord(kind=kind, folded=folded) for kind, folded in fresh),
            batch_size=2000,
        )
        _tell(written)
    return len(written)


def _fresh(entry: Entry, brought: set[Word]) -> dict[str, str]:
    """Its words that were never brought."""
    return {
        folded: word
        for folded, word in entry.folded().items()
        if (entry.kind, folded) not in brought
    }


def _write(entries: list[Entry], fresh: set[Word]) -> list[Word]:
    """The words that were free, each with the concept that its line's name leads to now."""
    rows = Alias.objects.values_list("kind", "folded", "concept")
    owners: dict[Word, int] = {(kind, folded): pk for kind, folded, pk in rows}
    keys = set(Concept.objects.values_list("kind", "key"))
    new = [entry for entry in entries if _is_new(entry, fresh, owners, keys)]
    made = Concept.objects.bulk_create(
        [
            Concept(
                kind=entry.kind,
                name=entry.name,
                key=key(entry.name),
                scheme=entry.scheme,
                code=entry.code,
            )
            for entry in new
        ],
        batch_size=1000,
    )
    homes = {id(entry): row.pk for entry, row in zip(new, made, strict=True)}
    aliases = []
    for entry in entries:
        name, *_rest = entry.folded()
        home = homes.get(id(entry), owners.get((entry.kind, name)))
        for folded, word in entry.folded().items():
            pair = (entry.kind, folded)
            if home and pair in fresh and pair not in owners:
                owners[pair] = home
                aliases.append(
                    Alias(concept_id=home, kind=entry.kind, word=word, folded=folded)
                )
    Alias.objects.bulk_create(aliases, batch_size=2000)
    return [(one.kind, one.folded) for one in aliases]


def _is_new(
    entry: Entry, fresh: set[Word], owners: dict[Word, int], keys: set[Word]
) -> bool:
    """Whether the name was never brought, and nobody has it."""
    name, *_rest = entry.folded()
    pair = (entry.kind, name)
    is_free = pair not in owners and (entry.kind, key(entry.name)) not in keys
    return pair in fresh and is_free


def _tell(written: list[Word]) -> None:
    """Terms follow; where there are none yet, as in a new database, nothing has to."""
    VocabularyState.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})
    if not written or not Term.objects.exists():
        return
    for kind in sorted({kind for kind, _folded in written}):
        words = [folded for one, folded in written if one == kind]
        VocabularyChange.objects.create(kind=kind, words=words, due_at=Now())
