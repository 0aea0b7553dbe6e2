"""Postings with values that stand in them and near misses that don't, and how both are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from enrichment.llm.posting import PostingText


@dataclass(frozen=True, kw_only=True)
class Planted:
    """`true` and `false` hold one field a line: `tools: SAP; Excel`."""

    description: str
    true: str
    false: str
    title: str = "Colleague"
    company: str = "Ann & Co"
    location: str = ""

    @property
    def posting(self) -> PostingText:
        return PostingText(
            title=self.title,
            company=self.company,
            location=self.location,
            description=self.description,
        )


def values(lines: str) -> Iterator[tuple[str, str]]:
    """Each field and value."""
    for line in lines.strip().splitlines():
        field, _, listed = line.partition(": ")
        for value in listed.split("; "):
            yield field.strip(), value.strip()


def facts(field: str, value: str) -> dict[str, Any]:
    """`salary: 2800-3400 EUR month`, `experience: 3-5`, `city: Ghent`; all else as it is."""
    if field == "salary":
        amounts, currency, period = value.split()
        low, high = _ends(amounts)
        salary = {"min": low, "max": high, "currency": _or_none(currency)}
        return {"salary": {**salary, "period": _or_none(period)}}
    if field == "experience":
        low, high = _ends(value)
        return {"experience": {"min_years": low, "max_years": high}}
    if field in {"city", "region", "country"}:
        return {"location": {field: value}}
    if field == "spoken_languages":
        return {field: [{"language": value, "level": None, "required": True}]}
    if field in {"education", "remote_policy", "contract_type"}:
        return {field: value}
    return {field: [value]}


def _ends(text: str) -> tuple[float | None, float | None]:
    low, _, high = text.partition("-")
    return (float(low) if low else None), (float(high) if high else None)


def _or_none(text: str) -> str | None:
    return None if text == "?" else text
