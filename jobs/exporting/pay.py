"""A salary as schema.org has it: MonetaryAmount with a QuantitativeValue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from enrichment.llm.schema import Period

CURRENCY = re.compile("[A-Z]{3}")


def base_salary(salary: Mapping[str, Any]) -> dict[str, Any] | None:
    """None without an amount, or without a currency that it is in."""
    currency = salary.get("currency")
    least, most = _number(salary.get("min")), _number(salary.get("max"))
    if not (isinstance(currency, str) and CURRENCY.fullmatch(currency)):
        return None
    if least is None and most is None:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue"}
    if least == most:
        value["value"] = least
    else:
        amounts = {"minValue": least, "maxValue": most}
        value |= {name: one for name, one in amounts.items() if one is not None}
    period = salary.get("period")
    if isinstance(period, str) and period in set(Period):
        value["unitText"] = period.upper()
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == int(value) else value
