"""The columns of an export: what an import takes, the state, and the main facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from enrichment.kinds import Text
from enrichment.models import Enrichment
from jobs.importing.fields import FIELDS
from jobs.models import JobPosting

STATE = ("status", "error_kind", "error_message", "finished_at")
# As they stand in the facts.
PLAIN = (
    *("role_family", "seniority", "employment_types", "contract_type"),
    *("remote_policy", "education", "must_have_skills", "nice_to_have_skills"),
    *("programming_languages", "tools", "perks"),
)
# Parts of facts: the column, the fact, its part.
PARTS = {
    "salary_min": ("salary", "min"),
    "salary_max": ("salary", "max"),
    "salary_currency": ("salary", "currency"),
    "salary_period": ("salary", "period"),
    "summary": ("summary_short", "en"),
}
COLUMNS = (*FIELDS, *STATE, *PLAIN, "spoken_languages", *PARTS)
LABELS: dict[str, Text] = {
    "status": _("State"),
    "error_kind": _("Error"),
    "error_message": _("Message"),
    "finished_at": _("Finished"),
    "role_family": _("Role family"),
    "seniority": _("Seniority"),
    "employment_types": _("Employment types"),
    "contract_type": _("Contract type"),
    "remote_policy": _("Remote policy"),
    "education": _("Education level"),
    "must_have_skills": _("Must-have skills"),
    "nice_to_have_skills": _("Nice-to-have skills"),
    "programming_languages": _("Programming languages"),
    "tools": _("Tools"),
    "perks": _("Perks"),
    "spoken_languages": _("Languages"),
    "salary_min": _("Salary from"),
    "salary_max": _("Salary to"),
    "salary_currency": _("Currency"),
    "salary_period": _("Salary period"),
    "summary": _("Summary in English"),
}


def label(column: str) -> str:
    if column in FIELDS:
        return str(JobPosting._meta.get_field(column).verbose_name).capitalize()  # type: ignore[union-attr]
    return str(LABELS[column])


def values(posting: JobPosting, columns: Sequence[str]) -> list[Any]:
    """One posting's; lists and numbers are left as such, moments are texts."""
    try:
        enrichment = posting.enrichment
    except Enrichment.DoesNotExist:
        enrichment = Enrichment(posting=posting)  # for the moment before it has one
    facts = enrichment.effective_facts
    facts = facts if isinstance(facts, dict) else {}
    return [_value(posting, enrichment, facts, column) for column in columns]


def _value(
    posting: JobPosting, enrichment: Enrichment, facts: dict[str, Any], column: str
) -> Any:
    if column in FIELDS:
        return _text(getattr(posting, column))
    if column in STATE:
        return _text(getattr(enrichment, column))
    if column == "spoken_languages":
        spoken = facts.get(column) or []
        return [one["language"] for one in spoken if isinstance(one, dict)]
    if column in PARTS:
        fact, part = PARTS[column]
        whole = facts.get(fact)
        return whole.get(part) if isinstance(whole, dict) else None
    return facts.get(column)


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
