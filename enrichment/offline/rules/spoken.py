"""Which languages does the candidate speak, how well, and must they?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrichment.llm.schema import LanguageLevel as L
from enrichment.llm.schema import SpokenLanguage
from enrichment.offline.rules.reading import OPTIONAL, Reading, Sentence
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import (
    Hit,
    Phrasebook,
    Words,
    listed,
    meanings,
    phrases,
)

NAMES = {
    "en": "english; engels; anglais; englisch; engelse taal",
    "nl": "dutch; nederlands; neerlandais; flemish; vlaams; niederlandisch; nederlandse taal",
    "fr": "french; frans; francais; franzosisch; franse taal",
    "de": "german; duits; allemand; deutsch; duitse taal",
    "es": "spanish; spaans; espagnol; castilian",
    "it": "italian; italiaans; italien",
    "pt": "portuguese; portugees; portugais",
    "pl": "polish; pools; polonais",
    "ro": "romanian; roemeens; roumain",
    "bg": "bulgarian; bulgaars; bulgare",
    "cs": "czech; tsjechisch; tcheque",
    "sk": "slovak; slowaaks; slovaque",
    "sl": "slovene; slovenian; sloveens; slovene",
    "hu": "hungarian; hongaars; hongrois",
    "da": "danish; deens; danois",
    "sv": "swedish; zweeds; suedois",
    "no": "norwegian; noors; norvegien",
    "fi": "finnish; fins; finnois",
    "el": "greek; grieks; grec",
    "tr": "turkish; turks; turc",
    "ar": "arabic; arabisch; arabe",
    "ru": "russian; russisch; russe",
    "uk": "ukrainian; oekraiens; ukrainien",
    "zh": "chinese; mandarin; chinees; chinois; cantonese",
    "ja": "japanese; japans; japonais",
    "ko": "korean; koreaans; coreen",
    "hi": "hindi",
    "he": "hebrew; hebreeuws; hebreu",
    "fy": "frisian; fries; frison",
    "lb": "luxembourgish; luxemburgs; luxembourgeois",
    "hr": "croatian; kroatisch; croate",
    "sr": "serbian; servisch; serbe",
    "et": "estonian",
    "lv": "latvian",
    "lt": "lithuanian; litouws",
    "ur": "urdu",
    "vi": "vietnamese",
    "bn": "bengali",
    "ht": "haitian creole",
}
LANGUAGES: Phrasebook[str] = meanings(NAMES)
_LEVELS: dict[L, str] = {
    L.NATIVE: """
native; mother tongue; moedertaal; moedertaalniveau; langue maternelle; maternelle
native-level; near-native; mother-tongue; native speaker; muttersprache; bilingual
tweetalig; bilingue""",
    L.FLUENT: """
fluent; fluently; fluency; vloeiend; vlot; courant; couramment; perfect; parfait
parfaitement; excellent; excellente; uitstekend; uitstekende; c1; c2; very good; zeer goed
zeer goede; tres bonne; tres bon; proficient; proficiency; business level; professional
professionnel; impeccable; onberispelijk; excellente maitrise; full professional; strong
advanced; gevorderd; flawless; perfecte; thorough; clearly; foutloos; parfaite; aisance
fluently spoken; excellent command; business english; verhandlungssicher; prima""",
    L.INTERMEDIATE: """
good; goed; goede; bon; bonne; conversational; moyen; moyenne; intermediate; working
b1; b2; correct; satisfactory; satisfaisant; voldoende; degelijk; degelijke; redelijk
behoorlijk; well; a l'aise; decent; solid; good command; goede kennis; goede beheersing
werkbaar; bruikbaar; comfortable; adequate; well enough""",
    L.BASIC: """
basic; basis; basiskennis; notions; mondje; beetje; un peu; elementary; a1; a2; noties
elementaire; passive; passieve; de base; beginner; some; enough; genoeg; little; rudimentary
save yourself; connaissance passive; basisniveau""",
}
_LEVEL_BOOK: Phrasebook[L] = meanings(_LEVELS)
# What shows that a language is spoken, not a company's nationality.
_CUES = phrases(
    """
speak; speaks; speaking; spoken; speaker; write; written; writing; read; language; languages
fluent; fluently; fluency; native; level; mother tongue; proficient; proficiency; knowledge
command; skills; verbal; oral; orally; communicate; bilingual; c1; c2; b1; b2; a2; a1
excellent; good; basic; conversational; required; multilingual; trilingual
spreekt; spreek; spreken; schrijft; taal; talen; taalniveau; vloeiend; beheersing; kennis
moedertaal; goed; vlot; woord en geschrift; tweetalig; drietalig; machtig; beheerst
basiskennis; mondje; beetje; lezen; leest; mondeling; begrijpt; uitdrukken
parlez; parle; parler; langue; langues; courant; couramment; maitrise; connaissance; oral
ecrit; bilingue; notions; lisez; lire; exprimer; maternelle; trilingue; un peu; indispensable
niveau; maitrisez; bonne; bon; excellente; aise
"""
)
# After the name of a language these show that it isn't an adjective: `Dutch law`.
FOLLOWERS = listed(
    """
and or en of et ou at on op in is are as aan a au to for with language languages
taal skills speaker speakers speaking spoken written level niveau knowledge c1 c2 b1
b2 a1 a2 fluent fluently native courant correct oral perfect bruikbaar required
preferred desirable advantage advantageous plus pre een not i both but is isn't
indispensable impeccable parle ecrit mandatory must helps helpt very well good great
essential necessary useful spreekt spreken kunt kan sont est comme souhaite
professionnel professional business fluency proficiency communication verbal within
because so if zodra als dat maar ook want the de het la le om if you your our
working it te d nearly proficient speaks read write reading writing pratique parfait
technique opent open opens e nodig vereist basic dans pour quand makes is will would
can documentation mother enough moyen serait isn doesn don fluide bilingue bon tres
lu lezen schrijven
"""
)
_OR = listed("or and of en ou et")
_NO_TALK = frozenset((Section.ABOUT, Section.OFFER, Section.PROCESS))
_NOT_ASKED = re.compile(
    r"(?:isn't|is not|not|niet|geen|pas|don't need|no) (?:required|needed|necessary|vereist|"
    r"nodig|requis\w*|necessaire|exige\w*|to speak|any)|lessons? of|lessen |taalles"
    r"|applications? (?:in|must|should)|cours de|we pay for|curriculum vitae|files are in"
    r"|(?:ouders|parents|clients?|klanten|customers|patients|bewoners|residents|families) "
    r"(?:die|who|qui) "
)


def spoken_languages(reading: Reading) -> list[SpokenLanguage]:
    """Each language once; required wins over welcome, a level over none."""
    found: dict[str, SpokenLanguage] = {}
    for language in _named(reading):
        known = found.get(language.language)
        if known is None:
            found[language.language] = language
            continue
        found[language.language] = SpokenLanguage(
            language=language.language,
            level=known.level or language.level,
            required=known.required or language.required,
        )
    return list(found.values())


def _named(reading: Reading) -> Iterator[SpokenLanguage]:
    yield from _of_title(reading.title)
    for sentence in reading.sentences:
        if sentence.section not in _NO_TALK:
            yield from _of_sentence(sentence)


def _of_title(title: Words) -> Iterator[SpokenLanguage]:
    """`Accountant, bilingual FR/NL`, `English-speaking nurse`."""
    folded = title.folded
    marked = re.search(
        r"(?:bilingu\w+|tweetalig\w*)\W+([a-z]{2})\s?[/&-]\s?([a-z]{2})\b", folded
    )
    for code in marked.groups() if marked else ():
        if code in NAMES:
            yield SpokenLanguage(language=code, level=None, required=True)
    for hit in LANGUAGES.find(title):
        if {"speaking", "spoken", "language", "speaker", "taal"}.intersection(
            title.after(hit.last)
        ):
            yield SpokenLanguage(language=hit.value, level=None, required=True)


def _of_sentence(sentence: Sentence) -> Iterator[SpokenLanguage]:
    if not LANGUAGES.has(sentence.words):
        return
    asked = sentence.section in {Section.REQUIREMENTS, Section.NICE}
    if not asked and not _CUES.has(sentence.words):
        return
    clauses = [Words(text) for text in _clauses(sentence.text)]
    welcome = _welcome(clauses, sentence)
    for index, words in enumerate(clauses):
        hits = [hit for hit in LANGUAGES.find(words) if is_language(words, hit)]
        if _NOT_ASKED.search(words.folded) and sentence.section is not Section.NICE:
            continue
        for hit in hits:
            yield SpokenLanguage(
                language=hit.value,
                level=_level(words, hit, hits=hits),
                required=not welcome[index],
            )


def _clauses(text: str) -> list[str]:
    """Parts between commas and full stops, brackets left whole."""
    return [
        part for part in re.split(r"(?:,|\. )(?![^()]{0,80}\))", text) if part.strip()
    ]


def _welcome(clauses: list[Words], sentence: Sentence) -> list[bool]:
    """For each clause, whether its languages are welcome rather than required.

    `Fluent English, Dutch or German is a plus` asks for English; `Spanish, Arabic or
    Polish is a plus` for none: what is alone between commas belongs to what follows.
    """
    if sentence.section is Section.NICE:
        return [True] * len(clauses)
    optional = [OPTIONAL.has(words) for words in clauses]
    if optional[0] and not LANGUAGES.has(clauses[0]):
        return [True] * len(clauses)
    if optional[-1] and clauses[-1].items[:1] and clauses[-1].items[0].text in _OR:
        return [True] * len(clauses)
    for index in range(len(clauses) - 2, -1, -1):
        in_list = _is_bare(clauses[index]) or _is_bare(clauses[index + 1])
        optional[index] |= optional[index + 1] and in_list
    return optional


def _is_bare(clause: Words) -> bool:
    """Nothing but a language, which shares what is said of those beside it."""
    return len(clause) <= 2 and not _LEVEL_BOOK.has(clause)


def is_language(words: Words, hit: Hit[str]) -> bool:
    """Whether it names a language here, and not the nationality of something."""
    if hit.last + 1 >= len(words):
        return True
    gap = words.gap(hit.last + 1)
    if gap.strip(" \u00a0"):
        # Punctuation follows; but not `Dutch-Belgian`, where another one does.
        return gap.strip() not in {"-", "–"} or words.after(hit.last)[0] in FOLLOWERS
    following = words.after(hit.last)[0]
    if following in FOLLOWERS:
        return True
    before = words.before(hit.first, 3)
    return bool(
        {"spreekt", "speak", "parlez", "parler", "fluent", "spreek"}.intersection(
            before
        )
    )


def _level(words: Words, hit: Hit[str], *, hits: list[Hit[str]]) -> L | None:
    """The level nearest to the language within its clause."""
    levels = list(_LEVEL_BOOK.find(words))
    if not levels:
        return None
    marks = {
        level.value
        for level in levels
        if re.fullmatch(r"[abc][12]", level.text.lower())
    }
    if len(marks) > 1 and len(hits) > 1:
        return None
    # `Dutch and English, fluently`: a level behind the last language is for all of them.
    return min(
        levels,
        key=lambda level: (
            hit.first - level.last if level.last < hit.first else level.first - hit.last
        ),
    ).value
