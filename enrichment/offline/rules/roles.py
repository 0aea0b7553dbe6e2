"""Which field of work is the job in? Its title says so; failing that, the text."""

from __future__ import annotations

from collections import Counter

from enrichment.llm.schema import RoleFamily
from enrichment.offline.rules.reading import Reading
from enrichment.offline.rules.role_names import OCCUPATIONS
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import Phrasebook, Words, meanings

BOOK: Phrasebook[RoleFamily] = meanings(OCCUPATIONS)
# What the text has to repeat before it speaks for a field.
ENOUGH = 3
MAX_SENTENCES = 60
# Endings of Dutch compounds: `kinderdagverblijfmedewerker` has none, `avondkok` has.
_ENDINGS = {
    "verpleegkundige": RoleFamily.HEALTHCARE,
    "chauffeur": RoleFamily.LOGISTICS,
    "ontwikkelaar": RoleFamily.SOFTWARE,
    "developer": RoleFamily.SOFTWARE,
    "beheerder": RoleFamily.IT_OPERATIONS,
    "monteur": RoleFamily.ENGINEERING,
    "technicus": RoleFamily.ENGINEERING,
    "technieker": RoleFamily.ENGINEERING,
    "engineer": RoleFamily.ENGINEERING,
    "docent": RoleFamily.EDUCATION,
    "leraar": RoleFamily.EDUCATION,
    "leerkracht": RoleFamily.EDUCATION,
    "begeleider": RoleFamily.SOCIAL_CARE,
    "verkoper": RoleFamily.RETAIL,
    "operator": RoleFamily.MANUFACTURING,
    "lasser": RoleFamily.MANUFACTURING,
    "jurist": RoleFamily.LEGAL,
    "boekhouder": RoleFamily.FINANCE,
    "kok": RoleFamily.HOSPITALITY,
    "schoonmaker": RoleFamily.CLEANING_FACILITIES,
    "adviseur": RoleFamily.OTHER,
}


def role_family(reading: Reading) -> RoleFamily:
    return _of_title(reading.title) or _of_text(reading) or RoleFamily.OTHER


def _of_title(title: Words) -> RoleFamily | None:
    """The family of the longest phrase; of equals the first one."""
    hits = list(BOOK.find(title))
    if hits:
        best = max(hits, key=lambda hit: (hit.last - hit.first, -hit.first))
        return best.value
    for word in title.items:
        for ending, family in _ENDINGS.items():
            if word.text.endswith(ending) and family is not RoleFamily.OTHER:
                return family
    return None


def _of_text(reading: Reading) -> RoleFamily | None:
    counts: Counter[RoleFamily] = Counter()
    wanted = (Section.UNKNOWN, Section.TASKS, Section.REQUIREMENTS)
    for sentence in list(reading.within(*wanted))[:MAX_SENTENCES]:
        for hit in BOOK.find(sentence.words):
            counts[hit.value] += 1 + (hit.last - hit.first)
    best = counts.most_common(2)
    if not best or best[0][1] < ENOUGH:
        return None
    return best[0][0] if len(best) == 1 or best[0][1] > best[1][1] else None
