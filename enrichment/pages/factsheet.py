"""The facts of one posting, laid out for people: labels, words, amounts.

Facts come from a model, and may be of an older schema: whatever is missing or odd is left
out or shown as it is, and never stops a page. Texts are plain; templates escape them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enrichment.kinds import Text
from enrichment.pages import labels

SUMMARY_LANGUAGES = ("en", "nl", "fr")
SUMMARIES: dict[str, Text] = {
    "summary_short": gettext_lazy("Summary in one sentence"),
    "summary_long": gettext_lazy("Summary at length"),
}


@dataclass(frozen=True, kw_only=True)
class Value:
    """One text of a fact; `key` as `enrichment/places` names values.

    A withheld one is what the model said, and counts for nothing.
    """

    key: str
    text: str
    is_withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line: a text, or several items; no values where the posting doesn't say."""

    field: str
    label: str
    values: tuple[Value, ...] = ()
    is_list: bool = False

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.values) if self.is_list else ()

    @property
    def text(self) -> str:
        return "" if self.is_list else ", ".join(one.text for one in self.values)


@dataclass(frozen=True, kw_only=True)
class Group:
    code: str
    title: str
    facts: list[Fact]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`code` is the language of the texts, for the browser and the screen reader."""

    code: str
    language: str
    short: str
    long: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    groups: list[Group]
    summaries: list[Summary]


def sheet(facts: Any, *, withheld: Collection[str] = ()) -> Sheet | None:
    """None where there are no facts; `withheld` has keys of values."""
    if not isinstance(facts, dict) or not facts:
        return None
    groups = [_role(facts), _place(facts), _pay(facts), _skills(facts)]
    if withheld:
        groups = [_apart(group, withheld) for group in groups]
    return Sheet(groups=groups, summaries=_summaries(facts))


def _apart(group: Group, withheld: Collection[str]) -> Group:
    facts = [
        replace(
            fact,
            values=tuple(
                replace(one, is_withheld=one.key in withheld) for one in fact.values
            ),
        )
        for fact in group.facts
    ]
    return replace(group, facts=facts)


def in_words(field: str, value: Any) -> tuple[str, str]:
    """The label and the text of one fact, which may also be a summary."""
    if field in SUMMARIES:
        texts = (_text(_mapping(value).get(code)) for code in SUMMARY_LANGUAGES)
        return str(SUMMARIES[field]), " · ".join(filter(None, texts))
    facts = {field: value}
    for group in (_role(facts), _place(facts), _pay(facts), _skills(facts)):
        for fact in group.facts:
            if fact.field == field:
                return fact.label, fact.text or ", ".join(fact.items)
    return field, _text(value)


def highlights(facts: Any) -> list[str]:
    """The few that a list has room for."""
    if not isinstance(facts, dict):
        return []
    texts = (
        labels.label(labels.ROLE_FAMILIES, facts.get("role_family")),
        labels.label(labels.SENIORITIES, facts.get("seniority")),
        labels.label(labels.REMOTE_POLICIES, facts.get("remote_policy")),
        labels.label(labels.CONTRACT_TYPES, facts.get("contract_type")),
        salary(facts.get("salary")),
    )
    return [text for text in texts if text]


def salary(value: Any) -> str:
    """`€ 4,200 – 5,600 per month`, `at least € 4,200 per month`."""
    part = _mapping(value)
    currency = str(part.get("currency") or "")
    symbol = labels.SYMBOLS.get(currency, currency)
    amount = _range(part.get("min"), part.get("max"), unit=symbol)
    if not amount:
        return ""
    period = labels.label(labels.PERIODS, part.get("period"))
    return " ".join(filter(None, (amount, period)))


def _role(facts: Mapping[str, Any]) -> Group:
    return Group(
        code="job",
        title=_("The job"),
        facts=[
            _line("title", _("Title"), _text(facts.get("title"))),
            _word(facts, "role_family", _("Field"), labels.ROLE_FAMILIES),
            _word(facts, "seniority", _("Seniority"), labels.SENIORITIES),
            _items(facts, "employment_types", _("Employment"), labels.EMPLOYMENT_TYPES),
            _word(facts, "contract_type", _("Contract"), labels.CONTRACT_TYPES),
            _word(facts, "sourcing", _("Offered by"), labels.SOURCINGS),
        ],
    )


def _place(facts: Mapping[str, Any]) -> Group:
    place = _mapping(facts.get("location"))
    parts = tuple(
        Value(key=f"location-{name}", text=text)
        for name in ("city", "region", "country")
        if (text := _text(place.get(name)))
    )
    language = labels.language(facts.get("posting_language"))
    return Group(
        code="where",
        title=_("Place and language"),
        facts=[
            Fact(field="location", label=_("Place"), values=parts),
            _word(facts, "remote_policy", _("Remote work"), labels.REMOTE_POLICIES),
            Fact(
                field="spoken_languages",
                label=_("Languages"),
                values=_spoken(facts),
                is_list=True,
            ),
            _line("posting_language", _("Language of the posting"), language),
        ],
    )


def _pay(facts: Mapping[str, Any]) -> Group:
    return Group(
        code="pay",
        title=_("Pay and perks"),
        facts=[
            _line("salary", _("Salary"), salary(facts.get("salary"))),
            _items(facts, "perks", _("Perks")),
        ],
    )


def _skills(facts: Mapping[str, Any]) -> Group:
    return Group(
        code="asked",
        title=_("What is asked"),
        facts=[
            _line("experience", _("Experience"), _experience(facts.get("experience"))),
            _word(facts, "education", _("Education"), labels.EDUCATIONS),
            _items(facts, "must_have_skills", _("Must have")),
            _items(facts, "nice_to_have_skills", _("Nice to have")),
            _items(facts, "programming_languages", _("Programming languages")),
            _items(facts, "tools", _("Tools")),
        ],
    )


def _summaries(facts: Mapping[str, Any]) -> list[Summary]:
    short, long = (_mapping(facts.get(f"summary_{size}")) for size in ("short", "long"))
    return [
        Summary(
            code=code,
            language=labels.language(code),
            short=_text(short.get(code)),
            long=_text(long.get(code)),
        )
        for code in SUMMARY_LANGUAGES
    ]


def _spoken(facts: Mapping[str, Any]) -> tuple[Value, ...]:
    """`Dutch (fluent)`, `French (basic, a plus)`."""
    found = []
    for index, one in enumerate(_list(facts, "spoken_languages")):
        if not isinstance(one, dict):
            continue
        level = labels.label(labels.LANGUAGE_LEVELS, one.get("level"))
        plus = "" if one.get("required") else _("a plus")
        details = ", ".join(filter(None, (level, plus)))
        name = labels.language(one.get("language"))
        text = f"{name} ({details})" if details else name
        found.append(Value(key=f"spoken_languages-{index}", text=text))
    return tuple(found)


def _experience(value: Any) -> str:
    part = _mapping(value)
    low, high = part.get("min_years"), part.get("max_years")
    years = _range(low, high)
    if not years:
        return ""
    most = high if isinstance(high, int | float) else low
    plural = 1 if most == 1 else 2
    return ngettext("%(years)s year", "%(years)s years", plural) % {"years": years}


def _range(low: Any, high: Any, *, unit: str = "") -> str:
    """`3`, `3 – 5`, `at least 3`, `at most 5`, with the unit before the first number."""
    least = _number(low) if isinstance(low, int | float) else ""
    most = _number(high) if isinstance(high, int | float) else ""
    if least and most:
        both = least if least == most else f"{least} – {most}"
        return f"{unit} {both}".lstrip()
    number = f"{unit} {least or most}".lstrip()
    if least:
        return _("at least %(number)s") % {"number": number}
    return _("at most %(number)s") % {"number": number} if most else ""


def _number(value: float) -> str:
    decimals = 0 if value == int(value) else 2
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def _line(field: str, label: str, text: str) -> Fact:
    values = (Value(key=field, text=text),) if text else ()
    return Fact(field=field, label=label, values=values)


def _word(
    facts: Mapping[str, Any], field: str, label: str, words: dict[str, Text]
) -> Fact:
    return _line(field, label, labels.label(words, facts.get(field)))


def _items(
    facts: Mapping[str, Any],
    field: str,
    label: str,
    words: dict[str, Text] | None = None,
) -> Fact:
    values = tuple(
        Value(key=f"{field}-{index}", text=labels.label(words or {}, one))
        for index, one in enumerate(_list(facts, field))
    )
    return Fact(field=field, label=label, values=values, is_list=True)


def _list(facts: Mapping[str, Any], name: str) -> list[Any]:
    value = facts.get(name)
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
