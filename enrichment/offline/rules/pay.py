"""What does the job pay? Of all amounts in a posting, the one that is the pay.

Bonuses, allowances, budgets, turnover, prices and rents are amounts too. An amount is
pay where a word of pay stands before it, or `gross` or a period after it, and where no
word of something else is nearer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from enrichment.llm.schema import Period, Salary
from enrichment.offline.rules import pay_words
from enrichment.offline.rules.amounts import Range, ranges
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import Words, fold

ENOUGH = 3
# An ad that leaves the period out states pay by the year from here on.
YEARLY_FROM = {"EUR": 15_000, "USD": 15_000, "GBP": 15_000, "CHF": 25_000}
YEARLY_KILO = 15_000
# A text with more amounts than this is a price list.
MAX_CANDIDATES = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    amount: Range
    period: Period | None
    score: int
    is_grade: bool


def salary(reading: Reading) -> Salary | None:
    found = list(_candidates(reading))
    if not found:
        return None
    best = max(found, key=lambda candidate: candidate.score)
    if not best.is_grade:
        return _salary(best.amount.low, best.amount.high, best)
    # Several grades of one job, each with its pay: from the lowest to the highest.
    amounts = [
        amount
        for grade in found
        if grade.is_grade and grade.amount.currency == best.amount.currency
        for amount in (grade.amount.low, grade.amount.high)
        if amount is not None
    ]
    return _salary(min(amounts), max(amounts), best)


def _candidates(reading: Reading) -> Iterator[_Candidate]:
    titles = {word.text.rstrip("s") for word in reading.title.items}
    count, has_grades = 0, False
    for sentence in _places(reading):
        folded = sentence.words.folded
        if not any(c.isdigit() for c in folded):
            continue
        for amount in ranges(folded):
            count += 1
            if count > MAX_CANDIDATES:
                return
            candidate = _weigh(
                amount,
                sentence=sentence,
                folded=folded,
                is_grade=amount.currency is not None
                and _is_grade(folded, amount=amount, titles=titles, more=has_grades),
            )
            if candidate is not None:
                has_grades |= candidate.is_grade
                yield candidate


def _places(reading: Reading) -> Iterator[Sentence]:
    yield from reading.sentences
    yield Sentence(
        words=reading.title,
        whole=reading.title.source,
        section=Section.UNKNOWN,
        heading="",
        label="",
        is_bullet=False,
    )


def _weigh(
    amount: Range, *, sentence: Sentence, folded: str, is_grade: bool
) -> _Candidate | None:
    """What speaks for this amount; None where something speaks against it."""
    before = folded[max(0, amount.start - 90) : amount.start]
    after = folded[amount.end : amount.end + 60]
    clause = _clause(after)
    if pay_words.OTHER_AFTER.match(clause):
        return None
    is_gross = _is_gross(before, after)
    named = _named(before, is_gross=is_gross)
    if named is None:
        return None
    period = _period(before, after)
    by_heading = bool(pay_words.PAY.search(fold(sentence.heading)))
    if not amount.is_marked and not (
        (named or is_gross) and period and (amount.low or 0) != (amount.high or 0)
    ):
        return None
    score = (
        3 * named
        + 2 * is_gross
        + 2 * (period is not None)
        + 2 * (by_heading and not named)
        + (amount.low != amount.high)
        + (sentence.section is Section.OFFER)
        + 3 * is_grade
    )
    if is_grade and not (named or period or _is_yearly(amount)):
        # `Aide ($15.75)` may be the fee of an examination as well as an hour's pay.
        return None
    told = named or is_gross or is_grade
    if sentence.section in {Section.ABOUT, Section.TASKS} and not told:
        return None
    if score < ENOUGH or not _is_plausible(amount, period):
        return None
    return _Candidate(amount=amount, period=period, score=score, is_grade=is_grade)


def _clause(after: str) -> str:
    end = pay_words.CLAUSE_END.search(after)
    return after[: end.start()] if end else after


def _is_gross(before: str, after: str) -> bool:
    return bool(
        pay_words.GROSS.search(before[-24:]) or pay_words.GROSS.search(after[:32])
    )


def _named(before: str, *, is_gross: bool) -> bool | None:
    """Whether a word of pay stands before; None where one of something else is nearer."""
    pay = _last_end(pay_words.PAY, before)
    other = _last_end(pay_words.OTHER, before)
    if other > pay:
        # `pension, € 3.000 gross`: the comma ends what the other word is about.
        if not is_gross or "," not in before[other:]:
            return None
        return False
    return pay >= 0


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    ends = [match.end() for match in pattern.finditer(text)]
    return ends[-1] if ends else -1


def _period(before: str, after: str) -> Period | None:
    near = [
        (match.start(), period)
        for period, pattern in pay_words.AFTER.items()
        if (match := pattern.search(after[:36]))
    ]
    if near:
        return min(near, key=lambda found: found[0])[1]
    for period, pattern in pay_words.BEFORE.items():
        if pattern.search(before[-40:]):
            return period
    return None


def _is_grade(folded: str, *, amount: Range, titles: set[str], more: bool) -> bool:
    """`Senior Analyst ($70,000)`: one of the title's words, then the pay in brackets.

    Where there was one, `Any other ($60,000): ` is one too.
    """
    before = folded[max(0, amount.start - 40) : amount.start]
    if not before.endswith("("):
        return False
    if more and folded[amount.end : amount.end + 2] == "):":
        return True
    words = Words(before[:-1]).items[-2:]
    return any(word.text.rstrip("s") in titles for word in words if len(word.text) > 3)


def _is_plausible(amount: Range, period: Period | None) -> bool:
    lowest, highest = pay_words.PLAUSIBLE[period]
    return all(
        lowest <= value <= highest
        for value in (amount.low, amount.high)
        if value is not None
    )


def _salary(low: float | None, high: float | None, best: _Candidate) -> Salary:
    period = best.period
    if period is None and _is_yearly(replace(best.amount, low=low, high=high)):
        period = Period.YEAR
    return Salary(
        min=low, max=high, currency=best.amount.currency or None, period=period
    )


def _is_yearly(amount: Range) -> bool:
    """Whether it is a year's pay by its size alone."""
    start = YEARLY_FROM.get(amount.currency or "")
    if amount.is_kilo:
        start = YEARLY_KILO
    return start is not None and (amount.low or amount.high or 0) >= start
