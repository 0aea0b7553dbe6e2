"""Does the posting bear out what the model said? Each value, and notes for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from enrichment.grounding.notes import Note
from enrichment.grounding.reading import text_notes
from enrichment.grounding.records import Record
from enrichment.grounding.salaries import differences, faults
from enrichment.grounding.withholding import WITHHELD, without
from enrichment.llm.posting import PostingText
from enrichment.places import Found
from enrichment.places.finding import find_in
from enrichment.places.pay import Pay
from enrichment.places.texts import Texts

# Stored with each check; raise it with any change of what is found or noted.
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Grounding:
    """`checked` has every value that could stand in the text."""

    checked: tuple[Found, ...]
    notes: tuple[Note, ...]

    @cached_property
    def not_found(self) -> tuple[Found, ...]:
        """Of the fields that are withheld, the values without a place in the text."""
        return tuple(
            found
            for found in self.checked
            if found.field in WITHHELD and not found.is_supported
        )

    @cached_property
    def record(self) -> Record:
        return Record(
            version=VERSION,
            places={
                found.key: found.places[0] for found in self.checked if found.places
            },
            not_found=tuple(found.key for found in self.not_found),
            notes=self.notes,
        )

    def supported(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that were checked, without the values that were not found."""
        return without(facts, self.record.not_found)

    def as_json(self) -> dict[str, Any]:
        """What is stored; `read` makes a `Record` of it."""
        return self.record.as_json()


def check(posting: PostingText, facts: Mapping[str, Any]) -> Grounding:
    texts = Texts(posting)
    checked, notes = [], []
    for found in find_in(texts, facts):
        if found.field == "salary":
            withheld = list(_of_salary(texts, found, facts["salary"]))
            notes += withheld
            found = replace(found, places=()) if withheld else found
        checked.append(found)
    notes += text_notes(posting, texts)
    return Grounding(checked=tuple(checked), notes=tuple(dict.fromkeys(notes)))


def _of_salary(texts: Texts, found: Found, salary: Mapping[str, Any]) -> Iterator[Note]:
    """Why it is withheld; nothing where it isn't."""
    yield from faults(salary)
    if not found.is_supported:
        yield from differences(Pay(texts), salary)
