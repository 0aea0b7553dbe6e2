"""What the employer itself says of its posting, beside what was read from the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrichment import given
from enrichment.given import Verdict
from enrichment.kinds import Text
from enrichment.pages import factsheet
from enrichment.templatetags.enrichment_text import day

VERDICTS: dict[str, Text] = {
    Verdict.AGREES: gettext_lazy("agrees"),
    Verdict.DIFFERS: gettext_lazy("differs"),
    Verdict.UNCLEAR: gettext_lazy("can't be compared"),
    Verdict.ONLY_GIVEN: gettext_lazy("only the employer says it"),
    Verdict.ONLY_READ: gettext_lazy("only the text says it"),
}
MORE: dict[str, Text] = {
    "valid_through": gettext_lazy("Open until"),
    "department": gettext_lazy("Department"),
    "departments": gettext_lazy("Departments"),
    "team": gettext_lazy("Team"),
    "level": gettext_lazy("Level"),
    "offices": gettext_lazy("Offices"),
    "applicant_locations": gettext_lazy("Applicants from"),
    "work_hours": gettext_lazy("Working hours"),
    "starts": gettext_lazy("Starts"),
    "openings": gettext_lazy("Openings"),
    "industry": gettext_lazy("Industry"),
    "category": gettext_lazy("Category"),
    "requisition": gettext_lazy("Requisition"),
}
DATES = {"valid_through", "starts"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """`words` are the employer's own, where they say more than `given` does."""

    field: str
    label: str
    given: str
    words: str
    read: str
    verdict: str
    verdict_label: str


@dataclass(frozen=True, kw_only=True)
class GivenLines:
    lines: list[Line]
    more: list[tuple[str, str]]


def build(said: Any, facts: Any) -> GivenLines | None:
    """None where the posting came without anything beside its text."""
    if not isinstance(said, dict):
        return None
    stated, words = _mapping(said.get("facts")), _mapping(said.get("raw"))
    is_read = isinstance(facts, dict)
    compared = given.compare(said, facts) if stated or words else {}
    lines = [
        _line(
            field,
            verdict,
            stated=stated.get(field),
            words=str(words.get(field) or ""),
            read=facts.get(field) if is_read else None,
            is_read=is_read,
        )
        for field, verdict in compared.items()
    ]
    more = list(_more(_mapping(said.get("more"))))
    return GivenLines(lines=lines, more=more) if lines or more else None


def _line(
    field: str,
    verdict: Verdict,
    *,
    stated: Any,
    words: str,
    read: Any,
    is_read: bool,
) -> Line:
    label, text = _in_words(field, stated)
    return Line(
        field=field,
        label=label,
        given=text or words,
        words=words if text and _letters(words) not in _letters(text) else "",
        read=_in_words(field, read)[1],
        verdict=str(verdict),
        verdict_label=str(VERDICTS[verdict]) if is_read else _("not read yet"),
    )


def _in_words(field: str, value: Any) -> tuple[str, str]:
    label, text = factsheet.in_words(field, value)
    if field == "location" and isinstance(value, dict):
        others = value.get("others")
        places = others if isinstance(others, list) else []
        texts = [text, *(factsheet.in_words(field, one)[1] for one in places)]
        text = "; ".join(filter(None, texts))
    return label, text


def _more(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in MORE.items():
        value = values.get(name)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if value:
            yield str(label), _day(str(value)) if name in DATES else str(value)
    for name, value in _mapping(values.get("metadata")).items():
        yield str(name), str(value)


def _day(text: str) -> str:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return day(moment) if moment else text


def _letters(text: str) -> str:
    """`FULL_TIME` says no more than `Full-time`."""
    return "".join(filter(str.isalnum, text.casefold()))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
