"""Where the pay stands: each of its amounts, as pay, in its currency and for its period.

Nothing is converted: an amount per month bears out none per year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from enrichment.llm.schema import Period
from enrichment.offline.rules import pay_words
from enrichment.offline.rules.amounts import Range, ranges
from enrichment.places.texts import Place, Text, Texts, first_of

# So much without a period is a year's pay.
YEARLY_FROM = 20_000
# What is said of an amount stands this near.
BEFORE, AFTER = 90, 60
# Of a line with more amounts than this the rest is a price list.
MOST_AMOUNTS = 400
# `38 hours per week` says nothing of the pay's period.
_HOURS = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:-\s?\d+\s?)?(?:-?\s?(?:hours?|hrs?|uur|uren|h|u|heures?|days?|dagen|"
    r"jours?|dag))\s?(?:(?:per|a|par|each|/|in de|de travail par|op)\s?(?:week|semaine|maand|"
    r"mois|month|werkweek))?(?!\w)"
    r"|\d+(?:[.,]\d+)?\s?(?:x|maal|fois|times)\s?(?:per|par|a)\s?(?:jaar|an|year)"
    r"|(?:days?|dagen|jours?) (?:of|off|vakantie|de conges?|holiday)[^.;]{0,20}?(?:per|par|a) \w+"
)
# Nearer than any word of pay, these make an amount something else.
_OTHER = re.compile(
    r"(?:bonus|premie|(?<!\w)primes?(?!\w)|toeslag|allowance|vergoeding|indemnit\w*|budget|"
    r"turnover|omzet|chiffre d'affaires|revenues?|funding|voucher|(?<!diensten)cheques?|variable|variabel|commission|"
    r"pension|(?<!\w)huur|(?<!\w)rent(?!\w)|(?<!\w)fees?|(?<!\w)loans?(?!\w)|deposit|"
    r"discount|korting|insurance|verzekering|assurance|invest\w*|raised|prize|savings|"
    r"contribution|bijdrage|costs?|kosten|frais|worth|valued?|waarde|subsid\w*|grants?|donat\w*|"
    r"schade|contracts? of|projecten van|projects of|deals? of|sales target|quota|target|"
    r"customers|klanten|clients|employees|medewerkers|capital|kapitaal)"
)
_PEOPLE = re.compile(
    r"\s?(?:mensen|personen|personnes|people|persons|staff|collega\w*|colleagues|collegues|"
    r"medewerkers|werknemers|employees|ouvriers|klanten|clients|customers|vestigingen|sites|"
    r"winkels|stores|magasins)"
)
_NO_PAY = re.compile(r"stagevergoeding|internship allowance|indemnite de stage")
_MARKS = {
    "EUR": r"€|(?<!\w)euro?s?(?!\w)|euro's", "GBP": r"£|(?<!\w)(?:gbp|pounds?|sterling|ponden)(?!\w)",
    "USD": r"\$|(?<!\w)(?:usd|dollars?)(?!\w)", "CHF": r"(?<!\w)(?:chf|francs?|franken)(?!\w)", "DKK": r"(?<!\w)dkk(?!\w)",
    "SEK": r"(?<!\w)sek(?!\w)", "NOK": r"(?<!\w)nok(?!\w)", "PLN": r"(?<!\w)(?:pln|zl)(?!\w)",
    "CAD": r"(?<!\w)(?:cad|c\$)(?!\w)", "AUD": r"(?<!\w)(?:aud|a\$)(?!\w)",
    "JPY": r"¥|(?<!\w)(?:jpy|yen)(?!\w)", "INR": r"₹|(?<!\w)(?:inr|rs\.?)(?!\w)",
}  # fmt: skip
_MARK = {code: re.compile(pattern) for code, pattern in _MARKS.items()}
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"))
_CROWNS = frozenset(("SEK", "NOK", "DKK", "ISK", "CZK"))
# Beside the words of the extractor, which looks for less.
_MORE_PERIODS = {
    Period.HOUR: re.compile(
        r"/\s?(?:hour|hr|uur|heure|h|u)(?!\w)|(?:p/u|p\.u\.|uurloon|uurtarief|hourly|"
        r"par heure|de l'heure|horaire|per uur|an hour|per hour)(?!\w)"
    ),
    Period.DAY: re.compile(
        r"/\s?(?:day|dag|jour|d|j)(?!\w)|(?:dagtarief|dagprijs|dagloon|daily|day rate|tjm|"
        r"journalier|journaliere|per dag|per day|par jour|a day)(?!\w)"
    ),
    Period.WEEK: re.compile(r"/\s?(?:week|wk|semaine)(?!\w)|(?:weekloon|weekly|per week|"
        r"a week|par semaine|hebdomadaire)(?!\w)"),
    Period.MONTH: re.compile(
        r"/\s?(?:month|mo|maand|mnd|mois|m)(?!\w)|(?:maandsalaris|maandloon|maandelijks|"
        r"monthly|mensuel(?:le|s)?|per maand|p/m|p\.m\.|par mois|per month|a month|"
        r"bruto-maandloon|brutomaandloon|brutomaandsalaris|monatlich)(?!\w)"
    ),
    Period.YEAR: re.compile(
        r"/\s?(?:year|yr|jaar|an|annum|annee|y)(?!\w)|(?:jaarsalaris|jaarloon|jaarlijks|"
        r"annual|annually|annuels?|annuelle|yearly|per jaar|p/j|p\.a\.?|par an|per annum|"
        r"brutojaarsalaris|a year|per year|par annee|l'an|op jaarbasis|jaarbasis|"
        r"jahrlich)(?!\w)"
    ),
}  # fmt: skip
_CLAUSE = re.compile(r"[;(|]|\. |\n| \+ ")
_CUT = re.compile(r"[,;|(]|\. | \+ | plus | and an? | en een | et une? ")
_HEADING = re.compile(
    r"salar|loon|pay\b|wage|remunerat|compensation|verloning|wedde|bezoldiging|bieden|offer|"
    r"offrons|aanbod|tarief|rate|verdien|earn|gagne"
)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A range in a text, with what stands around it."""

    found: Range
    before: str
    after: str
    line: str
    above: str
    place: Place

    @cached_property
    def periods(self) -> frozenset[Period]:
        """What the text says it is paid for; empty where it doesn't."""
        after = _HOURS.sub(" ", self.after)
        cut = _CLAUSE.search(after, 1)
        after = after[: cut.start()] if cut and cut.start() > 25 else after[:45]
        near = _first(after)
        before = _HOURS.sub(" ", self.before[-45:])
        start = max(before.rfind(mark) for mark in (". ", ";", "|"))
        behind = _last(before[start + 1 :])
        if near is not None:
            return frozenset((near, behind)) - {None} if behind else frozenset((near,))
        found = behind or _first(_HOURS.sub(" ", self.above))
        return frozenset((found,)) if found else frozenset()

    def is_paid_by(self, period: Period | None) -> bool:
        """Whether the text says so; where it doesn't, whether the size allows it."""
        if period is None:
            return True
        if self.periods:
            return period in self.periods
        size = self.found.high or self.found.low or 0
        return period is Period.YEAR or size < YEARLY_FROM

    @cached_property
    def currencies(self) -> frozenset[str]:
        if self.found.currency:
            if self.found.currency == "USD" and "$" in self._own:
                return self._dollars()
            return frozenset((self.found.currency,))
        if self.found.currency == "":
            return _CROWNS
        own = {code for code, mark in _MARK.items() if mark.search(self.line)}
        return frozenset(own | (_DOLLARS if "USD" in own else set()))

    @property
    def _own(self) -> str:
        return self.before[-4:] + self.line

    def _dollars(self) -> frozenset[str]:
        named = {
            code
            for code in _DOLLARS - {"USD"}
            if code in _MARK and _MARK[code].search(self.line)
        }
        return frozenset(named) if named else _DOLLARS

    @cached_property
    def is_pay(self) -> bool:
        """Whether something shows that it is, and nothing that it is something else."""
        before = self.before[self.before.rfind("\n") + 1 :]
        gross = bool(
            pay_words.GROSS.search(before[-24:])
            or pay_words.GROSS.search(self.after[:32])
        )
        named = _end(pay_words.PAY, before)
        clause = _CUT.split(self.after, maxsplit=1)[0]
        if pay_words.OTHER_AFTER.match(clause):
            return False
        clause = before[
            max(before.rfind(mark) for mark in (", ", ";", ". ", "|")) + 1 :
        ]
        near = clause[-28:]
        other = -1 if _NO_PAY.search(near) else _end(_OTHER, near)
        if other > _end(pay_words.PAY, near):
            return False
        is_told = named >= 0 or gross or bool(self.periods)
        is_other = _end(_OTHER, clause) > _end(pay_words.PAY, clause)
        if is_other and not (gross or self.periods):
            return False
        if self.found.is_marked:
            return True
        if _PEOPLE.match(self.after):
            return False
        return is_told or bool(_HEADING.search(self.above))


class Pay:
    """The amounts of a posting, read once."""

    def __init__(self, texts: Texts) -> None:
        self.amounts = [
            amount
            for text in (texts.description, texts.title)
            for amount in _amounts(text)
        ]

    def places(
        self,
        ends: Mapping[str, float | None],
        *,
        currency: str | None,
        period: Period | None,
    ) -> tuple[Place, ...]:
        """Where the amounts stand; none if one of them doesn't."""
        values = {value for value in ends.values() if value is not None}
        fitting = [
            amount
            for amount in self.amounts
            if _values(amount.found) & values
            and amount.is_pay
            and (not currency or agrees(currency, amount.currencies))
            and amount.is_paid_by(period)
        ]
        there = {value for amount in fitting for value in _values(amount.found)}
        if not values <= there:
            return ()
        exact = [amount for amount in fitting if values <= _values(amount.found)]
        return first_of(amount.place for amount in exact or fitting)

    def standing(self, ends: Mapping[str, float | None]) -> list[Amount]:
        """The amounts as such, whatever their currency and period."""
        values = {value for value in ends.values() if value is not None}
        return [
            each
            for each in self.amounts
            if _values(each.found) & values and each.is_pay
        ]


def agrees(currency: str, named: frozenset[str]) -> bool:
    return not named or currency.upper() in named


def _values(found: Range) -> set[float]:
    return {value for value in (found.low, found.high) if value is not None}


def _amounts(text: Text) -> Iterator[Amount]:
    folded = text.words.folded
    count = 0
    for start, piece in text.pieces:
        if not any(c.isdigit() for c in piece):
            continue
        above = _above(folded, start)
        for found in ranges(piece):
            count += 1
            if count > MOST_AMOUNTS:
                return
            begin, end = start + found.start, start + found.end
            yield Amount(
                found=found,
                before=folded[max(0, begin - BEFORE) : begin],
                after=folded[end : end + AFTER],
                line=piece,
                above=above,
                place=text.span(begin, end),
            )


def _above(folded: str, start: int) -> str:
    """The line above, if it is short enough for a heading."""
    above = folded[max(0, start - 120) : start].rstrip()
    line = above[above.rfind("\n") + 1 :]
    return line if len(line) <= 80 and not any(c.isdigit() for c in line) else ""


def _first(text: str) -> Period | None:
    found = [
        (match.start(), period)
        for period in Period
        for pattern in (pay_words.AFTER[period], _MORE_PERIODS[period])
        if (match := pattern.search(text))
    ]
    return min(found)[1] if found else None


def _last(text: str) -> Period | None:
    found = [
        (match.end(), period)
        for period in Period
        for pattern in (pay_words.BEFORE[period], _MORE_PERIODS[period])
        for match in pattern.finditer(text)
    ]
    return max(found)[1] if found else None


def _end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def ends(holder: Any) -> dict[str, float | None]:
    """The amounts of a salary as facts have them."""
    return {name: number(holder, name) for name in ("min", "max")}


def number(holder: Any, name: str) -> float | None:
    value = holder.get(name) if isinstance(holder, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= 1e12 else None
