"""A file of concepts: checked as a whole, then written as a whole.

CSV in UTF-8 with a head: `kind,name,aliases,scheme,code` and, if wanted, `uri,note`. Aliases
stand in one field, with `;` between them. A concept that is there already gets the words
that it doesn't have yet, and the code; nothing is taken away.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from enrichment.models import Alias, Concept
from enrichment.models.vocabulary import ConceptKind, Scheme
from enrichment.vocabulary import editing, seeding
from enrichment.vocabulary.current import expire
from enrichment.vocabulary.editing import Changed
from enrichment.vocabulary.folding import LONGEST, fold
from enrichment.vocabulary.lookup import Entry

NEEDED = ("kind", "name")
FIELDS = ("kind", "name", "aliases", "scheme", "code", "uri", "note")
CODED = ("scheme", "code", "uri", "note")
LONG = {"uri": 300, "note": 300}
# Told of one file; the others are like them.
MOST_PROBLEMS = 20


class BadFileError(Exception):
    """Each of `problems` names line and field; nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Counts:
    """`words` beside the names of new concepts."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    words: int = 0


def read(lines: Iterable[str]) -> list[Line]:
    """
    Raises:
        BadFileError: something in it can't be a concept.
    """
    rows = csv.DictReader(lines, strict=True)
    problems: list[str] = []
    found: list[Line] = []
    try:
        _check_head(rows.fieldnames)
        for row in rows:
            number = rows.line_num
            if None in row or None in row.values():
                problems.append(f"line {number}: not as many fields as the head has")
                continue
            entry, wrong = _entry(row)
            problems += (f"line {number}, {what}" for what in wrong)
            found.append(Line(number=number, entry=entry))
    except csv.Error as error:
        problems.append(f"line {rows.line_num}: {error}")
    problems += _twice(found) if not problems else []
    if problems:
        raise BadFileError(problems)
    return found


def write(lines: list[Line], *, dry_run: bool = False) -> Counts:
    """All of them or none.

    Raises:
        BadFileError: a word leads to another concept already.
        IntegrityError: somebody took one of the words meanwhile.
    """
    seeding.ensure()
    with transaction.atomic():
        problems = [*_taken(lines)]
        if problems:
            raise BadFileError(problems)
        written = [_write(line.entry) for line in lines]
        editing.note(changed for changed in written if changed is not None)
        if dry_run:
            transaction.set_rollback(True)
    expire()
    return _counts(written)


def _check_head(names: Iterable[str] | None) -> None:
    names = list(names or ())
    problems = [
        *(f"line 1: no column {name!r}" for name in NEEDED if name not in names),
        *(f"line 1: unknown column {name!r}" for name in names if name not in FIELDS),
    ]
    if problems:
        raise BadFileError(problems)


def _entry(row: dict[str, str]) -> tuple[Entry, list[str]]:
    """What a row says, and what is wrong with it."""
    values = {name: " ".join(row.get(name, "").split()) for name in FIELDS}
    words = tuple(w for one in values.pop("aliases").split(";") if (w := one.strip()))
    entry = Entry(**values, words=words)
    wrong = []
    if entry.kind not in ConceptKind.values:
        wrong.append(f"kind: {entry.kind!r} is none of {', '.join(ConceptKind.values)}")
    if entry.scheme not in ("", *Scheme.values):
        known = ", ".join(Scheme.values)
        wrong.append(f"scheme: {entry.scheme!r} is none of {known}")
    if entry.code and not entry.scheme:
        wrong.append("scheme: missing, with a code")
    wrong += _bad_word("name", entry.name)
    wrong += (what for word in words for what in _bad_word("aliases", word))
    for name in ("code", "uri", "note"):
        if len(values[name]) > (most := LONG.get(name, LONGEST)):
            wrong.append(f"{name}: longer than {most} characters")
    return entry, wrong


def _bad_word(field: str, word: str) -> Iterator[str]:
    if not fold(word):
        yield f"{field}: {word!r} has no letter" if word else f"{field}: missing"
    elif len(word) > LONGEST:
        yield f"{field}: {word[:40]!r}... is longer than {LONGEST} characters"
    elif "\0" in word:
        yield f"{field}: a NUL character"


def _twice(lines: list[Line]) -> Iterator[str]:
    """Words that two lines claim."""
    first: dict[tuple[str, str], int] = {}
    for line in lines:
        for folded, word in line.entry.folded().items():
            other = first.setdefault((line.entry.kind, folded), line.number)
            if other != line.number:
                field = "name" if word == line.entry.name else "aliases"
                yield f"line {line.number}, {field}: {word!r} is in line {other} too"


def _taken(lines: list[Line]) -> Iterator[str]:
    """Words that another concept has than the one of the line's name."""
    owners = {
        (kind, folded): (concept, name)
        for kind, folded, concept, name in Alias.objects.values_list(
            "kind", "folded", "concept", "concept__name"
        )
    }
    for line in lines:
        entry = line.entry
        own, _name = owners.get((entry.kind, fold(entry.name)), (None, ""))
        for folded, word in entry.folded().items():
            owner, name = owners.get((entry.kind, folded), (own, ""))
            if owner != own:
                yield f"line {line.number}, aliases: {word!r} leads to {name} already"


def _write(entry: Entry) -> Changed | None:
    """None where all of it is there already."""
    name = fold(entry.name)
    alias = Alias.objects.filter(kind=entry.kind, folded=name).first()
    if alias is None:
        return editing.create(entry)
    concept = Concept.objects.get(pk=alias.concept_id)
    known = dict(concept.aliases.values_list("folded", "word"))
    new = [word for folded, word in entry.folded().items() if folded not in known]
    before = {field: getattr(concept, field) for field in CODED}
    after = {field: getattr(entry, field) or old for field, old in before.items()}
    if after == before and not new:
        return None
    words = (*known.values(), *new)
    whole = Entry(kind=concept.kind, name=concept.name, words=words, **after)
    return editing.overwrite(concept, whole, seen=concept.edit_number)


def _counts(written: list[Changed | None]) -> Counts:
    """Words beside the name that a new concept brings."""
    changes = [one for one in written if one is not None]
    created = sum(one.is_new for one in changes)
    return Counts(
        created=created,
        changed=len(changes) - created,
        unchanged=len(written) - len(changes),
        words=sum(len(one.words) - one.is_new for one in changes),
    )
