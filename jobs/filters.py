"""What the list is filtered by, as its address says it; an odd value is no filter.

`?q=baker&state=failed&skill=python&skill=sql&currency=EUR&salary_from=40000`: words, states,
and terms by the names of their kinds.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrichment import terms
from enrichment.kinds import ERROR_KIND_CHOICES, Text
from enrichment.llm import schema
from enrichment.models import Enrichment
from enrichment.models.terms import TermKind
from enrichment.pages import labels
from enrichment.vocabulary.current import current

Pair = tuple[str, str]
"""Name and value of a filter; a term's kind and value where it is of a term."""

# In the order in which they are shown and written.
TITLES: dict[str, Text] = {
    "q": gettext_lazy("Search"),
    "state": gettext_lazy("State"),
    "kind": gettext_lazy("Error"),
    "source": gettext_lazy("Source"),
    "prompt": gettext_lazy("Read by"),
    "role": gettext_lazy("Role"),
    "role_family": gettext_lazy("Field"),
    "seniority": gettext_lazy("Seniority"),
    "remote_policy": gettext_lazy("Remote work"),
    "contract_type": gettext_lazy("Contract"),
    "employment_type": gettext_lazy("Employment"),
    "education": gettext_lazy("Education"),
    "posting_language": gettext_lazy("Language of the posting"),
    "spoken_language": gettext_lazy("Language"),
    "skill": gettext_lazy("Skill"),
    "perk": gettext_lazy("Perk"),
    "given": gettext_lazy("Compared with the employer"),
    "not_found": gettext_lazy("Not found in the text"),
    "salary_from": gettext_lazy("Pay in a year"),
    "salary_below": gettext_lazy("Pay in a year"),
}
# A posting may have several values of these, and has to have all that are asked for.
SEVERAL = frozenset(("employment_type", "spoken_language", "skill", "perk"))
SALARY = frozenset(("salary_from", "salary_below"))
CLOSED: dict[str, Collection[str]] = {
    "state": Enrichment.Status.values,
    "kind": [kind for kind, _label in ERROR_KIND_CHOICES],
    "posting_language": list(schema.PostingLanguage),
    **labels.WORDS_OF_TERMS,
}
CURRENCY = re.compile("[A-Z]{3}")
VERSION = re.compile("[1-9][0-9]{0,8}")
# Of the filter by prompt, in place of a version: whichever isn't the one of now.
OLDER = "older"
LONGEST = 200
# More of them find nothing that is wanted, and each costs a look.
MOST = 10


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Amounts are kept as their terms are: `EUR 40000`."""

    pairs: tuple[Pair, ...] = ()
    oldest_first: bool = False

    @property
    def names(self) -> set[str]:
        return {name for name, _value in self.pairs}

    @property
    def terms(self) -> list[Pair]:
        """Those that a posting has to have."""
        kinds = set(TermKind.values)
        return [pair for pair in self.pairs if pair[0] in kinds]

    def get(self, name: str) -> str:
        return next((value for one, value in self.pairs if one == name), "")

    def plus(self, name: str, value: str) -> Filters:
        """With this one more, in place of another one where only one can be."""
        kept = [pair for pair in self.pairs if pair[0] != name or name in SEVERAL]
        return replace(self, pairs=_in_order([*kept, (name, value)]))

    def minus(self, *gone: Pair) -> Filters:
        return replace(self, pairs=tuple(one for one in self.pairs if one not in gone))

    def toggled(self, name: str, value: str) -> Filters:
        pair = (name, value)
        return self.minus(pair) if pair in self.pairs else self.plus(name, value)

    @property
    def fields(self) -> list[Pair]:
        """As an address or a form has them."""
        found: list[Pair] = []
        for name, value in self.pairs:
            if name in SALARY:
                currency, _space, value = value.partition(" ")
                if ("currency", currency) not in found:
                    found.append(("currency", currency))
            found.append((name, value))
        return [*found, ("order", "oldest")] if self.oldest_first else found

    def query(self, **position: Any) -> str:
        """For an address; `position` is where in the list, where not at its beginning."""
        return f"?{urlencode([*self.fields, *position.items()])}"


def read(data: QueryDict, *, most: int = MOST) -> Filters:
    pairs = [(name, value) for name in TITLES for value in _values(name, data)]
    return Filters(
        pairs=_in_order(pairs)[:most], oldest_first=data.get("order") == "oldest"
    )


def label(name: str, value: str) -> str:
    """The value in words."""
    match name:
        case "state":
            return str(Enrichment.Status(value).label)
        case "kind":
            return str(dict(ERROR_KIND_CHOICES)[value])
        case "prompt" if value == OLDER:
            return _("an older version")
        case "prompt":
            return _("version %(version)s of the prompt") % {"version": value}
        case "salary_from":
            return _("%(amount)s or more") % {"amount": labels.term(name, value)}
        case "salary_below":
            amount = labels.term("salary_from", value)
            return _("less than %(amount)s") % {"amount": amount}
        case _other:
            return labels.term(name, value)


def _values(name: str, data: QueryDict) -> list[str]:
    texts = [text for text in data.getlist(name) if text and "\0" not in text]
    found = [value for text in texts if (value := _value(name, text, data))]
    return found if name in SEVERAL else found[-1:]


def _value(name: str, text: str, data: QueryDict) -> str:
    """As it is stored; empty where nothing can have it."""
    text = " ".join(text.split())
    if name in SALARY:
        currency = data.get("currency", "")
        known = text.isdecimal() and int(text[:9]) in terms.STEPS
        return f"{currency} {text}" if known and CURRENCY.fullmatch(currency) else ""
    if name in CLOSED:
        return text if text in CLOSED[name] else ""
    if name == "prompt":
        return text if text == OLDER or VERSION.fullmatch(text) else ""
    if name in ("skill", "perk", "role"):
        return current().value(name, text)
    return text[: LONGEST if name == "q" else terms.MAX_VALUE].rstrip()


def _in_order(pairs: list[Pair]) -> tuple[Pair, ...]:
    order = list(TITLES)
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: order.index(pair[0])))
