"""On what terms is the work done? Contract and hours, as the posting words them."""

from __future__ import annotations

import re

from enrichment.llm.schema import ContractType as C
from enrichment.llm.schema import EmploymentType as E
from enrichment.llm.schema import Seniority
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

CONTRACTS: dict[C, str] = {
    C.INTERNSHIP: """
internship agreement; internship allowance; stageovereenkomst; stagevergoeding
convention de stage; contrat de stage; stagecontract; internship contract; stage remunere
stage non remunere; this internship""",
    C.APPRENTICESHIP: """
apprenticeship; apprentice; alternance; contrat d'apprentissage; leerwerktraject; bbl
contrat en alternance; leercontract; duaal leren; bbl-traject; alternant""",
    C.VOLUNTEER: "volunteer position; volunteer role; vrijwilliger; vrijwilligerswerk; benevole; benevolat",
    C.FREELANCE: """
freelance; freelancer; freelancers; zzp; zzp'er; zzp'ers; as self-employed; independent contractor
self-employed basis; tjm; als zelfstandige; freelance opdracht; freelance mission; b2b contract
freelance basis; in freelance; consultant independant; prestataire independant; dagtarief
excluding vat; exclusief btw; excl. btw; hors tva; day rate; contractor position""",
    C.TEMPORARY_AGENCY: """
temporary agency contract; agency contract; uitzendcontract; uitzendbasis; uitzendkracht
uitzendbureau; interimcontract; interim met optie; contrat interimaire; contrat interim
mission interim; mission interimaire; uitzendovereenkomst; interimariskontrakt; fase a
temp to perm; temp-to-perm; temporary agency; uitzendperiode; via uitzending; via interim
contrat d'interim; interim avec option; maanden interim; semaines d'interim; mois d'interim
interim contract; weekcontract; dagcontract; travail interimaire; uitzendarbeid
zes maanden interim""",
    C.FIXED_TERM: """
fixed-term; fixed term; temporary contract; temporary position; temporary appointment
temporary agent; contract for one year; contract for a year; contract for two years
one-year contract; 1-year contract; year contract; 12 month contract; 6 month contract
12-month contract; 6-month contract; maternity cover; parental leave cover; for a fixed period
initially for a year; a contract for one year; contract of one year; contract for 1 year
one year, then permanent; employed for a period of; temporary employment
tijdelijk contract; tijdelijke aanstelling; bepaalde duur; bepaalde tijd; jaarcontract
contract voor een jaar; contract voor 1 jaar; contract van een jaar; contract van 1 jaar
aanstelling voor een jaar; dienstverband voor een jaar; dienstverband voor 1 jaar
contract voor bepaalde; vervangingscontract; ter vervanging; tijdelijk dienstverband
zwangerschapsvervanging; contract van 6 maanden; contract van 7 maanden; wegens vervanging
eerst een jaar; contract voor 6 maanden; contract voor 7 maanden; contract van zes maanden
duree determinee; cdd; contrat temporaire; contrat de remplacement; en remplacement
contrat a duree determinee; remplacement; seasonal; saisonnier; seizoenswerk
seizoenscontract; contrat saisonnier; seasonal contract""",
    C.PERMANENT: """
permanent contract; permanent position; permanent role; permanent employment; permanent job
permanent basis; permanent employee; permanent full-time; full-time permanent; permanent post
open-ended contract; unlimited contract; indefinite contract; contract of indefinite duration
onbepaalde duur; onbepaalde tijd; vast contract; vaste aanstelling; vast dienstverband
vaste baan; contract onbepaalde duur; vaste job; dienstverband vast; vast in dienst
cdi; duree indeterminee; contrat permanent; emploi stable; permanent working contract
unbefristet; vaste contracten; permanent contracts; unlimited employment""",
}
_BOOK: Phrasebook[C] = meanings(CONTRACTS)
# A prospect is not the contract: `with a chance of a permanent contract`.
PROSPECT = re.compile(
    r"(?:chance|prospect|possib\w+|kans|uitzicht|optie|option|intention|intentie|view to|"
    r"vue d|mogelijkheid|perspectief|followed by|gevolgd door|evolution|might|could|may|"
    r"kan|zou|pourrait|lead to|leiden tot|then|daarna|puis|na (?:een|zes|6|7|zeven|\d+) "
    r"(?:jaar|maanden?|weken)|after (?:a|one|six|seven|nine|\d+) (?:year|months?)|"
    r"apres (?:un|six|trois|\d+) (?:an|mois))"
)
# What every posting of a public employer says about somebody else's contract.
SOMEONE_ELSES = re.compile(
    r"civil service|permanent (?:associate|clerical|status|resident)|open to permanent|"
    r"serving permanently|are permanent|other (?:programs|employers)|all permanent"
)
# `Contract: 7 months`.
TERM = re.compile(
    r"(?:^|[.|])\s?(?:type of )?(?:contract|contrat|dienstverband|aanstelling)"
    r"(?: type| duration)?\s?[:|] ?"
    r"(?:initially |eerst |d'abord )?(?:\d{1,2}|an?|one|two|six|een|twee|zes|zeven|un|deux)\s?"
    r"(?:half ?jaar|halfjaar|jaar|years?|months?|maanden|mois|ans?)(?!\w)"
)
_AGENCY = phrases("uitzendbureau; uitzendgroep; interimkantoor; interimbureau; interim")
_FIRST_WINS = (
    C.INTERNSHIP,
    C.APPRENTICESHIP,
    C.VOLUNTEER,
    C.FREELANCE,
    C.TEMPORARY_AGENCY,
    C.FIXED_TERM,
    C.PERMANENT,
)
_CHOICE = phrases(
    """
employee or self-employed; loondienst of zzp; zzp of loondienst; freelance or permanent
permanent or freelance; employee or freelance; salarie ou independant; vast of freelance
bediende of zelfstandige; als bediende of; cdi ou freelance; freelance ou cdi; cdi ou cdd
cdd ou cdi
"""
)

HOURS: dict[E, str] = {
    E.FULL_TIME: """
full-time; full time; fulltime; full_time; voltijds; voltijdse; voltijd; temps plein
plein temps; temps complet; horaire complet; voltijdbaan; vollzeit; fulltime baan""",
    E.PART_TIME: """
part-time; part time; parttime; part_time; deeltijds; deeltijdse; deeltijd; temps partiel
mi-temps; halftijds; 4/5; 4/5e; 4/5de; four fifths; teilzeit; temps plein ou partiel
flexi-job; flexi-jobber; flexijob; 4/5 temps; 80 procent""",
}
_HOURS_BOOK: Phrasebook[E] = meanings(HOURS)
# `two years of full-time experience`, `full-time students`: not the hours of the job.
_NOT_HOURS = listed(
    """
experience satisfactory professional paid student students equivalent work
employment college study studies ervaring opleiding expert experienced supervisory
graduate accredited program paraprofessional relevant clerical responsible
"""
)
WEEKLY = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:[.,]\d{1,2})?\s?(?:hours?|hrs?|uur|uren|h|u|heures?)?\s?"
    r"(?:(?:-|–|to|tot|a|en|and)\s?(\d{1,2})(?:[.,]\d)?\s?)?"
    r"(?:hours?|hrs?|uur|uren|h|heures?)(?!\w)"
    r"(?:\s?(?:per|a|par|each|/|de travail par|in de)\s?(?:week|semaine|werkweek)"
    r"|(?=\s?(?:\)|,|$|;|of 4/5)))"
)
_WEEKLY_BEFORE = re.compile(r"(?:uren|hours|uurs?|horaires?)\s?[:|]\s?$")
FULL_FROM = 35
# `Full-time during the vacation`: true for some weeks only.
_SOMETIMES = re.compile(r"during|when |while |vacation|vakantie|vacances|in session")
FTE = re.compile(
    r"(?<![\d.,])(0[.,]\d{1,2})\s?(?:(?:-|–|to|tot|a)\s?([01][.,]\d{1,2})\s?)?(?:fte|etp)"
)


def contract_type(reading: Reading, level: Seniority | None) -> C | None:
    """By the job's level too: an intern's contract is an internship."""
    if level is Seniority.INTERN:
        return C.INTERNSHIP
    found = {hit.value for hit in _BOOK.find(reading.title)}
    for sentence in _relevant(reading):
        if _CHOICE.has(sentence.words):
            return None
        if SOMEONE_ELSES.search(sentence.words.folded):
            continue
        if TERM.search(sentence.words.folded):
            found.add(C.FIXED_TERM)
        found |= {
            hit.value
            for hit in _BOOK.find(sentence.words)
            if _is_offered(sentence, hit)
        }
    if not found and _AGENCY.has(reading.company):
        return C.TEMPORARY_AGENCY
    return next((kind for kind in _FIRST_WINS if kind in found), None)


def _relevant(reading: Reading) -> list[Sentence]:
    return [
        sentence
        for sentence in reading.sentences
        if sentence.section is not Section.PROCESS
        or "contract" in sentence.words.folded
    ]


def _is_offered(sentence: Sentence, hit: Hit[C]) -> bool:
    words = sentence.words
    text = hit.text
    if text.lower() in {"cdi", "cdd", "bbl", "tjm"} and not text.isupper():
        return False
    before = words.folded[
        max(0, words.items[hit.first].start - 60) : words.items[hit.first].start
    ]
    after = words.folded[words.items[hit.last].end : words.items[hit.last].end + 30]
    if hit.value is C.PERMANENT:
        return not PROSPECT.search(before)
    if hit.value is C.FREELANCE:
        # `No freelancers`, and what the company's clients or other staff are.
        return sentence.section not in {
            Section.REQUIREMENTS,
            Section.NICE,
            Section.ABOUT,
        }
    if hit.value in {C.APPRENTICESHIP, C.INTERNSHIP, C.VOLUNTEER}:
        return sentence.section is Section.OFFER and not re.search(
            r"coach|supervis|begeleid|with|encadr|paid sabbatical|day|programs?", before
        )
    if text.lower() == "remplacement":
        return sentence.section is not Section.TASKS
    return not re.match(r"\s?(?:workers?|staff|employees) (?:policy|benefits)", after)


def employment_types(reading: Reading, contract: C | None) -> list[E]:
    found: dict[E, None] = {}
    for words in (reading.title, *(each.words for each in _with_hours(reading))):
        sometimes = _SOMETIMES.search(words.folded) is not None
        for hit in _HOURS_BOOK.find(words):
            others = {*words.before(hit.first), *words.after(hit.last, 4)}
            is_full = hit.value is E.FULL_TIME
            if not _NOT_HOURS.intersection(others) and not (is_full and sometimes):
                found[hit.value] = None
        found |= dict.fromkeys(
            kind for kind in _by_hours(words) if not (sometimes and kind is E.FULL_TIME)
        )
    by_contract = {
        C.INTERNSHIP: E.INTERN,
        C.FREELANCE: E.CONTRACTOR,
        C.TEMPORARY_AGENCY: E.TEMPORARY,
        C.FIXED_TERM: E.TEMPORARY,
        C.VOLUNTEER: E.VOLUNTEER,
    }
    if contract in by_contract:
        found[by_contract[contract]] = None
    return [kind for kind in E if kind in found]


def _with_hours(reading: Reading) -> list[Sentence]:
    return [
        sentence
        for sentence in reading.sentences
        if sentence.section not in {Section.ABOUT, Section.PROCESS, Section.NICE}
    ]


def _by_hours(words: Words) -> list[E]:
    """35 hours a week or more are full-time, fewer than that part-time."""
    folded = words.folded
    if not any(c.isdigit() for c in folded):
        return []
    found: list[E] = []
    for match in WEEKLY.finditer(folded[:2000]):
        low, high = int(match[1]), int(match[2] or match[1])
        stated = "week" in match[0] or "semaine" in match[0] or "werkweek" in match[0]
        labelled = _WEEKLY_BEFORE.search(
            folded[max(0, match.start() - 20) : match.start()]
        )
        if not (stated or labelled or 24 <= low <= high) or not low <= high <= 60:
            continue
        if high >= FULL_FROM:
            found.append(E.FULL_TIME)
        if low < FULL_FROM and (stated or labelled or high > low):
            found.append(E.PART_TIME)
    for share in FTE.finditer(folded[:2000]):
        found.append(E.PART_TIME)
        if share[2] and share[2].startswith("1"):
            found.append(E.FULL_TIME)
    return found
