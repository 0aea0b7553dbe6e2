"""Postings about which everything is known, for the tests of all formats."""

from __future__ import annotations

from typing import Any

from enrichment.models import Enrichment
from jobs.exporting import walking
from jobs.models import JobPosting
from tests.builders import answered_call, enriched_posting

FACTS: dict[str, Any] = {
    "title": "Baker",
    "role_family": "hospitality",
    "seniority": "senior",
    "employment_types": ["FULL_TIME", "PART_TIME"],
    "contract_type": "permanent",
    "sourcing": "direct",
    "remote_policy": "on_site",
    "location": {"city": "Ghent", "region": None, "country": "Belgium"},
    "must_have_skills": ["Baking", "Bread"],
    "nice_to_have_skills": ["bread", "Pastry"],
    "programming_languages": [],
    "tools": ["Oven"],
    "spoken_languages": [
        {"language": "nl", "level": "fluent", "required": True},
        {"language": "fr", "level": None, "required": False},
    ],
    "experience": {"min_years": 1.5, "max_years": None},
    "education": "master",
    "salary": {"min": 2500.0, "max": 3000.5, "currency": "EUR", "period": "month"},
    "perks": ["Bicycle"],
    "posting_language": "en",
    "summary_short": {"en": "A baker.", "nl": "Een bakker.", "fr": ""},
    "summary_long": {"en": "A baker.", "nl": "", "fr": ""},
}


def known_posting(*, facts: dict[str, Any] | None = None, **fields: Any) -> JobPosting:
    """Enriched, with these facts beside the usual ones, as an export reads it."""
    posting = enriched_posting(
        **{"company": "Bread & Co", "location": "Gent", **fields}
    )
    Enrichment.objects.filter(pk=posting.pk).update(
        facts={**FACTS, **(facts or {})}, call=answered_call(posting)
    )
    return read(posting)


def read(posting: JobPosting) -> JobPosting:
    return next(walking.pages_of([posting.pk]))[0]
