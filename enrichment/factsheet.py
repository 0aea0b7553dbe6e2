"""The facts of one posting, laid out for people: labels, words, amounts.

Facts come from a model, and may be of an older schema: whatever is missing or odd is left
out or shown as it is, and never stops a page. Texts are plain; templates escape them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrichment import labels
from enrichment.kinds import Text

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
SUMMARY_LANGUAGES = ("en", "nl", "fr")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line: a text, or several items; neither where the posting doesn't say."""

    label: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
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


def sheet(facts: Any) -> Sheet | None:
    """None where there are no facts."""
    if not isinstance(facts, dict) or not facts:
        return None
    groups = [_role(facts), _place(facts), _pay(facts), _skills(facts)]
    return Sheet(groups=groups, summaries=_summaries(facts))


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
    """`€ 4,200 – 5,600 per month`."""
    part = _mapping(value)
    amount = _range(part.get("min"), part.get("max"))
    if not amount:
        return ""
    currency = str(part.get("currency") or "")
    period = labels.label(labels.PERIODS, part.get("period"))
    return " ".join(filter(None, (SYMBOLS.get(currency, currency), amount, period)))


def _role(facts: Mapping[str, Any]) -> Group:
    types = _items(facts, "employment_types")
    employment = tuple(labels.label(labels.EMPLOYMENT_TYPES, one) for one in types)
    return Group(
        title=_("The job"),
        facts=[
            Fact(label=_("Title"), text=_text(facts.get("title"))),
            _word(_("Field"), labels.ROLE_FAMILIES, facts.get("role_family")),
            _word(_("Seniority"), labels.SENIORITIES, facts.get("seniority")),
            Fact(label=_("Employment"), items=employment),
            _word(_("Contract"), labels.CONTRACT_TYPES, facts.get("contract_type")),
            _word(_("Offered by"), labels.SOURCINGS, facts.get("sourcing")),
        ],
    )


def _place(facts: Mapping[str, Any]) -> Group:
    place = _mapping(facts.get("location"))
    parts = [_text(place.get(name)) for name in ("city", "region", "country")]
    return Group(
        title=_("Place and language"),
        facts=[
            Fact(label=_("Place"), text=", ".join(filter(None, parts))),
            _word(_("Remote work"), labels.REMOTE_POLICIES, facts.get("remote_policy")),
            Fact(label=_("Languages"), items=_spoken(facts)),
            Fact(
                label=_("Language of the posting"),
                text=labels.language(facts.get("posting_language")),
            ),
        ],
    )


def _pay(facts: Mapping[str, Any]) -> Group:
    return Group(
        title=_("Pay and perks"),
        facts=[
            Fact(label=_("Salary"), text=salary(facts.get("salary"))),
            Fact(label=_("Perks"), items=_items(facts, "perks")),
        ],
    )


def _skills(facts: Mapping[str, Any]) -> Group:
    return Group(
        title=_("What is asked"),
        facts=[
            Fact(label=_("Experience"), text=_experience(facts.get("experience"))),
            _word(_("Education"), labels.EDUCATIONS, facts.get("education")),
            Fact(label=_("Must have"), items=_items(facts, "must_have_skills")),
            Fact(label=_("Nice to have"), items=_items(facts, "nice_to_have_skills")),
            Fact(
                label=_("Programming languages"),
                items=_items(facts, "programming_languages"),
            ),
            Fact(label=_("Tools"), items=_items(facts, "tools")),
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


def _spoken(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """`Dutch (fluent)`, `French (basic, a plus)`."""
    found = []
    for one in map(_mapping, _list(facts, "spoken_languages")):
        level = labels.label(labels.LANGUAGE_LEVELS, one.get("level"))
        plus = "" if one.get("required") else _("a plus")
        details = ", ".join(filter(None, (level, plus)))
        name = labels.language(one.get("language"))
        found.append(f"{name} ({details})" if details else name)
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


def _range(low: Any, high: Any) -> str:
    """`3`, `3 – 5`, `at least 3`, `at most 5`."""
    least = _number(low) if isinstance(low, int | float) else ""
    most = _number(high) if isinstance(high, int | float) else ""
    if least and most:
        return least if least == most else f"{least} – {most}"
    if least:
        return _("at least %(number)s") % {"number": least}
    return _("at most %(number)s") % {"number": most} if most else ""


def _number(value: float) -> str:
    decimals = 0 if value == int(value) else 2
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def _word(label: str, words: dict[str, Text], value: Any) -> Fact:
    return Fact(label=label, text=labels.label(words, value))


def _items(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_text(one) for one in _list(facts, name))


def _list(facts: Mapping[str, Any], name: str) -> list[Any]:
    value = facts.get(name)
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
