"""From facts to what stands in the form, and from what was entered to facts.

What is entered is checked by the schema itself in the end (`JobFacts`), so that a
corrected fact is never of another shape than a model's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from pydantic import ValidationError

from enrichment.llm.schema import JobFacts
from enrichment.pages.edit_form import (
    SUMMARY_LANGUAGES,
    FactsForm,
    LanguageForm,
    LinesField,
)

LISTS = (
    *("must_have_skills", "nice_to_have_skills", "programming_languages"),
    *("tools", "perks", "employment_types"),
)
# Facts that have several inputs: part of the fact -> name of the input.
PARTS: dict[str, dict[str, str]] = {
    "location": {name: f"location_{name}" for name in ("city", "region", "country")},
    "experience": {name: name for name in ("min_years", "max_years")},
    "salary": {name: f"salary_{name}" for name in ("min", "max", "currency", "period")},
    "summary_short": {code: f"summary_short_{code}" for code in SUMMARY_LANGUAGES},
    "summary_long": {code: f"summary_long_{code}" for code in SUMMARY_LANGUAGES},
}
_SUMMARIES = ("summary_short", "summary_long")
# For the facts that weren't changed, so that the schema has something to check.
_BLANK: dict[str, Any] = {
    **dict.fromkeys(JobFacts.model_fields),
    **{name: [] for name in (*LISTS, "spoken_languages")},
    "title": "-",
    "role_family": "other",
    "posting_language": "other",
    **{name: dict.fromkeys(SUMMARY_LANGUAGES, "") for name in _SUMMARIES},
}


def inputs(fact: str) -> list[str]:
    """The names of a fact's inputs."""
    return list(PARTS[fact].values()) if fact in PARTS else [fact]


def initial(facts: Any) -> dict[str, Any]:
    """What stands in the form; a value of another shape is left out."""
    found: dict[str, Any] = {}
    for name, value in facts.items() if isinstance(facts, dict) else ():
        if name in PARTS:
            parts = value if isinstance(value, dict) else {}
            found |= {box: parts.get(part) for part, box in PARTS[name].items()}
        else:
            found[name] = value
    return {
        name: shown
        for name, value in found.items()
        if name in FactsForm.base_fields
        and (shown := _shown(FactsForm.base_fields[name], value)) is not None
    }


def _shown(field: forms.Field, value: Any) -> Any:
    """A value as its input takes it; None for one that it can't hold."""
    if isinstance(field, forms.MultipleChoiceField | LinesField):
        items = value if isinstance(value, list) else []
        return [item for item in items if _holds(field, item)]
    if isinstance(field, forms.FloatField):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        # As people write numbers: 4200 rather than 4200.0.
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value if is_number else None
    return value if _holds(field, value) else None


def _holds(field: forms.Field, value: Any) -> bool:
    return isinstance(value, str) and (
        not isinstance(field, forms.ChoiceField) or field.valid_value(value)
    )


def initial_languages(facts: Any) -> list[dict[str, Any]]:
    spoken = facts.get("spoken_languages") if isinstance(facts, dict) else None
    level = LanguageForm.base_fields["level"]
    return [
        {
            "language": one["language"],
            "level": one.get("level") if _holds(level, one.get("level")) else "",
            "required": one.get("required") is True,
        }
        for one in (spoken if isinstance(spoken, list) else [])
        if isinstance(one, dict) and isinstance(one.get("language"), str)
    ]


def changed(
    form: FactsForm, languages: forms.BaseFormSet[LanguageForm]
) -> dict[str, Any] | None:
    """The facts that were entered anew; None where the schema refuses one, which is told."""
    entered = set(form.changed_data)
    values = {
        name: _value(name, form.cleaned_data)
        for name in JobFacts.model_fields
        if not entered.isdisjoint(inputs(name))
    }
    if languages.has_changed():
        values["spoken_languages"] = [
            {**row, "level": row["level"] or None}
            for row in languages.cleaned_data
            if row.get("language")
        ]
    try:
        checked = JobFacts.model_validate({**_BLANK, **values})
    except ValidationError as error:
        _tell(form, error)
        return None
    dumped = checked.model_dump(mode="json")
    return {name: dumped[name] for name in values}


def _value(name: str, cleaned: Mapping[str, Any]) -> Any:
    if name in _SUMMARIES:
        return {part: cleaned[box] for part, box in PARTS[name].items()}
    if name in PARTS:
        parts = {part: _or_none(cleaned[box]) for part, box in PARTS[name].items()}
        return parts if any(part is not None for part in parts.values()) else None
    return cleaned[name] if name in LISTS else _or_none(cleaned[name])


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _tell(form: FactsForm, error: ValidationError) -> None:
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        box = inputs(name)[0]
        text = _("This does not fit: %(reason)s.") % {"reason": problem["msg"]}
        form.add_error(box if box in form.fields else None, text)
