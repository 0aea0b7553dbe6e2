"""Enriched postings as a table in plain text, 100 characters wide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enrichment.models import Enrichment
from jobsite import text_table
from jobsite.text_table import Column

COLUMNS = (
    Column(name="title", width=22),
    Column(name="role family", width=13),
    Column(name="seniority", width=9),
    Column(name="remote", width=7),
    Column(name="lang.", width=8),
    Column(name="salary", width=12),
    Column(name="skills", width=14),
    Column(name="state", width=8),
)
PERIODS = {"hour": "/h", "day": "/d", "week": "/w", "month": "/m", "year": "/y"}
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


def lines(enrichments: Iterable[Enrichment]) -> list[str]:
    return text_table.lines(COLUMNS, (_cells(row) for row in enrichments))


def _cells(row: Enrichment) -> tuple[str, ...]:
    facts = row.effective_facts if row.status == Enrichment.Status.ENRICHED else None
    if not facts:
        return (row.posting.title, *[""] * (len(COLUMNS) - 2), row.status)
    return (
        facts["title"],
        _words(facts["role_family"]),
        _words(facts["seniority"]),
        _words(facts["remote_policy"]),
        ",".join(spoken["language"] for spoken in facts["spoken_languages"]),
        salary(facts["salary"]),
        ", ".join(facts["must_have_skills"] or facts["programming_languages"]),
        row.status,
    )


def _words(value: str | None) -> str:
    return (value or "").replace("_", " ")


def salary(given: dict[str, Any] | None) -> str:
    """`€55k-70k/y`, `€4200/m`, `CHF 30/h`; empty where no amount is known."""
    if not given or not (amounts := _amounts(given)):
        return ""
    code = given["currency"] or ""
    sign = SIGNS.get(code, f"{code} " if code else "")
    return f"{sign}{amounts}{PERIODS.get(given['period'] or '', '')}"


def _amounts(given: dict[str, Any]) -> str:
    ends = [given["min"], given["max"]]
    distinct = dict.fromkeys(_short(amount) for amount in ends if amount is not None)
    return "-".join(distinct)


def _short(amount: float) -> str:
    if amount >= 10_000:
        return f"{amount / 1000:.4g}k"
    return f"{amount:.10g}"
