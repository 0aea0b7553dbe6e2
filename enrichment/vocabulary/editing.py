"""Changes of the vocabulary: each one transaction, and its terms follow by themselves.

Every change is noted in `VocabularyChange`, which workers follow, and gives the vocabulary
another mark, so that each process reads it anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from enrichment.models import Alias, Concept
from enrichment.models.vocabulary import VocabularyChange, VocabularyState
from enrichment.vocabulary import seeding
from enrichment.vocabulary.current import expire
from enrichment.vocabulary.folding import key
from enrichment.vocabulary.lookup import Entry

# Whoever writes terms by the words of before has committed them after this.
SETTLES = timedelta(seconds=5)


class VocabularyError(Exception):
    """Nothing was changed; the message says why, for a person to act on."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What terms follow: those of these concepts, and those made of these words."""

    concept: Concept
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A word that already leads elsewhere."""

    word: str
    concept: Concept

    def __str__(self) -> str:
        words = {"word": self.word, "name": self.concept.name}
        return _("“%(word)s” leads to %(name)s already.") % words


def taken(entry: Entry, *, besides: int | None = None) -> list[Taken]:
    """Its words that are other concepts' already."""
    folded = entry.folded()
    rows = Alias.objects.filter(kind=entry.kind, folded__in=list(folded))
    found = rows.exclude(concept=besides).select_related("concept")
    return [Taken(word=folded[one.folded], concept=one.concept) for one in found]


def add(entry: Entry) -> Changed:
    """
    Raises:
        VocabularyError: one of the words is another concept's, perhaps since a moment.
    """
    seeding.ensure()
    with _told_of_takers(entry), transaction.atomic():
        return _noted(create(entry))


def save(concept: Concept, entry: Entry, *, seen: int) -> Changed:
    """Make the concept what the entry says, with its words and no others.

    Args:
        seen: its edit number, as the person saw it.

    Raises:
        VocabularyError: a word is another concept's, or somebody else changed this one.
    """
    seeding.ensure()
    with _told_of_takers(entry, besides=concept.pk), transaction.atomic():
        return _noted(overwrite(concept, entry, seen=seen))


def create(entry: Entry) -> Changed:
    """As `add`, for many: in a transaction that `note`s all changes at its end."""
    concept = Concept.objects.create(kind=entry.kind, **_columns(entry))
    _write_words(concept, entry.folded())
    return Changed(concept=concept, words=tuple(entry.folded()), is_new=True)


def overwrite(concept: Concept, entry: Entry, *, seen: int) -> Changed:
    """As `save`, for many."""
    old_key = _replace(concept, entry, seen=seen)
    words = entry.folded()
    known = dict(concept.aliases.values_list("folded", "word"))
    gone = [folded for folded in known if folded not in words]
    came = {folded: word for folded, word in words.items() if word != known.get(folded)}
    concept.aliases.filter(folded__in=[*gone, *came]).delete()
    _write_words(concept, came)
    is_renamed = old_key != key(entry.name)
    # A skill's word is no more in the terms once it led to a concept.
    is_left = bool(gone) and entry.kind != "role"
    return Changed(
        concept=concept,
        keys=(old_key,) if is_renamed or is_left else (),
        words=(*(folded for folded in came if folded not in known), *gone),
    )


def merge(concepts: Collection[int], *, into: int) -> Changed:
    """All words of these lead to that one from now on.

    Raises:
        VocabularyError: one is gone, or they are of different kinds.
    """
    seeding.ensure()
    others = {*concepts} - {into}
    with transaction.atomic():
        rows = Concept.objects.filter(pk__in={*others, into}).order_by("pk")
        found = {one.pk: one for one in rows.select_for_update()}
        if len(found) < len(others) + 1 or not others:
            raise VocabularyError(_("One of them is gone meanwhile. Look again."))
        if len({one.kind for one in found.values()}) > 1:
            raise VocabularyError(_("They are of different kinds."))
        Alias.objects.filter(concept__in=others).update(concept=into)
        Concept.objects.filter(pk__in=others).delete()
        Concept.objects.filter(pk=into).update(edit_number=F("edit_number") + 1)
        keys = tuple(found[pk].key for pk in sorted(others))
        return _noted(Changed(concept=found[into], keys=keys))


def adopt(kind: str, word: str, *, into: Concept) -> Changed:
    """One more word for a concept.

    Raises:
        VocabularyError: it is another concept's, or this one is gone.
    """
    seeding.ensure()
    entry = Entry(kind=kind, name=word)
    with _told_of_takers(entry), transaction.atomic():
        rows = Concept.objects.filter(pk=into.pk, kind=kind)
        if not rows.update(edit_number=F("edit_number") + 1):
            raise VocabularyError(_("One of them is gone meanwhile. Look again."))
        _write_words(into, entry.folded())
        return _noted(Changed(concept=into, words=tuple(entry.folded())))


def delete(concepts: Iterable[int]) -> list[Changed]:
    """Their words are nobody's then."""
    seeding.ensure()
    with transaction.atomic():
        rows = Concept.objects.filter(pk__in=list(concepts)).order_by("pk")
        found = list(rows.select_for_update())
        Concept.objects.filter(pk__in=[one.pk for one in found]).delete()
        changes = [Changed(concept=one, keys=(one.key,)) for one in found]
        note(changes)
    return changes


def note(changes: Iterable[Changed]) -> None:
    """For workers to follow; at the end of the changes' own transaction."""
    VocabularyState.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})
    values: dict[str, list[list[str]]] = {}
    words: dict[str, list[str]] = {}
    for one in changes:
        kind = one.concept.kind
        values.setdefault(kind, []).extend([kind, each] for each in one.keys)
        words.setdefault(kind, []).extend(one.words)
    VocabularyChange.objects.bulk_create(
        VocabularyChange(
            kind=kind,
            values=values[kind],
            words=words[kind],
            due_at=Now() + SETTLES,
        )
        for kind in values
        if values[kind] or words[kind]
    )
    expire()


def _noted(changed: Changed) -> Changed:
    note([changed])
    return changed


def _replace(concept: Concept, entry: Entry, *, seen: int) -> str:
    """The row alone, if nobody else did meanwhile; the key that it had."""
    rows = Concept.objects.filter(pk=concept.pk, edit_number=seen)
    old_key = rows.values_list("key", flat=True).first()
    won = rows.update(**_columns(entry), edit_number=F("edit_number") + 1)
    if not won or old_key is None:
        raise VocabularyError(
            _("Somebody else has changed it meanwhile. Look at it again.")
        )
    return old_key


def _columns(entry: Entry) -> dict[str, str]:
    return {
        "name": entry.name,
        "key": key(entry.name),
        "scheme": entry.scheme,
        "code": entry.code,
        "uri": entry.uri,
        "note": entry.note,
    }


def _write_words(concept: Concept, words: dict[str, str]) -> None:
    Alias.objects.bulk_create(
        Alias(concept=concept, kind=concept.kind, word=word, folded=folded)
        for folded, word in words.items()
    )


@contextmanager
def _told_of_takers(entry: Entry, *, besides: int | None = None) -> Iterator[None]:
    """A constraint refuses a word that another concept has; which one, people want to know."""
    try:
        yield
    except IntegrityError as error:
        others = " ".join(map(str, taken(entry, besides=besides)))
        text = others or _("Somebody else has changed it meanwhile. Look at it again.")
        raise VocabularyError(text) from error
