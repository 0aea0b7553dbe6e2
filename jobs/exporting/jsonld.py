"""A posting as schema.org's JobPosting, for search engines and other job sites.

Properties and their types are those of schema.org 30.0; where Google for Jobs has values of
its own for one (employmentType, unitText, credentialCategory), those. What the posting
doesn't say is left out, also where Google asks for it.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import linebreaks
from django.utils.translation import override

from enrichment.llm.schema import Education, EmploymentType, RemotePolicy
from enrichment.pages import labels
from jobs.exporting import known
from jobs.exporting.known import Facts, mapping, mappings, text, texts
from jobs.exporting.pay import base_salary
from jobs.models import JobPosting

CONTEXT = "https://schema.org"
# The five that Google knows; `educationalLevel` says it exactly.
CREDENTIALS = {
    Education.SECONDARY: "high school",
    Education.VOCATIONAL: "professional certificate",
    Education.BACHELOR: "bachelor degree",
    Education.MASTER: "postgraduate degree",
    Education.DOCTORATE: "postgraduate degree",
}
SKILLS = (
    *("must_have_skills", "programming_languages", "tools"),
    "nice_to_have_skills",
)
MONTHS = 12


def job_posting(posting: JobPosting) -> dict[str, Any]:
    facts = known.facts(posting)
    with override("en"):
        found = {
            **_own(posting),
            "validThrough": known.valid_through(posting),
            **_place(posting, facts),
            "baseSalary": base_salary(mapping(facts.get("salary"))),
            "employmentType": _types(facts),
            "occupationalCategory": _word(facts),
            "skills": _skills(facts),
            "qualifications": _languages(facts),
            "educationRequirements": _education(facts.get("education")),
            "experienceRequirements": _experience(mapping(facts.get("experience"))),
            "jobBenefits": texts(facts, "perks"),
        }
    said = {name: _one(value) for name, value in found.items() if value}
    return {"@context": CONTEXT, "@type": "JobPosting", **said}


def _own(posting: JobPosting) -> dict[str, Any]:
    """What the source said. The HTML that it may have given is anybody's, and stays out."""
    organization = {"@type": "Organization", "name": posting.company}
    return {
        "title": posting.title,
        "description": str(linebreaks(posting.description, autoescape=True)),
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.source,
            "value": posting.external_id,
        },
        "url": posting.url,
        "datePosted": posting.posted_at.isoformat() if posting.posted_at else "",
        "hiringOrganization": organization if posting.company else None,
    }


def _place(posting: JobPosting, facts: Facts) -> dict[str, Any]:
    first = mapping(facts.get("location"))
    locations = [first, *mappings(first.get("others"))]
    found: dict[str, Any] = {}
    if facts.get("remote_policy") == RemotePolicy.REMOTE:
        found["jobLocationType"] = "TELECOMMUTE"
        countries = dict.fromkeys(text(one.get("country")) for one in locations)
        wanted = [{"@type": "Country", "name": one} for one in countries if one]
        if wanted:
            return found | {"applicantLocationRequirements": wanted}
    addresses: list[Any] = [one for one in map(_address, locations) if one]
    addresses = addresses or [posting.location]
    places = [{"@type": "Place", "address": one} for one in addresses if one]
    return found | {"jobLocation": places}


def _address(location: Facts) -> dict[str, str] | None:
    named = {
        "addressLocality": text(location.get("city")),
        "addressRegion": text(location.get("region")),
        "addressCountry": text(location.get("country")),
    }
    parts = {name: value for name, value in named.items() if value}
    return {"@type": "PostalAddress", **parts} if parts else None


def _types(facts: Facts) -> list[str]:
    types = texts(facts, "employment_types")
    return [one for one in types if one in set(EmploymentType)]


def _word(facts: Facts) -> str:
    return labels.label(labels.ROLE_FAMILIES, facts.get("role_family"))


def _skills(facts: Facts) -> list[str]:
    """What is asked first, each once."""
    every = [one for field in SKILLS for one in texts(facts, field)]
    found: dict[str, str] = {}
    for one in every:
        found.setdefault(one.casefold(), one)
    return list(found.values())


def _languages(facts: Facts) -> list[str]:
    found = []
    for one in mappings(facts.get("spoken_languages")):
        name = labels.language(one.get("language"))
        if name and one.get("required"):
            level = labels.label(labels.LANGUAGE_LEVELS, one.get("level"))
            found.append(f"{name} ({level})" if level else name)
    return found


def _education(value: Any) -> dict[str, Any] | None:
    if text(value) not in set(Education):
        return None
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": CREDENTIALS[Education(value)],
        "educationalLevel": str(value),
    }


def _experience(years: Facts) -> dict[str, Any] | None:
    least = years.get("min_years")
    if not isinstance(least, int | float) or least <= 0:
        return None
    months = round(least * MONTHS)
    return {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": max(months, 1),
    }


def _one(value: Any) -> Any:
    """A list of one as that one: what readers of JSON-LD cope with best."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
