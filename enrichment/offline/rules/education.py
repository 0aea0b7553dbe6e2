"""The lowest education that is asked for."""

from __future__ import annotations

import re

from enrichment.llm.schema import Education as E
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

LEVELS: dict[E, str] = {
    E.SECONDARY: """
high school; high school diploma; secondary school; secondary education; ged; a-levels
middelbaar; middelbare school; secundair; secundair onderwijs; hoger secundair; tso; bso; aso
havo; vwo; vmbo; mavo; havo-diploma; lbo; technisch secundair; humaniora
enseignement secondaire; cess; cesi; bac pro; baccalaureat; niveau bac; cess technique
secondaire superieur; diplome secondaire; secondaires""",
    E.VOCATIONAL: """
mbo; mbo 4; mbo-4; mbo 3; mbo 2; mbo niveau; mbo-opleiding; mbo-diploma; vocational
vocational training; vocational education; associate degree; associate's degree; trade school
bts; cap; bep; dut; formation professionnelle; beroepsopleiding; koksopleiding; ausbildung
graduaat; hbo5; zevende jaar; 7de jaar; hotelschool; apprenticeship certificate""",
    E.BACHELOR: """
bachelor; bachelors; bachelordiploma; bacheloropleiding; bachelor's; bachelor's degree; bachelor degree; bsc; b.sc; beng; bed
hbo; hbo-diploma; hbo-niveau; hbo-opleiding; hbo-v; hbo werk; baccalaureate; baccalaureate degree
undergraduate degree; college degree; university degree; four-year degree; bachelier
licence pro; bac+3; bac + 3; bac 3; professionele bachelor; degree in; degree or
degree; gegradueerde; graduat; hogeschool; hoger onderwijs; bs; ba; university studies; academic degree
higher education; technical degree; higher technical education; studium""",
    E.MASTER: """
master; masters; masterdiploma; masteropleiding; master's; master's degree; master degree; master of; msc; m.sc; mba; meng; wo
wo-niveau; wo-opleiding; wo-master; universitair; universitaire master; universitaire opleiding
universiteit; licentiaat; bac+5; bac + 5; bac 5; ecole d'ingenieurs; diplome d'ingenieur
ingenieur civil; diplome universitaire; formation universitaire; juris doctor; law degree
graduate degree; advanced degree; llm; diplom; academisch""",
    E.DOCTORATE: "phd; ph.d; doctorate; doctoral degree; doctoraat; gepromoveerd; doctorat; dphil",
}
BOOK: Phrasebook[E] = meanings(LEVELS)
_CUES = phrases(
    """
degree; diploma; diplome; diplomas; education; opleiding; werk- en denkniveau; denkniveau
niveau; formation; titulaire; graduated; graduate; qualification; qualified; educated; studied
bachelor's degree; educational; accredited college; graduation; candidates should have
opleidingsniveau; afgestudeerd; titre requis; applicants must have; possess; hold; holds
equivalent; studies; bachelor; master's; phd degree; etudes; bevoegd
"""
)
# `Scrum master`, `master data`: no degrees. `A degree of freedom` is none either.
_NOT_BEFORE = listed(
    """
scrum web grand data station quiz head high some certain this that post property
supervise supervision including of
"""
)
_NOT_AFTER = listed(
    """
data branch student students thesis theses theses class classes file list key
agreement plan of
"""
)
_AMBIGUOUS = listed(
    """
master masters degree wo cap bed secondaires ged bep diplom academisch university
"""
)
# What is given, taught or supervised rather than asked for.
_NO_ASKING = (Section.OFFER, Section.ABOUT, Section.PROCESS, Section.NICE)


def education(reading: Reading) -> E | None:
    """From the requirements; failing those, from a sentence that is about diplomas."""
    order = list(E)
    for asked in (True, False):
        found = [
            hit
            for sentence in reading.sentences
            if sentence.section not in _NO_ASKING
            and (sentence.section is Section.REQUIREMENTS or _is_labelled(sentence))
            is asked
            for hit in _degrees(sentence, asked=asked)
        ]
        # `A degree` alone is a bachelor's at least; beside a level it is that one.
        named = [hit for hit in found if not hit.text.lower().startswith("degree")]
        if found:
            return min((hit.value for hit in named or found), key=order.index)
    return None


def _is_labelled(sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"(?:opleiding|education|formation|diploma|diplome)", sentence.label.lower()
        )
    )


def _degrees(sentence: Sentence, *, asked: bool) -> list[Hit[E]]:
    words = sentence.words
    if sentence.is_negated or sentence.is_optional:
        return []
    if not asked and (sentence.section is Section.TASKS or not _CUES.has(words)):
        return []
    return [hit for hit in BOOK.find(words) if is_degree(words, hit)]


def is_degree(words: Words, hit: Hit[E]) -> bool:
    text = hit.text.lower()
    if text in {"wo", "cap", "bed", "bep", "ged", "bts", "dut", "mba", "bs", "ba"}:
        return text == "wo" or hit.text.isupper() or hit.text == "BEd"
    if text not in _AMBIGUOUS and not text.startswith("master"):
        return True
    before, after = words.before(hit.first), words.after(hit.last)
    if text.startswith("degree"):
        return not (
            before and before[0] in {"some", "certain", "high", "this", "any"}
        ) and (text != "degree" or not (after and after[0] == "of"))
    return not (before and before[0] in _NOT_BEFORE) and not (
        after and after[0] in _NOT_AFTER and text != "master of"
    )
