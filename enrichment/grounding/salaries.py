"""Is a salary sane in itself, and if it isn't borne out by the text, why not?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enrichment.grounding.notes import Note
from enrichment.llm.schema import Period
from enrichment.offline.rules.pay_words import PLAUSIBLE
from enrichment.places.pay import Pay, agrees, ends

# ISO 4217, list one: national currencies in use.
CURRENCIES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XCG",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
        "ZWG",
    ]
)
# Roughly so many to the euro; of others, which aren't known here, only the least is judged.
_TO_THE_EURO = {
    "EUR": 1, "USD": 1, "GBP": 1, "CHF": 1, "CAD": 1.5, "AUD": 1.7, "NZD": 2, "SGD": 1.5,
    "DKK": 7.5, "SEK": 11, "NOK": 11, "PLN": 4.3, "CZK": 25, "HUF": 400, "RON": 5, "BGN": 2,
    "TRY": 40, "INR": 95, "JPY": 160, "KRW": 1500, "CNY": 8, "HKD": 9, "ZAR": 20, "BRL": 6,
    "MXN": 20, "ILS": 4, "AED": 4, "MAD": 11, "UAH": 45, "RUB": 95, "ISK": 150,
}  # fmt: skip
_UNKNOWN_RATE = 30_000


def faults(salary: Any) -> Iterator[Note]:
    """What is wrong with it whatever the text says."""
    amounts = ends(salary)
    low, high = amounts["min"], amounts["max"]
    if low is not None and high is not None and low > high:
        yield Note.RANGE_REVERSED
    currency, period = _stated(salary, "currency"), _stated(salary, "period")
    if currency and currency not in CURRENCIES:
        yield Note.CURRENCY_UNKNOWN
    if period is not None and period not in list(Period):
        yield Note.PERIOD_IMPLAUSIBLE
        return
    lowest, highest = PLAUSIBLE[Period(period) if period else None]
    rate = _TO_THE_EURO.get(currency or "EUR")
    highest *= rate or _UNKNOWN_RATE
    lowest *= rate or 1 / _UNKNOWN_RATE
    if any(
        value is not None and not lowest <= value <= highest
        for value in amounts.values()
    ):
        yield Note.SALARY_IMPLAUSIBLE


def differences(pay: Pay, salary: Mapping[str, Any]) -> Iterator[Note]:
    """Why it isn't borne out although its amounts stand in the text."""
    standing = pay.standing(ends(salary))
    currency, stated = _stated(salary, "currency"), _stated(salary, "period")
    period = Period(stated) if stated in list(Period) else None
    if not standing:
        yield Note.SALARY_NOT_IN_TEXT
        return
    found = False
    if currency and not any(agrees(currency, each.currencies) for each in standing):
        found = True
        yield Note.CURRENCY_DIFFERS
    if period and not any(each.is_paid_by(period) for each in standing):
        found = True
        yield Note.PERIOD_DIFFERS
    if not found:
        yield Note.SALARY_NOT_IN_TEXT


def _stated(salary: Mapping[str, Any], name: str) -> str | None:
    """Facts of another schema may hold anything: what is no text is nothing that is known."""
    value = salary.get(name)
    return value if value is None or isinstance(value, str) else "?"
