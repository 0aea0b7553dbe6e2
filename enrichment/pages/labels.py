"""The words for values of the facts, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from enrichment.kinds import Text
from enrichment.llm import schema
from enrichment.vocabulary.current import current

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}

ROLE_FAMILIES: dict[str, Text] = {
    schema.RoleFamily.SOFTWARE: _("Software"),
    schema.RoleFamily.DATA: _("Data"),
    schema.RoleFamily.IT_OPERATIONS: _("IT operations"),
    schema.RoleFamily.SECURITY: _("IT security"),
    schema.RoleFamily.PRODUCT: _("Product"),
    schema.RoleFamily.DESIGN: _("Design"),
    schema.RoleFamily.ENGINEERING: _("Engineering"),
    schema.RoleFamily.CONSTRUCTION: _("Construction"),
    schema.RoleFamily.MANUFACTURING: _("Manufacturing"),
    schema.RoleFamily.LOGISTICS: _("Logistics"),
    schema.RoleFamily.SALES: _("Sales"),
    schema.RoleFamily.MARKETING: _("Marketing"),
    schema.RoleFamily.CUSTOMER_SERVICE: _("Customer service"),
    schema.RoleFamily.FINANCE: _("Finance"),
    schema.RoleFamily.LEGAL: _("Legal"),
    schema.RoleFamily.HUMAN_RESOURCES: _("Human resources"),
    schema.RoleFamily.ADMINISTRATION: _("Administration"),
    schema.RoleFamily.MANAGEMENT: _("Management"),
    schema.RoleFamily.HEALTHCARE: _("Healthcare"),
    schema.RoleFamily.SOCIAL_CARE: _("Social care"),
    schema.RoleFamily.EDUCATION: pgettext_lazy("role family", "Education"),
    schema.RoleFamily.SCIENCE: _("Science"),
    schema.RoleFamily.PUBLIC_SECTOR: _("Public sector"),
    schema.RoleFamily.HOSPITALITY: _("Hospitality"),
    schema.RoleFamily.RETAIL: _("Retail"),
    schema.RoleFamily.CLEANING_FACILITIES: _("Cleaning and facilities"),
    schema.RoleFamily.SAFETY: _("Safety and guarding"),
    schema.RoleFamily.CREATIVE_MEDIA: _("Creative and media"),
    schema.RoleFamily.AGRICULTURE: _("Agriculture"),
    schema.RoleFamily.OTHER: pgettext_lazy("role family", "Other"),
}
SENIORITIES: dict[str, Text] = {
    schema.Seniority.INTERN: pgettext_lazy("seniority", "Intern"),
    schema.Seniority.JUNIOR: _("Junior"),
    schema.Seniority.MID: _("Mid-level"),
    schema.Seniority.SENIOR: _("Senior"),
    schema.Seniority.LEAD: _("Lead"),
    schema.Seniority.MANAGER: _("Manager"),
    schema.Seniority.DIRECTOR: _("Director"),
    schema.Seniority.EXECUTIVE: _("Executive"),
}
EMPLOYMENT_TYPES: dict[str, Text] = {
    schema.EmploymentType.FULL_TIME: _("Full-time"),
    schema.EmploymentType.PART_TIME: _("Part-time"),
    schema.EmploymentType.CONTRACTOR: _("Contractor"),
    schema.EmploymentType.TEMPORARY: _("Temporary"),
    schema.EmploymentType.INTERN: pgettext_lazy("employment type", "Internship"),
    schema.EmploymentType.VOLUNTEER: pgettext_lazy("employment type", "Volunteer work"),
    schema.EmploymentType.PER_DIEM: _("By the day"),
    schema.EmploymentType.OTHER: pgettext_lazy("employment type", "Other"),
}
CONTRACT_TYPES: dict[str, Text] = {
    schema.ContractType.PERMANENT: _("Permanent"),
    schema.ContractType.FIXED_TERM: _("Fixed term"),
    schema.ContractType.FREELANCE: _("Freelance"),
    schema.ContractType.TEMPORARY_AGENCY: _("Temporary agency work"),
    schema.ContractType.INTERNSHIP: pgettext_lazy("contract", "Internship"),
    schema.ContractType.APPRENTICESHIP: _("Apprenticeship"),
    schema.ContractType.VOLUNTEER: pgettext_lazy("contract", "Volunteer work"),
}
SOURCINGS: dict[str, Text] = {
    schema.Sourcing.DIRECT: _("The employer itself"),
    schema.Sourcing.AGENCY: _("An agency"),
}
REMOTE_POLICIES: dict[str, Text] = {
    schema.RemotePolicy.ON_SITE: _("On site"),
    schema.RemotePolicy.HYBRID: _("Hybrid"),
    schema.RemotePolicy.REMOTE: _("Remote"),
}
EDUCATIONS: dict[str, Text] = {
    schema.Education.SECONDARY: _("Secondary school"),
    schema.Education.VOCATIONAL: _("Vocational training"),
    schema.Education.BACHELOR: _("Bachelor"),
    schema.Education.MASTER: _("Master"),
    schema.Education.DOCTORATE: _("Doctorate"),
}
LANGUAGE_LEVELS: dict[str, Text] = {
    schema.LanguageLevel.BASIC: pgettext_lazy("language level", "basic"),
    schema.LanguageLevel.INTERMEDIATE: pgettext_lazy("language level", "intermediate"),
    schema.LanguageLevel.FLUENT: pgettext_lazy("language level", "fluent"),
    schema.LanguageLevel.NATIVE: pgettext_lazy("language level", "native"),
}
PERIODS: dict[str, Text] = {
    schema.Period.HOUR: _("per hour"),
    schema.Period.DAY: _("per day"),
    schema.Period.WEEK: _("per week"),
    schema.Period.MONTH: _("per month"),
    schema.Period.YEAR: _("per year"),
}


def label(words: dict[str, Text], value: Any) -> str:
    """The words for a value; one from an older schema is shown as it is."""
    return "" if value in (None, "") else str(words.get(str(value), value))


def language(code: Any) -> str:
    """The name of a language, by its ISO 639-1 code; the code itself where unknown."""
    if code == schema.PostingLanguage.OTHER:
        return str(pgettext_lazy("language", "Other"))
    try:
        name: str = get_language_info(str(code).lower())["name_translated"]
    except KeyError:
        return "" if code is None else str(code)
    return name[:1].upper() + name[1:]


GIVEN: dict[str, Text] = {
    "differs": _("Something differs"),
    "salary differs": _("Salary differs"),
    "employment_types differs": _("Employment differs"),
    "contract_type differs": _("Contract differs"),
    "remote_policy differs": _("Remote work differs"),
    "location differs": _("Place differs"),
    "experience differs": _("Experience differs"),
    "education differs": _("Education differs"),
}

NOT_FOUND: dict[str, Text] = {
    "any": _("Something is not found"),
    "salary": _("Salary"),
    "experience": _("Experience"),
    "education": _("Education"),
    "remote_policy": _("Remote work"),
    "contract_type": _("Contract"),
    "location": _("Place"),
    "spoken_languages": _("Languages"),
    "must_have_skills": _("Must have"),
    "nice_to_have_skills": _("Nice to have"),
    "programming_languages": _("Programming languages"),
    "tools": _("Tools"),
    "perks": _("Perks"),
}
WORDS_OF_TERMS: dict[str, dict[str, Text]] = {
    "role_family": ROLE_FAMILIES,
    "seniority": SENIORITIES,
    "remote_policy": REMOTE_POLICIES,
    "contract_type": CONTRACT_TYPES,
    "employment_type": EMPLOYMENT_TYPES,
    "education": EDUCATIONS,
    "given": GIVEN,
    "not_found": NOT_FOUND,
}


def term(kind: str, value: str) -> str:
    """What a term says, in words: `Senior`, `Dutch`, `JavaScript`, `€ 40,000`."""
    if kind in ("spoken_language", "posting_language"):
        return language(value)
    if kind in ("skill", "perk", "role"):
        return current().name(kind, value)
    if kind in ("salary", "salary_from"):
        currency, _space, amount = value.partition(" ")
        return money(currency, int(amount)) if amount.isdecimal() else value
    return label(WORDS_OF_TERMS.get(kind, {}), value)


def money(currency: str, amount: int) -> str:
    return f"{SYMBOLS.get(currency, currency)} {number_format(amount, force_grouping=True)}"
