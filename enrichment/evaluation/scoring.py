"""From answers and labels to figures: per field, and of the run as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enrichment import grounding
from enrichment.evaluation.labels import Counts, Labelled
from enrichment.grounding import Found
from enrichment.llm.schema import JobFacts

# In this order in every table; those without labels are left out.
FIELDS = (
    *("role_family", "seniority", "remote_policy", "contract_type"),
    *("employment_types", "education", "salary", "technologies", "knowledge"),
    "spoken_languages",
)
_SKILLS = ("must_have_skills", "nice_to_have_skills")
_TECHNOLOGIES = ("programming_languages", "tools")
# Fields of labels that are several of the schema's.
_PARTS = {
    "technologies": _TECHNOLOGIES,
    "knowledge": (*_TECHNOLOGIES, *_SKILLS, "spoken_languages"),
}


@dataclass(frozen=True, kw_only=True)
class FieldFigures:
    """Of one field; `labels` = postings with a label for it."""

    labels: int
    given: int
    right: int
    sought: int
    found: int

    @property
    def precision(self) -> float | None:
        """None where nothing was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """None where nothing is sought."""
        return self.found / self.sought if self.sought else None

    @property
    def f1(self) -> float | None:
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        both = precision + recall
        return 2 * precision * recall / both if both else 0.0


def figures(
    postings: Iterable[Labelled], facts: Mapping[str, JobFacts]
) -> dict[str, Any]:
    """As they are kept: per field, and the share of values that the text doesn't hold.

    Args:
        postings: with their labels.
        facts: by content hash; a text without any is one that failed.
    """
    counts: dict[str, list[Counts]] = {}
    values, missing = Counter[str](), Counter[str]()
    for posting in postings:
        answer = facts.get(posting.text.content_hash)
        for label in posting.labels:
            counts.setdefault(label.field, []).append(label.compare(answer))
        if answer is None:
            continue
        for found in _checked(posting, answer):
            values[found.field] += 1
            missing[found.field] += not found.is_supported
    by_field = {
        name: _as_json(_sum(counts[name]), _missing(name, values, missing))
        for name in FIELDS
        if name in counts
    }
    return {
        "fields": by_field,
        "values": values.total(),
        "not_in_text": missing.total(),
        "hallucination_rate": _share(missing.total(), values.total()),
        "not_in_text_by_field": {name: n for name, n in sorted(missing.items()) if n},
    }


def _checked(posting: Labelled, answer: JobFacts) -> tuple[Found, ...]:
    """As every answer is checked on its arrival."""
    return grounding.check(posting.text, answer.model_dump(mode="json")).checked


def _sum(counts: list[Counts]) -> FieldFigures:
    return FieldFigures(
        labels=len(counts),
        given=sum(one.given for one in counts),
        right=sum(one.right for one in counts),
        sought=sum(one.sought for one in counts),
        found=sum(one.found for one in counts),
    )


def _missing(name: str, values: Counter[str], missing: Counter[str]) -> float | None:
    """None for judgements, which aren't sought in a text."""
    parts = _PARTS.get(name, (name,))
    return _share(sum(missing[part] for part in parts), sum(values[p] for p in parts))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _as_json(one: FieldFigures, hallucination_rate: float | None) -> dict[str, Any]:
    return {
        "labels": one.labels,
        "given": one.given,
        "right": one.right,
        "sought": one.sought,
        "found": one.found,
        "precision": _rounded(one.precision),
        "recall": _rounded(one.recall),
        "f1": _rounded(one.f1),
        "hallucination_rate": hallucination_rate,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
