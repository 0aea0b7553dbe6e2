"""The page on which facts are corrected: the form, laid out as the facts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from enrichment import edits
from enrichment.models import Enrichment
from enrichment.pages import edit_values, factlines, factsheet
from enrichment.pages.edit_form import FactsForm, LanguageFormSet
from enrichment.pages.factlines import Correction


@dataclass(frozen=True, kw_only=True)
class Row:
    """A fact's inputs, and what became of it so far."""

    field: str
    label: str
    inputs: list[BoundField]
    is_languages: bool
    correction: Correction | None


@dataclass(frozen=True, kw_only=True)
class Section:
    code: str
    title: str
    rows: list[Row]


class Page:
    """The form of one posting; with `data`, what was entered."""

    def __init__(self, enrichment: Enrichment, data: Any = None) -> None:
        self.enrichment = enrichment
        facts = enrichment.effective_facts
        self.form = FactsForm(data, initial=edit_values.initial(facts))
        self.languages = LanguageFormSet(
            data, prefix="languages", initial=edit_values.initial_languages(facts)
        )

    @property
    def token(self) -> str:
        return edits.token(self.enrichment)

    def entered(self) -> dict[str, Any] | None:
        """What is new, by fact; None where something is amiss, which the form tells."""
        if not (self.form.is_valid() & self.languages.is_valid()):
            return None
        return edit_values.changed(self.form, self.languages)

    @property
    def has_errors(self) -> bool:
        return bool(
            self.form.errors
            or any(self.languages.errors)
            or self.languages.non_form_errors()
        )

    @cached_property
    def sections(self) -> list[Section]:
        sheet = factsheet.sheet(self.enrichment.effective_facts)
        corrections = factlines.corrections(self.enrichment)
        groups = [
            (
                group.code,
                group.title,
                [(fact.field, fact.label) for fact in group.facts],
            )
            for group in (sheet.groups if sheet else ())
        ]
        summaries = [(name, str(label)) for name, label in factsheet.SUMMARIES.items()]
        return [
            Section(
                code=code,
                title=title,
                rows=[
                    Row(
                        field=field,
                        label=label,
                        inputs=list(self._inputs(field)),
                        is_languages=field == "spoken_languages",
                        correction=corrections.get(field),
                    )
                    for field, label in facts
                ],
            )
            for code, title, facts in [
                *groups,
                ("summaries", _("Summaries"), summaries),
            ]
        ]

    def _inputs(self, field: str) -> Iterator[BoundField]:
        for name in edit_values.inputs(field):
            if name in self.form.fields:
                yield self.form[name]

    def in_words(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and text of values that somebody entered."""
        told = [factsheet.in_words(name, value) for name, value in values.items()]
        return [(label, text or _("not stated")) for label, text in told]
