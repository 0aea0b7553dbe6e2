"""Amounts of money in a sentence, as ranges: `€ 3.000 - 4.000`, `45k to 55k`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from enrichment.offline.rules.words import fold

# A sentence with more amounts than this is a price list, not an offer.
MAX_AMOUNTS = 40
_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "euro's": "EUR",
    "$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF",
    "fr.": "CHF", "dkk": "DKK", "sek": "SEK", "nok": "NOK", "pln": "PLN", "kr": "",
}  # fmt: skip
_SIGN = r"€|us\$|\$|£|euro's\b|euros?\b|eur\b|usd\b|gbp\b|chf\b|dkk\b|sek\b|nok\b|pln\b|kr\b"
# Groups of three, or a plain number; every part is bounded, and none starts within
# another number, so that a megabyte of digits costs one look at each.
_AMOUNT = re.compile(
    rf"(?P<before>{_SIGN})?\s?"
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,3}(?:[.,]\d{2})?"
    r"|\d{1,7}(?:[.,]\d{1,2})?)(?!\d)(?![.,]\d)"
    r"(?:,-|,--|\.-)?\s?(?P<kilo>k(?!\w))?\s?"
    rf"(?P<after>{_SIGN})?(?P<open>\s?\+)?"
)
_JOINT = re.compile(
    r"\s*(?:\(?(?:bruto|brut|gross)\)?)?\s*"
    r"(?:-|–|—|‑|to|tot|tot en met|t/m|a|et|en|and|bis|"
    r"(?:-|–|to|tot|a|et|en|and)?\s*(?:max\.?|maximum|maximaal|up to|jusqu'a))\s*"
)
_BETWEEN = re.compile(
    r"(?:between|tussen|entre|range|minimaal|minimum|min\.?|de|van|from)\W*$"
)
_AND = re.compile(r"\s*(?:et|en|and)\s*")
_LOWEST = re.compile(
    r"(?:from|starting (?:at|from)|at least|minimum(?: of)?|minimaal|minstens|min\.|"
    r"vanaf|van minstens|a partir de|au moins|des|as of)\W*$"
)
_HIGHEST = re.compile(
    r"(?:up to|maximum(?: of)?|max\.?|maximaal|oplopend tot|tot|jusqu'a|at most|"
    r"not exceeding|maximum de)\W*$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """`low` or `high` is None where the text leaves that end open.

    `currency` is None where none stands beside the numbers.
    """

    low: float | None
    high: float | None
    currency: str | None
    is_kilo: bool
    start: int
    end: int

    @property
    def is_marked(self) -> bool:
        """Whether anything shows that this is money."""
        return self.currency is not None or self.is_kilo


@dataclass(frozen=True, kw_only=True, slots=True)
class _Amount:
    value: float
    currency: str | None
    is_kilo: bool
    is_open: bool
    start: int
    end: int


def ranges(text: str) -> Iterator[Range]:
    """The numbers of a text that could be money, joined where they form a range."""
    folded = fold(text)
    amounts = list(_amounts(folded))
    index = 0
    while index < len(amounts):
        first = amounts[index]
        second = amounts[index + 1] if index + 1 < len(amounts) else None
        if second is not None and (pair := _pair(folded, first, second)) is not None:
            yield pair
            index += 2
        else:
            yield _single(folded, first)
            index += 1


def _amounts(folded: str) -> Iterator[_Amount]:
    for count, found in enumerate(_AMOUNT.finditer(folded)):
        if count == MAX_AMOUNTS:
            return
        value = _number(found["number"])
        kilo = found["kilo"] is not None
        sign = found["before"] or found["after"]
        yield _Amount(
            value=round(value * 1000, 2) if kilo else value,
            currency=_CURRENCIES[sign] if sign else None,
            is_kilo=kilo,
            is_open=found["open"] is not None,
            start=found.start("before") if found["before"] else found.start("number"),
            end=found.end(),
        )


def _number(text: str) -> float:
    decimals = re.search(r"[.,](\d{1,2})$", text)
    whole = text[: decimals.start()] if decimals else text
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{decimals[1]}" if decimals else digits)


def _pair(folded: str, first: _Amount, second: _Amount) -> Range | None:
    between = folded[first.end : second.start]
    if len(between) > 24 or not _JOINT.fullmatch(between):
        return None
    if _AND.fullmatch(between) and not _BETWEEN.search(
        folded[max(0, first.start - 14) : first.start]
    ):
        return None
    # 75-85k: the unit stands once.
    if second.is_kilo and not first.is_kilo and first.value < 1000:
        first = replace(first, value=first.value * 1000, is_kilo=True)
    if first.value >= second.value:
        return None
    currency = first.currency if first.currency is not None else second.currency
    return Range(
        low=first.value,
        high=second.value,
        currency=currency,
        is_kilo=first.is_kilo or second.is_kilo,
        start=first.start,
        end=second.end,
    )


def _single(folded: str, amount: _Amount) -> Range:
    lead = folded[max(0, amount.start - 22) : amount.start]
    lowest = amount.is_open or _LOWEST.search(lead) is not None
    highest = not lowest and _HIGHEST.search(lead) is not None
    return Range(
        low=None if highest else amount.value,
        high=None if lowest else amount.value,
        currency=amount.currency,
        is_kilo=amount.is_kilo,
        start=amount.start,
        end=amount.end,
    )
