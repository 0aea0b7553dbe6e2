"""What is asked of the model: one strict JSON shape for every posting.

`SCHEMA_VERSION` is stored with every answer; raise it with any change of the shape. A field
is null or empty where the posting doesn't say: the prompt asks for it, and unknown is a
valid answer everywhere but in `title`, `role_family` and `posting_language`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

SCHEMA_VERSION = 1
# By version, the fields that came, went or changed their meaning with it: what older answers
# may be wrong about.
CHANGED_FIELDS: dict[int, tuple[str, ...]] = {1: ()}

Item = TypeVar("Item")


class RoleFamily(StrEnum):
    SOFTWARE = "software"
    DATA = "data"
    IT_OPERATIONS = "it_operations"
    SECURITY = "security"
    PRODUCT = "product"
    DESIGN = "design"
    ENGINEERING = "engineering"
    CONSTRUCTION = "construction"
    MANUFACTURING = "manufacturing"
    LOGISTICS = "logistics"
    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SERVICE = "customer_service"
    FINANCE = "finance"
    LEGAL = "legal"
    HUMAN_RESOURCES = "human_resources"
    ADMINISTRATION = "administration"
    MANAGEMENT = "management"
    HEALTHCARE = "healthcare"
    SOCIAL_CARE = "social_care"
    EDUCATION = "education"
    SCIENCE = "science"
    PUBLIC_SECTOR = "public_sector"
    HOSPITALITY = "hospitality"
    RETAIL = "retail"
    CLEANING_FACILITIES = "cleaning_facilities"
    SAFETY = "safety"
    CREATIVE_MEDIA = "creative_media"
    AGRICULTURE = "agriculture"
    OTHER = "other"


class Seniority(StrEnum):
    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    MANAGER = "manager"
    DIRECTOR = "director"
    EXECUTIVE = "executive"


class EmploymentType(StrEnum):
    """The values of schema.org/employmentType as Google for Jobs takes them."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    CONTRACTOR = "CONTRACTOR"
    TEMPORARY = "TEMPORARY"
    INTERN = "INTERN"
    VOLUNTEER = "VOLUNTEER"
    PER_DIEM = "PER_DIEM"
    OTHER = "OTHER"


class ContractType(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    FREELANCE = "freelance"
    TEMPORARY_AGENCY = "temporary_agency"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTEER = "volunteer"


class Sourcing(StrEnum):
    DIRECT = "direct"
    AGENCY = "agency"


class RemotePolicy(StrEnum):
    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Education(StrEnum):
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class LanguageLevel(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    FLUENT = "fluent"
    NATIVE = "native"


class Period(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PostingLanguage(StrEnum):
    EN = "en"
    NL = "nl"
    FR = "fr"
    DE = "de"
    OTHER = "other"


MAX_ITEMS = 60
MAX_ITEM_CHARS = 200
MAX_SUMMARY_CHARS = 4000


def _short(value: str) -> str:
    value = " ".join(value.split())
    if len(value) > MAX_ITEM_CHARS:
        raise ValueError(f"longer than {MAX_ITEM_CHARS} characters")
    return value


def _distinct(values: list[Item]) -> list[Item]:
    """Without repeats, in the order given."""
    if len(values) > MAX_ITEMS:
        raise ValueError(f"more than {MAX_ITEMS} items")
    return list(dict.fromkeys(values))


def _terms(values: list[str]) -> list[str]:
    """Without blanks and words that differ in letter case only."""
    kept: dict[str, str] = {}
    for value in _distinct(values):
        if value:
            kept.setdefault(value.casefold(), value)
    return list(kept.values())


def _summary(value: str) -> str:
    if len(value) > MAX_SUMMARY_CHARS:
        raise ValueError(f"longer than {MAX_SUMMARY_CHARS} characters")
    return value.strip()


# Limits live in validators, not in the JSON schema: strict mode of several providers
# refuses length keywords.
Short = Annotated[str, AfterValidator(_short)]
Terms = Annotated[list[Short], AfterValidator(_terms)]
Distinct = Annotated[list[Item], AfterValidator(_distinct)]
Summary = Annotated[str, AfterValidator(_summary)]


class _Shape(BaseModel):
    # Every field is required and no other is allowed: what strict JSON schemas ask for.
    model_config = ConfigDict(extra="forbid", frozen=True)


class Location(_Shape):
    city: Short | None
    region: Short | None
    country: Short | None


class SpokenLanguage(_Shape):
    """`language` is an ISO 639-1 code, such as nl."""

    language: Short
    level: LanguageLevel | None
    required: bool


class Experience(_Shape):
    """Years."""

    min_years: float | None
    max_years: float | None

    @model_validator(mode="after")
    def _ordered(self) -> Experience:
        _check_range("years of experience", self.min_years, self.max_years, 60)
        return self


class Salary(_Shape):
    """Gross amounts as the posting gives them; `currency` is an ISO 4217 code."""

    min: float | None
    max: float | None
    currency: Short | None
    period: Period | None

    @model_validator(mode="after")
    def _ordered(self) -> Salary:
        _check_range("salary", self.min, self.max, 1e9)
        return self


class Summaries(_Shape):
    """One text in three languages; empty where none could be made."""

    en: Summary
    nl: Summary
    fr: Summary


class JobFacts(_Shape):
    """All that is asked about one posting."""

    title: Short
    role_family: RoleFamily
    seniority: Seniority | None
    employment_types: Distinct[EmploymentType]
    contract_type: ContractType | None
    sourcing: Sourcing | None
    remote_policy: RemotePolicy | None
    location: Location | None
    must_have_skills: Terms
    nice_to_have_skills: Terms
    programming_languages: Terms
    tools: Terms
    spoken_languages: Distinct[SpokenLanguage]
    experience: Experience | None
    education: Education | None
    salary: Salary | None
    perks: Terms
    posting_language: PostingLanguage
    summary_short: Summaries
    summary_long: Summaries


def json_schema() -> dict[str, Any]:
    """The strict JSON schema of `JobFacts`, references included, without titles."""
    plain: dict[str, Any] = _plain(JobFacts.model_json_schema())
    return plain


def _plain(node: Any) -> Any:
    """Drop what only costs tokens: titles and the docstrings that became descriptions."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: (
            {name: _plain(part) for name, part in value.items()}
            if key in {"properties", "$defs"}
            else _plain(value)
        )
        for key, value in node.items()
        if key not in {"title", "description"}
    }


def _check_range(
    what: str, low: float | None, high: float | None, ceiling: float
) -> None:
    for value in (low, high):
        if value is not None and not 0 <= value <= ceiling:
            raise ValueError(f"{what} is outside 0 to {ceiling:g}")
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lowest {what} is above the highest")
