"""The facts as a posting's page shows them: what the text says of each, and who corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from enrichment import grounding, places
from enrichment.grounding import Note
from enrichment.llm.posting import PostingText
from enrichment.models import Enrichment
from enrichment.pages import factsheet, marking
from enrichment.pages.factsheet import Fact, Sheet, Summary
from enrichment.pages.marking import MarkedText
from enrichment.pages.notes import OF_SALARY, OF_TEXT, texts


@dataclass(frozen=True, kw_only=True)
class Value:
    """`anchor` is its place in the text; `is_absent` says that it was sought in vain.

    A withheld one counts for nothing; one that is only absent is a judgement.
    """

    key: str
    text: str
    anchor: str
    is_absent: bool
    is_withheld: bool


@dataclass(frozen=True, kw_only=True)
class Correction:
    """By whom and when, and what the model had said."""

    field: str
    by: str
    at: datetime | None
    model_text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    field: str
    label: str
    is_list: bool
    values: list[Value]
    correction: Correction | None
    notes: list[str]

    @property
    def present(self) -> list[Value]:
        return [
            value for value in self.values if not (value.is_absent or value.is_withheld)
        ]

    @property
    def absent(self) -> list[Value]:
        return [v for v in self.values if v.is_absent and not v.is_withheld]

    @property
    def withheld(self) -> list[Value]:
        return [value for value in self.values if value.is_withheld]


@dataclass(frozen=True, kw_only=True)
class Group:
    code: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class FactLines:
    """`groups` and `summaries` are empty where nothing is known yet."""

    groups: list[Group]
    summaries: list[Summary]
    corrected_summaries: list[Correction]
    text: MarkedText
    notes: list[str]

    @property
    def is_known(self) -> bool:
        return bool(self.groups)


def build(posting: PostingText, enrichment: Enrichment) -> FactLines:
    facts = enrichment.all_facts
    sheet = factsheet.sheet(facts, withheld=enrichment.withheld)
    found = places.find(posting, facts)
    text = marking.mark(posting, found, captions=_captions(sheet))
    if sheet is None:
        return FactLines(
            groups=[], summaries=[], corrected_summaries=[], text=text, notes=[]
        )
    corrected = corrections(enrichment)
    absent = {one.key for one in found if not one.is_supported}
    told = _notes(posting, enrichment)
    return FactLines(
        groups=[
            Group(
                code=group.code,
                title=group.title,
                lines=[
                    _line(
                        fact,
                        anchors=text.anchors,
                        absent=absent,
                        correction=corrected.get(fact.field),
                        notes=told,
                    )
                    for fact in group.facts
                ],
            )
            for group in sheet.groups
        ],
        summaries=sheet.summaries,
        corrected_summaries=[
            corrected[name] for name in factsheet.SUMMARIES if name in corrected
        ],
        text=text,
        notes=texts(told, OF_TEXT),
    )


def _notes(posting: PostingText, enrichment: Enrichment) -> tuple[Note, ...]:
    """None where they are of a text that is gone."""
    is_same = enrichment.content_hash == posting.content_hash
    if not (is_same and enrichment.is_checked):
        return ()
    return grounding.read(enrichment.grounding).notes


def _captions(sheet: Sheet | None) -> dict[str, marking.Caption]:
    return {
        fact.field: marking.Caption(group=group.code, label=fact.label)
        for group in (sheet.groups if sheet else ())
        for fact in group.facts
    }


def _line(
    fact: Fact,
    *,
    anchors: Mapping[str, str],
    absent: set[str],
    correction: Correction | None,
    notes: Iterable[Note],
) -> Line:
    """What a person entered needs no proof in the text."""
    is_told = fact.field == "salary" and correction is None
    return Line(
        field=fact.field,
        label=fact.label,
        is_list=fact.is_list,
        values=[
            Value(
                key=value.key,
                text=value.text,
                anchor=anchors.get(value.key, ""),
                is_absent=value.key in absent and correction is None,
                is_withheld=value.is_withheld,
            )
            for value in fact.values
        ],
        correction=correction,
        notes=texts(notes, OF_SALARY) if is_told else [],
    )


def corrections(enrichment: Enrichment) -> dict[str, Correction]:
    """What people said of which fact."""
    facts = enrichment.facts if isinstance(enrichment.facts, dict) else {}
    return {
        name: Correction(
            field=name,
            by=str(edit.get("by") or ""),
            at=parse_datetime(str(edit.get("at") or "")),
            # A summary is too long to be told beside another.
            model_text=""
            if name in factsheet.SUMMARIES
            else factsheet.in_words(name, facts.get(name))[1] or _("nothing"),
        )
        for name, edit in (enrichment.edits or {}).items()
    }
