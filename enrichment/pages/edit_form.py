"""The form in which people correct facts: one input for each thing that the schema asks.

`enrichment/pages/edit_values.py` turns facts into what stands in it, and what was entered into
facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enrichment.kinds import Text
from enrichment.llm.schema import (
    MAX_ITEM_CHARS,
    MAX_ITEMS,
    MAX_SUMMARY_CHARS,
    PostingLanguage,
)
from enrichment.offline.rules.spoken import NAMES
from enrichment.pages import labels

EMPTY_ROWS = 2
NEVER_BLANK = ("role_family", "posting_language")
SUMMARY_LANGUAGES = ("en", "nl", "fr")


class LinesField(forms.Field):
    """A list, one item a line; in a single line, commas part them too."""

    widget = forms.Textarea(attrs={"rows": 4})
    is_lines = True  # for the template

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return value
        # PostgreSQL takes no NUL.
        text = str(value or "").replace("\0", " ").strip()
        parts = text.splitlines() if "\n" in text else text.split(",")
        return [" ".join(part.split()) for part in parts if part.strip()]

    def validate(self, value: list[str]) -> None:
        if len(value) > MAX_ITEMS:
            raise forms.ValidationError(
                _("These are more than %(number)s."), params={"number": MAX_ITEMS}
            )
        if any(len(item) > MAX_ITEM_CHARS for item in value):
            raise forms.ValidationError(
                _("One is longer than %(number)s characters."),
                params={"number": MAX_ITEM_CHARS},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


def _choices(words: Mapping[str, Text], *, blank: bool = True) -> Any:
    start = [("", _("not stated"))] if blank else []
    return [*start, *((str(value), text) for value, text in words.items())]


def _posting_choices() -> list[tuple[str, str]]:
    named = [(code.value, labels.language(code)) for code in PostingLanguage]
    return [("", "---"), *named]


def _spoken_choices() -> list[tuple[str, str]]:
    """By name, in the reader's language."""
    named = [(code, labels.language(code)) for code in NAMES]
    return [("", "---"), *sorted(named, key=lambda choice: choice[1])]


def _short(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=MAX_ITEM_CHARS, required=required)


def _amount(label: Any, *, highest: float) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=highest, required=False)


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _summary(rows: int) -> forms.CharField:
    return forms.CharField(
        max_length=MAX_SUMMARY_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FactsForm(forms.Form):
    """All facts but the languages, which `LanguageFormSet` has."""

    title = _short(_("Title"), required=True)
    role_family = _choice(_("Field"), _choices(labels.ROLE_FAMILIES))
    seniority = _choice(_("Seniority"), _choices(labels.SENIORITIES))
    employment_types = forms.MultipleChoiceField(
        label=_("Employment"),
        choices=_choices(labels.EMPLOYMENT_TYPES, blank=False),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contract_type = _choice(_("Contract"), _choices(labels.CONTRACT_TYPES))
    sourcing = _choice(_("Offered by"), _choices(labels.SOURCINGS))
    location_city = _short(_("City"))
    location_region = _short(_("Region"))
    location_country = _short(_("Country"))
    remote_policy = _choice(_("Remote work"), _choices(labels.REMOTE_POLICIES))
    posting_language = _choice(_("Language of the posting"), _posting_choices)
    salary_min = _amount(_("Lowest"), highest=1e9)
    salary_max = _amount(_("Highest"), highest=1e9)
    salary_currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Three letters, such as EUR."),
        error_messages={"invalid": _("Three letters, such as EUR.")},
    )
    salary_period = _choice(_("Period"), _choices(labels.PERIODS))
    perks = LinesField(label=_("Perks"), required=False)
    min_years = _amount(_("At least (years)"), highest=60)
    max_years = _amount(_("At most (years)"), highest=60)
    education = _choice(_("Education"), _choices(labels.EDUCATIONS))
    must_have_skills = LinesField(label=_("Must have"), required=False)
    nice_to_have_skills = LinesField(label=_("Nice to have"), required=False)
    programming_languages = LinesField(label=_("Programming languages"), required=False)
    tools = LinesField(label=_("Tools"), required=False)
    summary_short_en = _summary(2)
    summary_short_nl = _summary(2)
    summary_short_fr = _summary(2)
    summary_long_en = _summary(6)
    summary_long_nl = _summary(6)
    summary_long_fr = _summary(6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for code in SUMMARY_LANGUAGES:
            for size in ("short", "long"):
                field = self.fields[f"summary_{size}_{code}"]
                field.label = labels.language(code)
                field.widget.attrs["lang"] = code

    def clean_salary_currency(self) -> str:
        return str(self.cleaned_data["salary_currency"]).upper()

    def clean(self) -> None:
        for low, high in (("salary_min", "salary_max"), ("min_years", "max_years")):
            least, most = self.cleaned_data.get(low), self.cleaned_data.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(high, _("This is below the lowest."))
        for name in NEVER_BLANK:
            # Blank only where facts of another schema had nothing that fits.
            if self.initial.get(name) and not self.cleaned_data.get(name, "?"):
                self.add_error(name, _("This field is required."))


class LanguageForm(forms.Form):
    """One spoken language; a row without one counts for nothing."""

    language = forms.ChoiceField(
        label=_("Language"), choices=_spoken_choices, required=False
    )
    level = _choice(_("Level"), _choices(labels.LANGUAGE_LEVELS))
    required = forms.BooleanField(label=_("required"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        code = self.initial.get("language")
        field: Any = self.fields["language"]
        if code and code not in dict(field.choices):
            # One that only the model knew.
            field.choices = [*field.choices, (code, labels.language(code))]


if TYPE_CHECKING:
    _Rows = forms.BaseFormSet[LanguageForm]
else:
    _Rows = forms.BaseFormSet


class _LanguageRows(_Rows):
    def clean(self) -> None:
        codes = [
            form.cleaned_data["language"]
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("language")
        ]
        if len(codes) > len(set(codes)):
            raise forms.ValidationError(_("Name each language once."))


LanguageFormSet = forms.formset_factory(
    LanguageForm, formset=_LanguageRows, extra=EMPTY_ROWS, max_num=MAX_ITEMS
)
