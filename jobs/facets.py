"""The filters that the list offers, with how many postings of the whole site each one finds.

States and errors by the tally, which is exact; the others as they were last counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enrichment import tally, term_counts, terms
from enrichment.kinds import Text
from enrichment.models import Enrichment, TermCount
from enrichment.pages import labels
from enrichment.vocabulary.current import current
from jobs import filters, search, sources
from jobs.filters import TITLES, Filters

# Shown at once; the others behind "more".
SHOWN = {"skill": 12, "seniority": len(labels.SENIORITIES)}
SHOWN_OTHERWISE = 6
MORE = 30
SUGGESTED = 200
SUGGESTED_KINDS = ("skill", "role")
FACETS = (
    *("role", "role_family", "seniority", "remote_policy", "spoken_language", "skill"),
    *("given", "not_found", "source"),
)
# From the lowest rank to the highest.
LADDER = list(labels.SENIORITIES)
# Words together make a skill's name, as in "machine learning".
MOST_WORDS = 3


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter to switch on or off by following `query`; no count where it isn't counted."""

    name: str
    value: str
    label: str
    query: str
    count: int | None = None
    is_active: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """The filters of one kind; `more` are those of which there is less."""

    name: str
    title: Text
    chips: list[Chip]
    more: list[Chip]


@dataclass(frozen=True, kw_only=True)
class Step:
    """An amount that pay can be filtered by."""

    value: int
    label: str
    is_from: bool
    is_below: bool


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All filters beside the list."""

    chosen: Filters

    @cached_property
    def facets(self) -> list[Facet]:
        found = [_facet(name, self.chosen) for name in FACETS]
        return [facet for facet in found if facet.chips]

    @cached_property
    def active(self) -> list[Chip]:
        """Each leads to the list without it."""
        return [
            Chip(
                name=name,
                value=value,
                label=_("%(title)s: %(value)s")
                % {"title": TITLES[name], "value": filters.label(name, value)},
                query=self.chosen.minus((name, value)).query(),
            )
            for name, value in self.chosen.pairs
        ]

    @cached_property
    def hidden(self) -> list[filters.Pair]:
        """What a form keeps as it is: all that it has no field of its own for."""
        own = {"q", "salary_from", "salary_below"}
        order = [("order", "oldest")] if self.chosen.oldest_first else []
        return [pair for pair in self.chosen.pairs if pair[0] not in own] + order

    @cached_property
    def skills(self) -> list[str]:
        """To complete what is being typed."""
        top = term_counts.top("skill", limit=SUGGESTED)
        return [labels.term("skill", value) for value, _count in top]

    @cached_property
    def currencies(self) -> list[str]:
        """The most frequent first; the chosen one before it."""
        values = (value for value, _count in term_counts.top("salary_from"))
        chosen = [self.currency] if self.currency else []
        return list(dict.fromkeys([*chosen, *(one.split()[0] for one in values)]))

    @cached_property
    def currency(self) -> str:
        chosen = self.chosen.get("salary_from") or self.chosen.get("salary_below")
        return chosen.partition(" ")[0]

    @cached_property
    def steps(self) -> list[Step]:
        lowest, limit = (
            self.chosen.get(name).rpartition(" ")[2]
            for name in ("salary_from", "salary_below")
        )
        return [
            Step(
                value=step,
                label=labels.money("", step).strip(),
                is_from=str(step) == lowest,
                is_below=str(step) == limit,
            )
            for step in terms.STEPS
        ]

    @cached_property
    def suggestions(self) -> list[Chip]:
        """Words of the search that are skills or roles: those are found by what the text says."""
        phrases = list(_phrases(self.chosen.get("q").casefold().split()))
        words = current()
        # Of two phrases for one the longer one, which comes later.
        meant = {
            (kind, words.value(kind, phrase)): phrase
            for kind in SUGGESTED_KINDS
            for phrase in phrases
        }
        values = [value for _kind, value in meant]
        rows = TermCount.objects.filter(kind__in=SUGGESTED_KINDS, value__in=values)
        counts = rows.order_by("-count").values_list("kind", "value", "count")
        return [
            _without_words(self.chosen, (kind, value), meant[kind, value], count=count)
            for kind, value, count in (counts if phrases else ())
            if (kind, value) in meant and (kind, value) not in self.chosen.pairs
        ]

    @cached_property
    def counted(self) -> str:
        """When; empty where it hasn't been done yet."""
        return clock(term_counts.counted_at())


def clock(moment: datetime | None) -> str:
    """`14:20`; with the day where it isn't today's."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return date_format(local, "H:i")
    return date_format(local, pgettext("date format", "j M Y, H:i"))


def states(chosen: Filters, counts: dict[tally.State, int]) -> list[Chip]:
    """One for each state; an error's filter goes with another state."""
    plain = Filters(
        pairs=tuple(one for one in chosen.pairs if one[0] not in ("state", "kind")),
        oldest_first=chosen.oldest_first,
    )
    return [
        Chip(
            name="state",
            value=state,
            label=str(label),
            query=plain.plus("state", state).query(),
            count=tally.total(counts, status=state),
            is_active=chosen.get("state") == state,
        )
        for state, label in Enrichment.Status.choices
    ]


def errors(chosen: Filters, counts: Mapping[tally.State, int]) -> list[Chip]:
    """The kinds of error there are, the most frequent first."""
    found = {kind: count for (_state, kind), count in counts.items() if kind}
    if kind := chosen.get("kind"):
        found.setdefault(kind, 0)
    by_count = sorted(found.items(), key=lambda one: -one[1])
    return [_chip("kind", value, chosen, count=count) for value, count in by_count]


def _facet(name: str, chosen: Filters) -> Facet:
    shown = SHOWN.get(name, SHOWN_OTHERWISE)
    kind = term_counts.SOURCE if name == "source" else name
    counts: dict[str, int | None] = dict(term_counts.top(kind, limit=shown + MORE))
    if name == "source" and not counts:  # not counted yet
        counts = dict.fromkeys(sources.first())
    if name == "seniority":
        counts = {one: counts[one] for one in LADDER if one in counts}
    active = {value for one, value in chosen.pairs if one == name}
    for value in sorted(active):
        counts.setdefault(value, None)
    first = {*list(counts)[:shown], *active}
    chips = [_chip(name, one, chosen, count=count) for one, count in counts.items()]
    return Facet(
        name=name,
        title=TITLES[name],
        chips=[chip for chip in chips if chip.value in first],
        more=[chip for chip in chips if chip.value not in first],
    )


def _chip(name: str, value: str, chosen: Filters, *, count: int | None) -> Chip:
    return Chip(
        name=name,
        value=value,
        label=filters.label(name, value),
        query=chosen.toggled(name, value).query(),
        count=count,
        is_active=(name, value) in chosen.pairs,
    )


def _phrases(words: list[str]) -> Iterable[str]:
    """Up to three words that follow each other."""
    for start in range(min(len(words), search.MOST_WORDS)):
        for length in range(1, MOST_WORDS + 1):
            yield " ".join(words[start : start + length])


def _without_words(
    chosen: Filters, pair: filters.Pair, phrase: str, *, count: int
) -> Chip:
    """With the filter in place of its words."""
    gone = phrase.split()
    words = [one for one in chosen.get("q").split() if one.casefold() not in gone]
    rest = chosen.minus(("q", chosen.get("q")))
    if words:
        rest = rest.plus("q", " ".join(words))
    return Chip(
        name=pair[0],
        value=pair[1],
        label=labels.term(*pair),
        query=rest.plus(*pair).query(),
        count=count,
    )
