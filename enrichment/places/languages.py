"""Where a language stands as one that is spoken: `Dutch`, not a Dutch company."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from enrichment.offline.rules.spoken import FOLLOWERS, NAMES
from enrichment.offline.rules.words import Hit, Words, fold, listed, split
from enrichment.places.texts import Place, Text, Texts, first_distinct, first_of

# Beside those that the extractor knows: what people who speak it are called, and more.
_MORE = {
    "en": "engelstalig; engelstalige; anglophone; english-speaking; engelstaligen; anglophones",
    "nl": "nederlandstalig; nederlandstalige; neerlandophone; nederlandstaligen; neerlandophones",
    "fr": "franstalig; franstalige; francophone; franstaligen; francophones",
    "de": "duitstalig; duitstalige; germanophone; germanophones",
    "es": "spaanstalig; spaanstalige; hispanophone",
    "lv": "lets; letton", "et": "ests; estonien", "bn": "bengaals", "vi": "vietnamees; vietnamien",
    "th": "thai; thais", "fa": "farsi; persian; perzisch; persan", "sq": "albanian; albanees; albanais",
    "mk": "macedonian; macedonisch; macedonien", "ga": "irish", "ca": "catalan; catalaans",
    "eu": "basque; baskisch", "is": "icelandic; ijslands; islandais", "mt": "maltese; maltees; maltais",
    "id": "indonesian; indonesisch; indonesien", "ms": "malay; maleis; malais", "sw": "swahili",
    "tl": "tagalog; filipino", "ta": "tamil", "te": "telugu", "pa": "punjabi; panjabi",
    "so": "somali; somalisch", "ti": "tigrinya", "am": "amharic; amhaars; amharique", "ku": "kurdish; koerdisch; kurde",
    "ps": "pashto; pasjtoe", "hy": "armenian; armeens; armenien", "ka": "georgian; georgisch; georgien",
    "bs": "bosnian; bosnisch; bosniaque", "be": "belarusian", "gu": "gujarati", "mr": "marathi",
    "af": "afrikaans", "la": "latin; latijn", "ne": "nepali", "km": "khmer", "my": "burmese",
    "cy": "welsh", "az": "azerbaijani", "kk": "kazakh", "uz": "uzbek", "mn": "mongolian", "yi": "yiddish; jiddisch",
}  # fmt: skip
_NAMES = {
    code: f"{NAMES.get(code, '')};{_MORE.get(code, '')}" for code in {*NAMES, *_MORE}
}
# Codes that stand in for names: `bilingual FR/NL`.
_CODES = frozenset(("en", "fr", "nl", "de", "es", "it", "eng", "ned"))
_CODE_CUES = listed(
    """
bilingual tweetalig tweetalige bilingue bilingues languages language taal talen langue langues
kennis connaissance connaissances knowledge speak spreek spreekt parlez parle trilingual
drietalig trilingue level niveau talenkennis
"""
)
# In lower case these are words.
_WORDS = listed("polish pools fins fries lets ests thai latin")
# Enough of a language, or little of it: `un peu d'anglais suffit`.
_ENOUGH = listed("volstaat volstaan suffit suffisent suffices")
_ORIGINS = listed(
    "belgian british american belges belge belgische suisses suisse swiss americains europeens"
)
_JOINED = listed("and or en of et ou")
# Before the name of a language these make it one, whatever follows.
_SPOKEN = listed(
    """
spreekt spreek spreken speak speaks speaking parlez parle parler parlant fluent fluently
vloeiend vlot maitrise maitrisez beheerst beheersing kennis knowledge command good goed goede
excellent excellente uitstekend uitstekende bonne bon langue taal in en native business basic
proficient schriftelijk written spoken bilingual tweetalig bilingue connaissance courant le
l du het professional technical level niveau notions b1 b2 c1 c2 write writes schrijft ecrire ecrit
ecrivez schrijven read lire lezen
"""
)
# After one they show a nationality: `Dutch company`, `French office`.
_NATIONAL = listed(
    """
company companies market markets office offices customer customers client clients law laws
bedrijf bedrijven markt markten klant klanten kantoor kantoren overheid recht wetgeving
government authorities branch subsidiary team teams organisation organization headquarters
partner partners group groep groupe multinational border borders tax legislation accounting
regulations holding family army railways bank banks food kitchen cuisine window windows door
doors fries toast bulldog press shepherd rule rules gaap subsidiary producer manufacturer
entreprise societe marche clientele filiale gouvernement droit loi supermarket startup
scale-up employer football passport nationality citizens citizen citizenship coast roots
design quality wine cheese baking bread heritage history speciality specialities retailer
chain brand ministry railway province city cities region regions
"""
)


def places(texts: Texts, code: str) -> tuple[Place, ...]:
    """By ISO 639-1 code; of an unknown one, where it stands as a word."""
    found = first_distinct(
        text.place(hit)
        for text in (texts.description, texts.title, texts.company)
        for name in text.present(_names(code))
        for hit in text.hits(name, code)
        if _is_spoken(text.words, hit)
    )
    return found or first_of(_codes(texts, code))


@lru_cache(maxsize=1_000)
def _names(code: str) -> tuple[str, ...]:
    """A model may write the name instead of the code."""
    known = _NAMES.get(fold(code))
    if known is None:
        known = next(
            (names for names in _NAMES.values() if fold(code) in split(names)), None
        )
    if known is None:
        return (code,) if len(code) > 2 else ()
    return tuple(split(known))


def _is_spoken(words: Words, hit: Hit[str]) -> bool:
    if hit.text in _WORDS:
        return False
    if hit.text.endswith(("talig", "talige", "phone", "phones", "taligen")):
        return True
    if hit.last + 1 >= len(words):
        return True
    gap = words.gap(hit.last + 1)
    following = words.after(hit.last)[0]
    if gap.strip(" \u00a0"):
        # Punctuation follows; but not `Dutch-Belgian`, where another one does.
        if gap.strip() in {"-", "–"} and "\n" not in gap and gap == gap.strip():
            return following in FOLLOWERS or following in _EVERY
        return not _is_bare_origin(words, hit)
    if "\n" in gap:
        return True
    if following in _JOINED:
        return _joined(words, hit)
    if following in _NATIONAL:
        return False
    if following in FOLLOWERS | _ENOUGH or following.endswith(("ly", "ment")):
        return True
    return bool(_SPOKEN.intersection(words.before(hit.first, 2)))


def _joined(words: Words, hit: Hit[str]) -> bool:
    """`Dutch and English`: as the last of the languages is meant."""
    index = hit.last + 2
    while index < len(words) and words.texts[index] in _JOINED:
        index += 1
    if index >= len(words) or words.texts[index] not in _EVERY:
        return index >= len(words) or words.texts[index] not in _ORIGINS
    other = Hit(value="", first=index, last=index, text=words.text(index, index))
    return _is_spoken(words, other)


def _is_bare_origin(words: Words, hit: Hit[str]) -> bool:
    """`our company is Dutch.`"""
    return "company" in words.before(hit.first, 3) and "is" in words.before(hit.first)


def _codes(texts: Texts, code: str) -> Iterator[Place]:
    """`FR/NL`, `languages: NL, EN`; not `Amsterdam, NL`."""
    if code not in _CODES:
        return
    for text in (texts.description, texts.title):
        for hit in text.hits(code, code):
            if hit.text.isupper() and _has_company(text, hit.first):
                yield text.place(hit)


def _has_company(text: Text, index: int) -> bool:
    words = text.words
    for step in (-2, -1, 1, 2):
        other = index + step
        is_code = 0 <= other < len(words) and words.texts[other] in _CODES
        if is_code and words.text(other, other).isupper():
            between = words.texts[min(index, other) + 1 : max(index, other)]
            return all(word in {*_JOINED, *_CODES} for word in between)
    return bool(_CODE_CUES.intersection(words.before(index, 3)))


_EVERY = frozenset(name for names in _NAMES.values() for name in split(names))
