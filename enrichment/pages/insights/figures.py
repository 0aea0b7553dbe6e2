"""Figures of one kind each: how many postings have which value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from enrichment import tally, term_counts
from enrichment.llm import schema
from enrichment.pages import labels

Text = str | Promise

SHOWN_SKILLS = 30
SHOWN = 20

TITLES: dict[str, Text] = {
    "skill": gettext_lazy("Skills"),
    "role": gettext_lazy("Roles"),
    "role_family": gettext_lazy("Fields"),
    "seniority": gettext_lazy("Seniority"),
    "remote_policy": gettext_lazy("Remote work"),
    "spoken_language": gettext_lazy("Languages asked for"),
    "contract_type": gettext_lazy("Contracts"),
    "education": gettext_lazy("Education"),
    "perk": gettext_lazy("Perks"),
    "salary": gettext_lazy("Pay in a year"),
    "role_salary": gettext_lazy("Pay by field"),
    "source": gettext_lazy("Coverage by source"),
}
# Values with an order of their own are shown in it; others the most frequent first.
ORDERS: dict[str, Sequence[str]] = {
    "seniority": list(schema.Seniority),
    "education": list(schema.Education),
    "remote_policy": list(schema.RemotePolicy),
}
# A posting may have several values of these.
SEVERAL = frozenset(("skill", "perk", "spoken_language"))
SIMPLE = (
    *("skill", "role", "role_family", "seniority", "remote_policy", "spoken_language"),
    *("contract_type", "education", "perk"),
)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a figure.

    Attributes:
        length: of the bar, in whole percents of the longest one.
        share: of the postings that say something about it, in whole percents.
        query: the list's address for these postings; empty where there is none.
    """

    value: str
    label: str
    count: int
    length: int
    share: int
    query: str

    @property
    def share_text(self) -> str:
        return "< 1 %" if self.count and not self.share else f"{self.share} %"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Bars of one kind.

    `known`: postings that say something about it; all enriched ones where a posting may have
    several values.
    """

    name: str
    title: Text
    bars: list[Bar]
    known: int

    @property
    def is_of_all(self) -> bool:
        return self.name in SEVERAL


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One source: how many of its postings are enriched. `share` in whole percents."""

    source: str
    total: int
    enriched: int
    share: int
    query: str


def simple(kind: str, *, enriched: int) -> Figure:
    """`enriched`: postings, of which a kind with several values in one posting tells shares."""
    several = kind in SEVERAL
    shown_at_most = SHOWN_SKILLS if kind == "skill" else SHOWN
    limit = shown_at_most if several else term_counts.KEPT
    counts = term_counts.top(kind, limit=limit)
    known = enriched if several else sum(count for _value, count in counts)
    shown = counts[:shown_at_most]
    if order := ORDERS.get(kind):
        shown.sort(
            key=lambda one: order.index(one[0]) if one[0] in order else len(order)
        )
    most = max((count for _value, count in shown), default=0)
    bars = [
        Bar(
            value=value,
            label=labels.term(kind, value),
            count=count,
            length=percent(count, most),
            share=percent(count, known),
            query=query(kind, value),
        )
        for value, count in shown
    ]
    return Figure(name=kind, title=TITLES[kind], bars=bars, known=known)


def coverage() -> list[Coverage]:
    done = dict(term_counts.top(term_counts.SOURCE_ENRICHED))
    return [
        Coverage(
            source=source,
            total=total,
            enriched=done.get(source, 0),
            share=percent(done.get(source, 0), total),
            query=urlencode({"source": source}),
        )
        for source, total in term_counts.top(term_counts.SOURCE, limit=SHOWN)
    ]


def query(kind: str, value: str) -> str:
    """The jobs list's address of the postings that have this term."""
    return urlencode({kind: value})


def enriched_postings() -> int:
    return tally.total(tally.counts(), status="enriched")


def percent(part: int, whole: int) -> int:
    return min(round(100 * part / whole), 100) if whole else 0
