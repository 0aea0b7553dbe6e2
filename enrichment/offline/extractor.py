"""What does a posting say? Rules only: no model runs, and nothing is made up.

Every fact is read from the text by the rules in `enrichment/offline/rules/`; what they
don't find stays null or empty.
"""

from __future__ import annotations

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline.rules.contracts import contract_type, employment_types
from enrichment.offline.rules.education import education
from enrichment.offline.rules.experience import experience
from enrichment.offline.rules.pay import salary
from enrichment.offline.rules.perks import perks
from enrichment.offline.rules.places import location
from enrichment.offline.rules.posting_language import posting_language
from enrichment.offline.rules.reading import read
from enrichment.offline.rules.remote import remote_policy
from enrichment.offline.rules.roles import role_family
from enrichment.offline.rules.seniority import seniority
from enrichment.offline.rules.skills import skills
from enrichment.offline.rules.sourcing import sourcing
from enrichment.offline.rules.spoken import spoken_languages
from enrichment.offline.rules.summaries import summaries
from enrichment.offline.rules.technologies import technologies
from enrichment.offline.rules.titles import title


def extract(posting: PostingText) -> JobFacts:
    """The facts that the rules find; all others are null or empty."""
    reading = read(posting)
    language = posting_language(reading)
    level = seniority(reading)
    contract = contract_type(reading, level)
    wanted = skills(reading)
    known = technologies(reading)
    told = summaries(reading, language)
    return JobFacts(
        title=title(reading),
        role_family=role_family(reading),
        seniority=level,
        employment_types=employment_types(reading, contract),
        contract_type=contract,
        sourcing=sourcing(reading),
        remote_policy=remote_policy(reading),
        location=location(reading),
        must_have_skills=wanted.must_have,
        nice_to_have_skills=wanted.nice_to_have,
        programming_languages=known.languages,
        tools=known.tools,
        spoken_languages=spoken_languages(reading),
        experience=experience(reading),
        education=education(reading),
        salary=salary(reading),
        perks=perks(reading),
        posting_language=language,
        summary_short=told.short,
        summary_long=told.long,
    )
