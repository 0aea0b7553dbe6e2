"""Employers' words for pay and work, to the words of `enrichment/llm/schema.py`.

What can be read in more than one way is not read: whoever calls keeps the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from enrichment.llm.schema import (
    ContractType,
    Education,
    EmploymentType,
    Period,
    RemotePolicy,
)
from enrichment.offline.rules.words import fold

Word = TypeVar("Word")

MOST = 1e9
_SYMBOLS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "EURO": "EUR"}
_SIGN = r"(?:[A-Za-z]{3}|US\$|[€$£])"
_NUMBER = re.compile(
    rf"(?:{_SIGN}\s?)?(?P<number>\d{{1,3}}(?:[.,'’ \u00a0\u202f]\d{{3}})+(?:[.,]\d{{1,2}})?"
    rf"|\d+(?:[.,]\d+)?)\s?(?P<kilo>[kK])?(?:\s?{_SIGN})?"
)
_THOUSANDS = re.compile(r"(\d{1,3})\.(\d{3})")
_TO = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")
_LONGEST = 60

# Searched in folded words; the first group that fits is not the only one.
_PERIODS: tuple[tuple[str, Period], ...] = (
    (r"hour|uur|heure|\bhr\b|\bhur\b", Period.HOUR),
    (r"\bday|daily|\bdag|\bjour", Period.DAY),
    (r"week|semaine|\bwee\b", Period.WEEK),
    (r"month|maand|\bmois|\bmon\b", Period.MONTH),
    (r"year|annual|annum|jaar|\bannee|\bann\b|\byr\b", Period.YEAR),
)
# Every second week, half a month: periods that the schema has no word for.
_OTHER_PERIOD = re.compile(r"\b(?:bi|semi|half|quarter|two|twice|[02-9]|1\d)")
_EMPLOYMENT: tuple[tuple[str, EmploymentType], ...] = (
    (r"full.?time|voltijd|temps plein|vollzeit", EmploymentType.FULL_TIME),
    (r"part.?time|deeltijd|temps partiel|teilzeit", EmploymentType.PART_TIME),
    (
        r"contractor|\bcontract$|freelance|zelfstandig|independant",
        EmploymentType.CONTRACTOR,
    ),
    (
        r"temporary|\btemp\b|seasonal|tijdelijk|\binterim|temporaire",
        EmploymentType.TEMPORARY,
    ),
    (r"\bintern(?:ship)?s?\b|\bstages?\b|stagiair", EmploymentType.INTERN),
    (r"volunteer|vrijwillig|benevol", EmploymentType.VOLUNTEER),
    (r"per.?diem", EmploymentType.PER_DIEM),
)
_CONTRACTS: tuple[tuple[str, ContractType], ...] = (
    (
        r"permanent|onbepaalde|\bcdi\b|indeterminee|unbefristet",
        ContractType.PERMANENT,
    ),
    (
        r"fixed.?term|(?<!on)bepaalde|\bcdd\b|(?<!in)determinee|(?<!un)befristet",
        ContractType.FIXED_TERM,
    ),
    (r"freelance", ContractType.FREELANCE),
    (r"apprentice", ContractType.APPRENTICESHIP),
)
_REMOTE: tuple[tuple[str, RemotePolicy], ...] = (
    (r"hybrid", RemotePolicy.HYBRID),
    (
        r"(?<!not )(?<!non.)\bremote|telecommute|teletravail|thuiswerk",
        RemotePolicy.REMOTE,
    ),
    (r"on.?site|in.?office|in.?person|op locatie|sur site", RemotePolicy.ON_SITE),
)
_EDUCATION: tuple[tuple[str, Education], ...] = (
    (r"high.?school|secondary|secundair|secondaire", Education.SECONDARY),
    (r"vocational|\bmbo\b|graduaat", Education.VOCATIONAL),
    (r"bachelor", Education.BACHELOR),
    (r"\bmaster", Education.MASTER),
    (r"doctor|\bphd\b", Education.DOCTORATE),
)


class AmountError(ValueError):
    """It can't be told which amount this is; the message says why."""


def amounts(value: object) -> tuple[float, ...]:
    """The amount, or the two ends of a range; nothing where none is said (also by a 0).

    Raises:
        AmountError: it is none, or could be two.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        parts = _TO.split(value.strip()) if len(value) <= _LONGEST else [value, "", ""]
        if len(parts) > 2 or not all(parts):
            raise AmountError("not an amount")
        found = [_from_text(part) for part in parts]
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = [value]
    else:
        raise AmountError("not an amount")
    if not all(0 <= one <= MOST for one in found):
        raise AmountError(f"an amount outside 0 to {MOST:,.0f}")
    return tuple(plain(one) for one in found if one)


def plain(number: float) -> float:
    """Whole where it is whole, so that it is the same however it was written."""
    return int(number) if number == int(number) else round(number, 2)


def currency(value: str) -> str | None:
    code = value.strip().upper()
    code = _SYMBOLS.get(code, code)
    return code if re.fullmatch("[A-Z]{3}", code) else None


def period(words: str) -> Period | None:
    if _OTHER_PERIOD.search(fold(words)):
        return None
    return _only(_PERIODS, words)


def employment(words: Iterable[str]) -> list[EmploymentType]:
    found = [kind for one in words for kind in _all(_EMPLOYMENT, one)]
    return list(dict.fromkeys(found))


def contract(words: Iterable[str]) -> ContractType | None:
    return _only(_CONTRACTS, " ; ".join(words))


def remote(words: str) -> RemotePolicy | None:
    return _only(_REMOTE, words)


def education(words: str) -> Education | None:
    return _only(_EDUCATION, words)


def _from_text(text: str) -> float:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise AmountError("not an amount")
    number, times = found["number"], 1000 if found["kilo"] else 1
    if _THOUSANDS.fullmatch(number):
        whole = number.replace(".", "")
        raise AmountError(f"could be {number.partition('.')[0]} or {whole}")
    head, mark, tail = _split(number)
    digits = re.sub(r"\D", "", head)
    return times * float(f"{digits}.{tail}" if mark else digits)


def _split(number: str) -> tuple[str, str, str]:
    """The whole part and the decimals: behind the last mark, if that ends no group of three."""
    place = max(number.rfind("."), number.rfind(","))
    tail = number[place + 1 :]
    is_group = len(tail) == 3 and re.match(r"\d{1,3}\D\d{3}", number)
    if place < 0 or is_group:
        return number, "", ""
    return number[:place], number[place], tail


def _all(words: tuple[tuple[str, Word], ...], text: str) -> list[Word]:
    folded = fold(text.replace("_", " "))
    return [meaning for pattern, meaning in words if re.search(pattern, folded)]


def _only(words: tuple[tuple[str, Word], ...], text: str) -> Word | None:
    found = _all(words, text)
    return found[0] if len(found) == 1 else None
