"""What does the employer offer besides pay, in the posting's own words?"""

from __future__ import annotations

from enrichment.llm.schema import MAX_ITEMS
from enrichment.offline.rules.perk_names import PERKS
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import (
    Hit,
    Phrasebook,
    Words,
    listed,
    meanings,
    phrases,
)

_BOOK: Phrasebook[str] = meanings(PERKS)
# Offered by their very name, wherever they stand.
_CERTAIN = frozenset(
    (
        "company car", "meal vouchers", "eco vouchers", "hospitalisation insurance",
        "group insurance", "bicycle", "choice budget", "mobility budget", "13th month",
        "holiday pay",
    )
)  # fmt: skip
# Where no heading says that an offer follows, a verb must.
_OFFERED = phrases(
    """
we offer; we provide; you get; you receive; you will receive; offers; offering; benefits
we give you; comes with; we pay; you earn; you also get; perks; you can count on
wij bieden; we bieden; bieden wij; bieden we; je krijgt; krijg je; je ontvangt; vergoed
we zorgen voor; je verdient; loon in overleg; loon volgens; follow the
nous offrons; nous proposons; vous recevez; vous beneficiez; avantages; tu recois; on t'offre
rembourses; rembourse; prete; repas compris
"""
)
_UNASKED = frozenset(
    (Section.REQUIREMENTS, Section.NICE, Section.TASKS, Section.PROCESS)
)
# `Inclusive of travel costs`: part of the pay. `To suit your training`: the candidate's.
_NOT_OFFERED = listed(
    """
no not geen zonder sans pas non aucun isn inclusief including inclusive je jouw uw
met
"""
)
# Alone these are subjects of any text; beside an offer they are perks.
_TASK_WORDS = listed(
    """
training opleiding formation formations courses equity housing parking discount
pension pensioen holidays bonus commission shares actions fitness coach begeleiding
mentor phone telefoon telephone laptop woning studio toeslag mentoring
"""
)


def perks(reading: Reading) -> list[str]:
    found: dict[str, str] = {}
    for sentence in reading.sentences:
        if sentence.section in _UNASKED:
            continue
        hits = list(_BOOK.find(sentence.words))
        # Three perks in one sentence are an offer, whatever stands around them.
        is_list = len({hit.value for hit in hits}) >= 3
        for hit in hits:
            if _is_offered(sentence, hit, is_list=is_list):
                found.setdefault(hit.value, hit.text)
    return list(found.values())[:MAX_ITEMS]


def _is_offered(sentence: Sentence, hit: Hit[str], *, is_list: bool) -> bool:
    words = sentence.words
    if _NOT_OFFERED.intersection(words.before(hit.first)):
        return False
    if hit.text.lower() == "pensioen" and "met" in words.before(hit.first):
        # `Met pensioen`: retired.
        return False
    if hit.text.lower() == "parking" and not _stands_alone(words, hit):
        return False
    if sentence.section is Section.OFFER:
        return not (hit.value == "bonus" and "without" in words.before(hit.first, 3))
    if sentence.section is Section.UNKNOWN and (is_list or hit.value in _CERTAIN):
        return True
    return (
        sentence.section is Section.UNKNOWN
        and hit.text.lower() not in _TASK_WORDS
        and _OFFERED.has(words)
    )


def _stands_alone(words: Words, hit: Hit[str]) -> bool:
    """Whether no other noun follows: `parking`, not `parking cooler`."""
    following = words.after(hit.last)
    return (
        not following
        or bool(words.gap(hit.last + 1).strip())
        or following[0] in {"and", "for", "en", "voor", "et", "pour"}
    )
