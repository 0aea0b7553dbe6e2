"""What does a posting say? Rules only: no model runs, and nothing is made up."""

from __future__ import annotations

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import (
    MAX_ITEM_CHARS,
    JobFacts,
    PostingLanguage,
    RoleFamily,
    Summaries,
)


def extract(posting: PostingText) -> JobFacts:
    """The facts that the rules find; all others are null or empty."""
    nothing = Summaries(en="", nl="", fr="")
    return JobFacts(
        title=posting.title[:MAX_ITEM_CHARS],
        role_family=RoleFamily.OTHER,
        seniority=None,
        employment_types=[],
        contract_type=None,
        sourcing=None,
        remote_policy=None,
        location=None,
        must_have_skills=[],
        nice_to_have_skills=[],
        programming_languages=[],
        tools=[],
        spoken_languages=[],
        experience=None,
        education=None,
        salary=None,
        perks=[],
        posting_language=PostingLanguage.OTHER,
        summary_short=nothing,
        summary_long=nothing,
    )
