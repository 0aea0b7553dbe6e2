"""What postings pay in a year: by steps of one currency, and by field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from enrichment import term_counts, terms
from enrichment.pages import labels
from enrichment.pages.insights.figures import TITLES, Bar, Figure, percent, query

# What is asked of so few says nothing about a role's pay.
FEWEST_FOR_A_ROLE = 3


@dataclass(frozen=True, kw_only=True)
class RolePay:
    """The pay of one field: the quarter below which, the middle, and the quarter above which.

    `x` and `width` place the middle half on a line of 100, `middle_x` its middle.
    """

    role: str
    label: str
    count: int
    low: str
    middle: str
    high: str
    x: float
    width: float
    middle_x: float
    query: str


def by_currency() -> dict[str, list[tuple[int, int]]]:
    """Steps with their counts; the currency of most postings first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for value, count in term_counts.top("salary"):
        currency, _space, step = value.partition(" ")
        found.setdefault(currency, []).append((int(step), count))
    size = {one: sum(count for _step, count in steps) for one, steps in found.items()}
    return dict(sorted(found.items(), key=lambda one: -size[one[0]]))


def pay_figure(currency: str, steps: Iterable[tuple[int, int]]) -> Figure:
    """How many postings pay how much, step by step, empty ones between others included."""
    counts = dict(steps)
    known = sum(counts.values())
    most = max(counts.values(), default=0)
    bars = [
        Bar(
            value=f"{currency} {step}",
            label=_band(currency, step),
            count=counts.get(step, 0),
            length=percent(counts.get(step, 0), most),
            share=percent(counts.get(step, 0), known),
            query=_pay_query(currency, step),
        )
        for step in terms.STEPS
        if counts and min(counts) <= step <= max(counts)
    ]
    return Figure(name="salary", title=TITLES["salary"], bars=bars, known=known)


def role_pay(currency: str) -> list[RolePay]:
    """The best paid field first."""
    steps_of: dict[str, list[tuple[int, int]]] = {}
    for value, count in term_counts.top("role_salary"):
        role, one, step = value.rsplit(" ", 2)
        if one == currency:
            steps_of.setdefault(role, []).append((int(step), count))
    quarters_of = {
        role: tuple(_quantile(sorted(steps), share) for share in (0.25, 0.5, 0.75))
        for role, steps in steps_of.items()
        if sum(count for _step, count in steps) >= FEWEST_FOR_A_ROLE
    }
    end = max((high for _low, _middle, high in quarters_of.values()), default=0)
    found = [
        RolePay(
            role=role,
            label=labels.term("role_family", role),
            count=sum(count for _step, count in steps_of[role]),
            low=labels.money(currency, low),
            middle=labels.money(currency, middle),
            high=labels.money(currency, high),
            # A little room on the right, for the mark of a middle that is the highest.
            x=95 * low / end,
            width=max(95 * (high - low) / end, 1),
            middle_x=95 * middle / end,
            query=query("role_family", role),
        )
        for role, (low, middle, high) in quarters_of.items()
    ]
    return sorted(found, key=lambda one: (-one.middle_x, one.label))


def _next_step(step: int) -> int | None:
    return next((one for one in terms.STEPS if one > step), None)


def _pay_query(currency: str, step: int) -> str:
    above = _next_step(step)
    wish = {"currency": currency, "salary_from": step}
    return urlencode(wish if above is None else {**wish, "salary_below": above})


def _band(currency: str, step: int) -> str:
    above = _next_step(step)
    low = labels.money(currency, step)
    if above is None:
        return _("%(amount)s and more") % {"amount": low}
    return f"{low} – {labels.money('', above).strip()}"


def _quantile(steps: Sequence[tuple[int, int]], share: float) -> int:
    """The step in which this share of the postings is reached."""
    wanted = math.ceil(share * sum(count for _step, count in steps))
    seen = 0
    for step, count in steps:
        seen += count
        if seen >= wanted:
            return step
    return steps[-1][0]
