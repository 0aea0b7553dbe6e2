"""What is known of a posting, whoever said it: a person's correction stands above what the
employer gave as data, and that above what was read from the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobs.exporting.pay import base_salary
from jobs.exporting.walking import enrichment_of
from jobs.models import JobPosting

Facts = Mapping[str, Any]


def facts(posting: JobPosting) -> Facts:
    enrichment = enrichment_of(posting)
    effective = mapping(enrichment.effective_facts)
    corrected = {name: effective.get(name) for name in enrichment.edits or {}}
    told = {name: value for name, value in _given(posting, "facts").items() if value}
    if not base_salary(mapping(told.get("salary"))):
        told.pop("salary", None)  # an amount that nobody can compare says less
    return {**effective, **told, **corrected}


def valid_through(posting: JobPosting) -> str:
    return text(_given(posting, "more").get("valid_through"))


def _given(posting: JobPosting, part: str) -> Facts:
    return mapping(mapping(posting.given).get(part))


def mapping(value: Any) -> Facts:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Facts]:
    return (
        [one for one in value if isinstance(one, dict)]
        if isinstance(value, list)
        else []
    )


def text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def texts(facts: Facts, field: str) -> list[str]:
    values = facts.get(field)
    return [one for one in map(text, values) if one] if isinstance(values, list) else []
