"""What a passage of a posting is about, from its heading."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from enrichment.offline.rules.layout import Line
from enrichment.offline.rules.words import Words, meanings

MAX_HEADING_CHARS = 80
MAX_LABEL_CHARS = 48
MAX_HEADING_WORDS = 9


class Section(StrEnum):
    UNKNOWN = "unknown"
    ABOUT = "about"
    TASKS = "tasks"
    REQUIREMENTS = "requirements"
    NICE = "nice"
    OFFER = "offer"
    PROCESS = "process"


# Folded words that headings have, whatever else stands in them.
_HEADINGS = {
    Section.NICE: """
nice to have; nice-to-have; nice to haves; nice-to-haves; good to have; bonus points
bonus if; a plus; it would help; would be a plus; desirable; desired; preferred
preferred skills; preferred qualifications; advantageous; assets; extra points
also great; wensen; gewenst; pluspunten; een plus; een pre; pre; pres; leuk als
mooi meegenomen; mooi meegenomen is; troeven; extra's; atouts; les plus
petits plus; les petits plus; un plus; souhaite; souhaites; appreciees; apprecie
competences appreciees; would be nice; brownie points; what would be great""",
    Section.PROCESS: """
how to apply; to apply; application process; the process; our process; procedure
sollicitatieprocedure; solliciteren; sollicitatie; contact; reageren; interesse
interested; interested?; interesse?; candidature; postuler; comment postuler
processus; epreuves; jouw gegevens; privacy; next steps; hiring process
veelgestelde vragen; faq; equal opportunity; equal opportunities; diversity; iedereen
residency requirement; public service loan; important note; date limite; deadline""",
    Section.OFFER: """
what we offer; we offer; our offer; what do we offer; what's in it for you; benefits
job benefits; perks; your benefits; what you get; what you can expect; package
compensation; salary; salary and conditions; conditions; practicalities; remuneration
why join us; why work for us; what we can offer you; we give you; you get; rewards
terms of employment; terms and conditions; employee benefits; perks and benefits
what can you expect; what to expect; our benefits; in return; offer
wat bieden we; wat bieden wij; wij bieden; wat wij bieden; wat we bieden; aanbod
ons aanbod; dit bieden we; dit bieden wij; we bieden; wat krijg je; dit krijg je
wat je krijgt; wat mag je verwachten; arbeidsvoorwaarden; voorwaarden; salaris
wat staat ertegenover; wat verdien je; wat kan je verwachten; jouw voordelen; loon
wat krijg je nog meer; wat krijg je van ons; salaris en arbeidsvoorwaarden; je krijgt
wat kun je verwachten; wat hebben wij te bieden; verloning; tarief; dit mag je verwachten
offre; notre offre; nous offrons; nous vous offrons; nous proposons; avantages
ce que nous proposons; ce que nous offrons; ce que vous recevez; conditions; package
ce que nous vous offrons; ce que nous vous proposons; modalites; nos avantages
on vous propose; on t'offre; nous t'offrons; salaire; vos avantages""",
    Section.REQUIREMENTS: """
requirements; job requirements; minimum requirements; qualifications; minimum qual
minimum qualification requirements; your profile; profile; must have; must haves
must-have; must-haves; what you bring; what do you bring; what you'll bring; you have
who you are; about you; you are; what we ask; we ask; we need; what we need
what we're looking for; what we are looking for; who we're looking for
who we are looking for; we are looking for somebody who; we are looking for someone who
your background; your skills; skills; required; skills required; required skills
required qualifications; required experience; eligibility; selection criteria
essential; essential criteria; experience; experience required; key requirements
to be successful; you bring; you will have; you'll have; who are you; we expect
education and experience; your experience; ideal candidate; preferred candidate
knowledge and skills; qualifications and experience; candidate profile
do you have what it takes; to qualify; what do you need; what you need; you; do you have
wat vragen we; wat vragen wij; wie zoeken we; wie zoeken wij; wij vragen; we vragen
functie-eisen; functie eisen; eisen; profiel; jouw profiel; je profiel; wie ben je
wie ben jij; wat breng je mee; wat neem je mee; wat verwachten we; dit vragen we
dit vragen wij; dit heb je; wat je meebrengt; dit breng je mee; jij bent; jij hebt
je hebt; jouw vaardigheden; wat heb je nodig; kennis en ervaring; kandidaatprofiel
wij zoeken; we zoeken iemand die; wij verwachten; wat we zoeken; dit ben jij; jij
vereisten; gevraagd; functievereisten; wat wij vragen; over jou; herken jij jezelf
profil; votre profil; profil recherche; votre parcours; nous demandons; competences
nous vous demandons; ce que nous attendons; ce que nous demandons; tu es; vous etes
vous avez; tu as; conditions d'acces; conditions d'admission; exigences
competences imperatives; competences requises; prerequis; ce que nous cherchons
ce que nous recherchons; qui etes-vous; qualifications requises; ton profil""",
    Section.TASKS: """
responsibilities; your responsibilities; key responsibilities; the role; your role
what you will do; what you'll do; your job; your work; your tasks; tasks; duties
job description; what will you do; day to day; day-to-day; you will; you'll; about the job
about the role; the job; assignment; the project; what will keep you busy; key tasks
primary responsibilities; main responsibilities; role description; what you do
in this role; what success looks like; your mission; position; scope of work
wat ga je doen; wat doe je; taken; jouw taken; je taken; functie; de functie
functieomschrijving; takenpakket; je takenpakket; dit doe je; dit ga je doen; jouw rol
je rol; werkzaamheden; wat houdt het in; opdracht; je werk; jouw werk; de lessen
wat doe je op een dag; wat er te doen is; je werk in het kort; verantwoordelijkheden
jouw verantwoordelijkheden; wat je gaat doen; jouw functie; wat houdt de job in
votre mission; vos missions; mission; missions; fonction; votre fonction; vos taches
taches; votre travail; ce que vous ferez; vos responsabilites; responsabilites; role
votre role; description de la fonction; tu vas; ta mission; tes missions; le poste
description du poste""",
    Section.ABOUT: """
about us; who we are; about the company; company description; the company; our company
about the team; our team; the team; additional information; background; about
over ons; wie zijn wij; wie zijn we; de organisatie; het team; over de organisatie
over het bedrijf; bedrijfsprofiel; achtergrond; ons team; waar kom je terecht
a propos; qui sommes-nous; l'entreprise; notre entreprise; contexte; l'equipe
presentation; notre societe; la societe""",
}
_BOOKS = {section: meanings({section: text}) for section, text in _HEADINGS.items()}
# Names that were taken out of a text, and what stands in brackets.
_ASIDE = re.compile(r"<[A-Z_]{2,20}>|\([^()]{0,60}\)")
# Within a line: where line breaks were lost, only such labels still tell the passages.
_INLINE = re.compile(
    r"(?<!\w)(?:job benefits|what we offer|benefits|company description|about us|"
    r"job description|responsibilities|requirements|qualifications|nice to have|"
    r"what you will do|what you'll do|your profile|what we're looking for(?: in \w+)?|"
    r"who are we looking for|what we can offer you|your (?:tasks|responsibilities)|"
    r"wij bieden|functie-eisen|arbeidsvoorwaarden|wat ga je doen|"
    r"nous offrons|votre profil|profil recherche)\s?[:?]",
    re.IGNORECASE,
)


def heading(line: Line) -> Section | None:
    """The section that a line opens, or None where it is no heading."""
    if line.is_bullet or len(line.text) > MAX_HEADING_CHARS:
        return None
    text = _ASIDE.sub("", line.text).strip()
    if not text or (text[-1] in ".;,!" and not text.isupper()) or label(text)[0]:
        return None
    words = Words(text)
    if not words.items or len(words) > MAX_HEADING_WORDS:
        return None
    is_plain = text[-1] not in ":?" and not text.isupper()
    section = _named(words, is_plain=is_plain)
    if section is not None:
        return section
    # An unknown heading ends the passage before it; a line with a figure is none.
    if any(c.isdigit() or c in ",|" for c in text):
        return None
    looks = len(words) <= 6 if line.after_blank else not is_plain and len(words) > 1
    return Section.UNKNOWN if looks else None


def of_label(words: Words) -> Section | None:
    """The section that a label names."""
    return _named(words, is_plain=False)


def _named(words: Words, *, is_plain: bool) -> Section | None:
    """The section with the longest phrase; the first one of several."""
    best, longest = None, 0
    for section, book in _BOOKS.items():
        for hit in book.find(words):
            length = hit.last - hit.first + 1
            if length <= longest:
                continue
            # One common word somewhere in a line is not its subject, and a line without
            # a colon is a heading only if there is little else in it.
            few = 4 if section is Section.NICE else 2
            if length == 1 and hit.first > 0 and len(words) > few:
                continue
            most = length + 1 + (length > 2) if is_plain else 4 * length + 1
            most = max(most, few) if length == 1 else most
            if len(words) > most:
                continue
            # `Selection criteria - advantageous`: what is only welcome comes first.
            best, longest = section, length + 2 * (section is Section.NICE)
    return best


def label(text: str) -> tuple[str, str]:
    """`Salary: from 3000` as label and rest; the label is empty where there is none."""
    cut = min(
        (at for mark in (":", " | ") if 0 < (at := text.find(mark)) <= MAX_LABEL_CHARS),
        default=0,
    )
    if not cut:
        return "", text
    rest = text[cut:].lstrip(" :|")
    if not rest or text[cut : cut + 3] == "://" or text[cut + 1 : cut + 2].isdigit():
        return "", text
    return text[:cut].strip(), rest


def passages(text: str) -> list[str]:
    """A long line, cut before each label that stands in it."""
    if len(text) < 200:
        return [text]
    cuts = [0, *(found.start() for found in _INLINE.finditer(text)), len(text)]
    return [part for start, end in pairwise(cuts) if (part := text[start:end].strip())]
