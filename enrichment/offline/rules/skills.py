"""Which skills, knowledge, licences and certificates must or may the candidate have?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from enrichment.llm.schema import MAX_ITEM_CHARS, MAX_ITEMS
from enrichment.offline.rules.education import BOOK as DEGREES
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.skill_names import SKILLS, TRIGGERS
from enrichment.offline.rules.spoken import LANGUAGES
from enrichment.offline.rules.technologies import BOOK as TECHNOLOGIES
from enrichment.offline.rules.words import (
    Hit,
    Phrasebook,
    Words,
    fold,
    listed,
    phrases,
    split,
)

# A name with a mark counts only as it is written there: `SOLID`.
_SKILLS: Phrasebook[str] = Phrasebook(
    (name.lstrip("!"), name.removeprefix("!") if name.startswith("!") else "")
    for name in split(SKILLS)
)
_TRIGGERS = phrases(TRIGGERS)
# Without a heading above, these show that a sentence is about the candidate.
_ASKS = phrases(
    """
you have; you've; you are; you bring; must have; must be; required; requirement; requirements
experience; knowledge; ability to; able to; skills; skill; familiarity; proficient; preferred
candidate; candidates; qualified; plus; desirable; proficiency; understanding; license
licence; certificate; certification; we expect; you know; strong
je hebt; je bent; heb je; ben je; ervaring; kennis; vereist; in het bezit; beheerst; beschikt
rijbewijs; diploma; attest; je kunt; je kan; vaardigheden; wij vragen; je kent; ken je
vous avez; vous etes; experience en; experience dans; connaissance; connaissances; maitrise
permis; exige; requis; souhaite; vous disposez; titulaire; tu as; tu es
"""
)
# Whatever stands above it, such a sentence asks for nothing: who else is welcome, and how
# one applies.
_BOILERPLATE = phrases(
    """
reasonable accommodation; reasonable accommodations; equal opportunity; equal opportunities
equal employment; without regard to; regardless of race; regardless of gender
regardless of age; sexual orientation; gender identity; protected veteran; veteran status
all qualified applicants; qualified applicants will; affirmative action employer
protected by law; protected characteristic; protected characteristics; national origin
your application; the application must; application should include; curriculum vitae
please contact; please apply; please send; to apply; apply via; apply by; send your cv
gelijke kansen; seksuele geaardheid; seksuele orientatie; ongeacht geslacht; ongeacht je
ongeacht afkomst; ongeacht leeftijd; jouw sollicitatie; je sollicitatie; stuur je cv
egalite des chances; orientation sexuelle; sans distinction; origine ethnique
votre candidature; ta candidature; envoyez votre
"""
)
# A name of a skill ends before these.
_STOPS = listed(
    """
is are was were be has have that which who whom to for with from by on at as than
then if when while where so because including include includes such like e.g i.e etc
using used use within into across through during per about over under not you your
we our their its it can will would should must may either preferably ideally plus
required preferred one two three four five years year die dat wie te om voor met van
ability able abilities keen perhaps willing willingness desire proven extensive practical
uit bij door naar als dan zoals of waar zodat omdat tijdens is zijn hebt heb bent
wordt worden kan kunt je jij jouw we wij ons onze op in tot jaar minimaal een het
est sont qui que dont pour avec par dans sur chez comme ainsi vous votre vos nous
notre nos ou au aux un une ans minimum souhaitee souhaite appreciee sera serait
"""
)
# Between two names of a list, or before one.
_JOINS = listed("and or en et of ou and/or en/of et/ou &")
_ARTICLES = listed("the a an de het een la le les l d du des une un our their")
_EMPTY = listed(
    """
at least years experience ervaring working work good strong excellent solid relevant
other similar related various different new modern large small high proven
demonstrated first team area areas field role roles position environment company
companies any all some more most this these those same following both least business
them it something someone people kind sector market functie deze dit andere zijn
goede ruime enige vergelijkbare equivalent utile similaire environnement fonction
domaine secteur poste entreprise technologies tools systems development design
industry products product plus leading building managing things range variety number
set part another ability abilities importance hands extensive practice practices best
processes creation desire employment experiences understanding fields job jobs activities
interactions challenges application applications organization organisation customer
customers closely deploying designing implementing developing solving using creating
importance user users day week month language languages langues talen ville deux cadre manier way
"""
)
# What begins with these is a description rather than a name: `managing deployments`.
_DESCRIBES = listed(
    """
other similar multiple various several recent mentioned equivalent numerous any all
developing deploying designing building implementing integrating handling
running working operating defining analysing analyzing solving using providing
maintaining creating delivering ensuring supporting making setting driving
performing conducting preparing executing understanding improving solid strong
andere diverse verschillende vergelijkbare gelijkaardige autres divers diverses plusieurs
similaires
"""
)
_STOP_MARKS = frozenset(".:;()[]!?–—|•*·●▪☞►→✓")
_SOFT_ENDS = listed("and or en et of ou the a an de la le l d in on du des")
MAX_NAME_WORDS = 4
MOST_BOILERPLATE_WORDS = 60


@dataclass(frozen=True, kw_only=True)
class Skills:
    must_have: list[str]
    nice_to_have: list[str]


def skills(reading: Reading) -> Skills:
    must: dict[str, str] = {}
    nice: dict[str, str] = {}
    for sentence in reading.sentences:
        if not _is_asking(sentence):
            continue
        kept = nice if sentence.is_optional else must
        for name in _names(sentence):
            kept.setdefault(fold(name), name)
    nice = {key: name for key, name in nice.items() if key not in must}
    return Skills(
        must_have=list(must.values())[:MAX_ITEMS],
        nice_to_have=list(nice.values())[:MAX_ITEMS],
    )


def _is_asking(sentence: Sentence) -> bool:
    if sentence.is_negated or _is_boilerplate(sentence.words):
        return False
    if sentence.section in {Section.REQUIREMENTS, Section.NICE}:
        return True
    return sentence.section is Section.UNKNOWN and _ASKS.has(sentence.words)


def _is_boilerplate(words: Words) -> bool:
    # Where line breaks were lost, one `sentence` may hold the whole posting.
    return len(words) <= MOST_BOILERPLATE_WORDS and _BOILERPLATE.has(words)


def _names(sentence: Sentence) -> Iterator[str]:
    """Known skills first, then what stands after `experience with` and the like."""
    words = sentence.words
    taken = {
        index
        for book in (TECHNOLOGIES, LANGUAGES, DEGREES)
        for hit in book.find(words)
        for index in range(hit.first, hit.last + 1)
    }
    for hit in _SKILLS.find(words):
        if hit.first not in taken and _is_written_so(hit):
            taken.update(range(hit.first, hit.last + 1))
            yield hit.text
    triggers = list(_TRIGGERS.find(words))
    for trigger, following in zip_longest(triggers, triggers[1:]):
        stop = following.first if following is not None else len(words)
        yield from _listed(words, start=trigger.last + 1, stop=stop, taken=taken)


def _is_written_so(hit: Hit[str]) -> bool:
    """Abbreviations in capitals, and marked names as they are."""
    if hit.value:
        return hit.text == hit.value
    return len(hit.text) > 3 or hit.text.isupper() or any(c.isdigit() for c in hit.text)


def _listed(words: Words, *, start: int, stop: int, taken: set[int]) -> Iterator[str]:
    """The names of a list, up to the first word that can't be part of one."""
    items = words.items
    if start >= stop or items[start].text in {"a", "an", "een", "un", "une"}:
        return
    first = start
    for index in range(start, min(stop, start + 24) + 1):
        is_end = index >= stop
        gap = "" if is_end or index == start else words.gap(index)
        stops = is_end or not _STOP_MARKS.isdisjoint(gap)
        joins = not stops and ("," in gap or "/" in gap or items[index].text in _JOINS)
        stops = stops or (not joins and items[index].text in _STOPS)
        if not stops and not joins:
            continue
        name = _trimmed(words, first, index - 1, taken=taken)
        if name:
            yield name
        if stops:
            return
        first = index + (items[index].text in _JOINS)


def _trimmed(words: Words, first: int, last: int, *, taken: set[int]) -> str:
    """The words from `first` to `last` as a name, or nothing."""
    items = words.items
    while first <= last and items[first].text in _ARTICLES:
        first += 1
    while first <= last and items[last].text in _SOFT_ENDS:
        last -= 1
    if first > last or last - first >= MAX_NAME_WORDS:
        return ""
    if taken.intersection(range(first, last + 1)):
        # Known by another name already, or no skill.
        return ""
    if items[first].text in _DESCRIBES or items[first].text.isdigit():
        return ""
    texts = [word.text for word in items[first : last + 1]]
    if all(text in _EMPTY or text.isdigit() or len(text) < 3 for text in texts):
        return ""
    name = words.text(first, last).strip("'’\"“”")
    return name if 3 <= len(name) <= MAX_ITEM_CHARS and "<" not in name else ""
