"""A model that says more than the text does."""

from __future__ import annotations

from typing import Any

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from enrichment.recorder import Ended
from jobs.models import JobPosting
from tests.builders import end, make_posting, work_of

TEXT = "We look for a baker who knows bread. You work with Excel and speak Dutch."
PAY = {"min": 90_000, "max": None, "currency": "EUR", "period": "year"}
# Two values are in the text and four are not.
INVENTED: dict[str, Any] = {
    "tools": ["Excel", "Kubernetes"],
    "salary": PAY,
    "education": "doctorate",
    "location": {"city": "Ostend", "region": None, "country": None},
    "spoken_languages": [{"language": "nl", "level": None, "required": True}],
    "must_have_skills": [],
    "nice_to_have_skills": [],
    "programming_languages": [],
    "perks": [],
    "remote_policy": None,
    "contract_type": None,
    "experience": None,
}
NOT_FOUND = {"tools-1", "salary", "education", "location-city"}


def facts_with_inventions(text: PostingText) -> JobFacts:
    return extractor.extract(text).model_validate(
        {**extractor.extract(text).model_dump(), **INVENTED}
    )


def inventive(posting: JobPosting, **more: Any) -> Ended:
    facts = facts_with_inventions(posting.text)
    return Ended(work=work_of(posting), facts=facts, **more)


def posting_with_inventions() -> JobPosting:
    posting = make_posting(description=TEXT)
    end(inventive(posting))
    return posting
