"""What the model says at the desk: mostly what the text says, and about one posting more."""

from __future__ import annotations

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor
from tests.desk.postings import DOUBTFUL

# None of it stands in the posting's text.
INVENTED = {
    "education": "doctorate",
    "salary": {"min": 90_000, "max": None, "currency": "EUR", "period": "year"},
}


def say(text: PostingText) -> str:
    return _facts(text).model_dump_json()


def say_more(text: PostingText) -> str:
    """By a draft of the prompt: one thing differently, and one that no text says."""
    facts = _facts(text).model_dump()
    more = {"tools": [*facts["tools"], "Fax"], "title": facts["title"].upper()}
    return JobFacts.model_validate(facts | more).model_dump_json()


def _facts(text: PostingText) -> JobFacts:
    facts = extractor.extract(text)
    if text.title != DOUBTFUL:
        return facts
    tools = [*facts.tools, "Kubernetes"]
    return JobFacts.model_validate(facts.model_dump() | INVENTED | {"tools": tools})
