"""What the enrichment is for: what is asked, offered and paid in all postings together.

All figures come from counts that workers keep (`enrichment/term_counts.py`), so that a page
costs the same with a million postings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from enrichment import term_counts
from enrichment.pages.insights import pay
from enrichment.pages.insights.figures import (
    SIMPLE,
    TITLES,
    Coverage,
    Figure,
    coverage,
    enriched_postings,
    simple,
)
from enrichment.pages.insights.pay import RolePay


@dataclass(frozen=True, kw_only=True)
class Insights:
    """The page. `currency` is the one whose pay is shown, of `currencies`."""

    counted_at: datetime | None
    enriched: int
    figures: list[Figure]
    pay: Figure
    role_pay: list[RolePay]
    coverage: list[Coverage]
    currency: str
    currencies: list[str]


def build(*, currency: str = "") -> Insights:
    """`currency`: whose pay is shown; the one of most postings where it isn't known."""
    steps = pay.by_currency()
    if currency not in steps:
        currency = next(iter(steps), "")
    enriched = enriched_postings()
    figures = (simple(name, enriched=enriched) for name in SIMPLE)
    return Insights(
        counted_at=term_counts.counted_at(),
        enriched=enriched,
        figures=[figure for figure in figures if figure.bars],
        pay=pay.pay_figure(currency, steps.get(currency, [])),
        role_pay=pay.role_pay(currency),
        coverage=coverage(),
        currency=currency,
        currencies=list(steps),
    )


Row = list[str | int]


def table(name: str, *, currency: str = "") -> Iterator[Row]:
    """One figure as rows of a file, the head first.

    Raises:
        KeyError: there is no such figure.
    """
    if name not in TITLES:
        raise KeyError(name)
    if name == "source":
        yield [_("Source"), _("Postings"), _("Enriched"), "%"]
        for one in coverage():
            yield [one.source, one.total, one.enriched, one.share]
        return
    whole = build(currency=currency)
    if name == "role_salary":
        quarters = (_("Lower quarter"), _("Middle"), _("Upper quarter"))
        yield [str(TITLES["role_family"]), _("Postings"), *quarters]
        for role in whole.role_pay:
            yield [role.label, role.count, role.low, role.middle, role.high]
        return
    if name == "salary":
        figure = whole.pay
    else:
        figure = simple(name, enriched=whole.enriched)
    yield [str(figure.title), _("Postings"), "%"]
    for bar in figure.bars:
        yield [bar.label, bar.count, bar.share]


__all__ = ["TITLES", "Insights", "build", "table"]
