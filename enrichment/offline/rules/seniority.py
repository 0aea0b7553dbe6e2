"""How senior is the job? What its title says, or the text in so many words.

Years of experience are not turned into a level: eight years make nobody senior unless the
posting says so.
"""

from __future__ import annotations

import re

from enrichment.llm.schema import Seniority as S
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.roles import BOOK as OCCUPATIONS
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import (
    Hit,
    Phrasebook,
    Words,
    fold,
    listed,
    meanings,
)

LEVELS: dict[S, str] = {
    S.INTERN: """
intern; interns; internship; stagiair; stagiaire; stagiaires; stageplaats; werkstudent
working student; student assistant; afstudeerstage; afstudeeropdracht; meewerkstage
praktikum; stageopdracht; stage en; stage de; stage dans; stage in; stage bij
summer intern; offre de stage""",
    S.JUNIOR: """
junior; jr; entry level; entry-level; graduate programme; graduate program; trainee
traineeship; starter; starters; debutant; beginnend; starterfunctie; schoolverlater
junior level; instapniveau; startersfunctie""",
    S.MID: """
medior; mid-level; mid level; midlevel; mid; intermediate; mid-senior; mediors; confirme
confirmee; mid-career""",
    S.SENIOR: "senior; sr; sen; expert; experte; doorgewinterde; seniors",
    S.LEAD: """
lead; tech lead; team lead; teamlead; team leader; teamleader; teamleider; principal
staff engineer; staff developer; head of; chef d'equipe; lead developer
ploegleider; groepsleider; ploegbaas; voorman; foreman; coordinating; leader; technical lead
supervising; supervisor; hoofdverpleegkundige; meewerkend voorman; unit head; werfleider
adjunct-ploegbaas; distinguished engineer; staff software engineer; staff""",
    S.MANAGER: "manager; manageress; responsable; hoofd; afdelingshoofd; clustermanager",
    S.DIRECTOR: """
director; directeur; directrice; managing director; deputy director; directrice adjointe
assistant director; directeur general""",
    S.EXECUTIVE: """
chief executive officer; chief operating officer; chief financial officer
chief technology officer; chief information officer; chief marketing officer; ceo; cfo; cto
coo; cio; cmo; vp; vice president; chief product officer; chief people officer
executive director; algemeen directeur; vice-president""",
}
_BOOK: Phrasebook[S] = meanings(LEVELS)
# Manager of a thing rather than of people, by the word before it.
_THINGS = listed(
    """
product project projects program programme account accounts case office community
content campaign delivery release test configuration change event events success
media brand category key site property data city asset contract relationship client
customer portfolio risk incident process territory partner care payroll grants
quality knowledge records
"""
)
_NOT_LEAD_AFTER = listed("generation time times gen paint to scoring in")
_NOT_STAFF_AFTER = listed("analyst attorney nurse member members")
# Said of others: those one works with, coaches, or reports to.
_OTHERS = listed(
    """
coach coaching mentor mentoring support supervise supervising train training less
more help helping guide guiding other our manage managing colleagues with to from by
alongside help and between stakeholders including begeleidt begeleiden coacht
coachen onze van ander andere naar aan met former
"""
)
_WANTED = re.compile(
    r"(?:looking for|look for|seeking|seek|hiring|hire|search for|searching for|recruit|"
    r"wanted|need|as|join \w+ as|join us as|opportunity for|position of|role of|"
    r"is|are you|you are|you're|op zoek naar|zoeken|zoekt|zoeken we|zoeken wij|als|ben je|"
    r"ben jij|je bent|recherchons|recherche|cherche|cherchons|en tant que|comme)"
    r"(?: (?:an?|the|our|new|experienced|talented|motivated|enthusiastic|highly|skilled|"
    r"een|de|onze|nieuwe|ervaren|un|une|e|notre|nouveau|nouvelle|for|voor|ons|naar|we|wij|"
    r"actuellement|currently|additional|several|two|2|passionate|hands|on))* $"
)
# `The senior role`, `this is a junior position`: the job itself.
_ITSELF = re.compile(r"(?<!\w)(?:the|this|deze|dit is een|this is an?|ce|c'est un) $")
_JOBS = listed("role position job functie rol baan poste fonction opportunity vacancy")
# A line that opens with a level below `Who we are looking for`.
_SEEKING = re.compile(
    r"looking for|who we (?:seek|need|want)|we zoeken|zoeken (?:we|wij)|recherch|cherch"
)
_LABEL = re.compile(
    r"(?:experience level|seniority(?: level)?|career level|niveau d'experience|level|"
    r"ervaringsniveau|senioriteit)\s?:\s?$"
)


def seniority(reading: Reading) -> S | None:
    return _labelled(reading) or _of_title(reading.title) or _of_text(reading)


def _labelled(reading: Reading) -> S | None:
    for words in (reading.title, *(each.words for each in reading.sentences)):
        if "level" not in words.folded and "niveau" not in words.folded:
            continue
        for hit in _BOOK.find(words):
            start = words.items[hit.first].start
            if _LABEL.search(words.folded[max(0, start - 30) : start]):
                return hit.value
    return None


def _of_title(title: Words) -> S | None:
    """Of several the first: `Senior Project Manager` is senior."""
    if len(title) > 20:
        # Not a title but the first sentence of the text.
        return _in_sentence(title)
    for hit in _BOOK.find(title):
        if is_level(title, hit):
            return hit.value
    words = [word.text for word in title.items]
    if words[:1] == ["stage"] or words[-1:] == ["stage"]:
        return S.INTERN
    return None


def is_level(words: Words, hit: Hit[S]) -> bool:
    before, after = words.before(hit.first), words.after(hit.last)
    text = fold(hit.text)
    if hit.value is S.MANAGER and text == "manager":
        return not (before and before[0] in _THINGS)
    if text in {"lead", "leader"}:
        return not (after and after[0] in _NOT_LEAD_AFTER)
    if text == "staff":
        return bool(after) and after[0] not in _NOT_STAFF_AFTER and hit.first == 0
    if text == "principal":
        # A principal is also the head of a school.
        return bool(after)
    if text in {"mid", "starters", "expert", "experte"}:
        return bool(after) or bool(before)
    return not (text == "vp" and before and before[0] == "to")


def _of_text(reading: Reading) -> S | None:
    wanted = (Section.UNKNOWN, Section.ABOUT, Section.TASKS, Section.REQUIREMENTS)
    for sentence in reading.within(*wanted):
        found = _in_sentence(sentence.words) or _below_heading(sentence)
        if found is not None:
            return found
    return None


def _below_heading(sentence: Sentence) -> S | None:
    """`Senior engineers with ...` below `Who we are looking for`."""
    if not _SEEKING.search(fold(sentence.heading)):
        return None
    hit = _BOOK.first(sentence.words)
    if hit is None or hit.first > 0 or hit.value in {S.DIRECTOR, S.EXECUTIVE}:
        return None
    is_wanted = is_level(sentence.words, hit) and _is_occupation(sentence.words, hit)
    return hit.value if is_wanted else None


def _in_sentence(words: Words) -> S | None:
    """The level of who is wanted: `looking for a senior ...`, `as a Lead Engineer`."""
    for hit in _BOOK.find(words):
        if not is_level(words, hit) or hit.value in {S.DIRECTOR, S.EXECUTIVE}:
            continue
        start = words.items[hit.first].start
        lead = " ".join(words.folded[max(0, start - 60) : start].split()) + " "
        following = words.after(hit.last)
        if following and following[0] in _JOBS and _ITSELF.search(" " + lead):
            return hit.value
        if not _WANTED.search(" " + lead) or _OTHERS.intersection(
            words.before(hit.first)
        ):
            continue
        if hit.value is S.INTERN or _is_occupation(words, hit):
            return hit.value
    return None


def _is_occupation(words: Words, hit: Hit[S]) -> bool:
    """Whether a level belongs to a job: an occupation follows, or is part of it."""
    following = words.items[hit.last + 1 : hit.last + 6]
    if hit.value is S.MANAGER or len(hit.text.split()) > 1:
        return True
    if not following:
        return False
    ahead = Words(words.source[following[0].start : following[-1].end])
    return OCCUPATIONS.has(ahead)
