"""Is a word meant as a name where it stands? `React`, not `react to`; `C`, not `C-level`."""

from __future__ import annotations

from enrichment.offline.rules.words import Hit, Words, listed
from enrichment.places import synonyms

# Names of three letters at most that people also write in lower case.
_LOWER = listed(
    """
sql git aws css php gcp npm ssh tcp dns vpn api ios sap bi ui ux qa ml k8s js ts go4 jwt xml
svn c++ c# f# .net cad cnc erp crm seo sea vba dax
"""
)
# In lower case these are words.
_WORDS = listed(
    "it or us hr pr sap sea cad bi go is in as no me et de la le du ou un en na op te nu ai ad"
)
# After the first word of a sentence, which has its capital anyway, these make it a name.
_FOLLOWERS = listed(
    """
and or en et ou is are developer developers development engineer engineers engineering
programming programmer experience knowledge skills skill expert expertise specialist
certification certified administration administrator admin consultant ontwikkelaar
ontwikkelaars ervaring kennis programmeur programmeren developpeur est sont zijn frontend
backend for voor pour framework native server database apps app applications components hooks scripting
scripts code stack ecosystem ui js skills suite online
"""
)
_BEFORE_LETTER = listed(
    """
licence licences license licenses rijbewijs permis category categories categorie class klasse
classe level niveau vitamin vitamine schaal scale grade type hepatitis section team group
groep groupe phase fase plan point punt catb block zone hal building gebouw series serie mr mrs ms dr prof dhr mevr mme
"""
)
_AFTER_LETTER = listed(
    "level levels suite d e h level's certificate cards series permit minor major"
)
# What follows a name and makes it something else. `*`: any number.
_OTHER = {
    "java": listed("script scripts"),
    "go": listed("live to getter no for lives beyond ahead"),
    "spring": listed("* cleaning break term semester roll"),
    "visual": listed(""),
    "excel": listed("in at as within"),
    "access": listed("to control rights for management point all road badge"),
    "word": listed("of en et processing gezocht lid deel"),
    "teams": listed("of that who and in within across"),
    "react": listed("to quickly fast swiftly promptly in on"),
    "express": listed("your yourself delivery courier mail interest"),
    "rest": listed("of is assured van days home"),
    "swift": listed("response and action"),
    "flexible": listed("hours working schedule uren horaires werkuren werktijden"),
    "flexibele": listed("hours uren werkuren werktijden uurroosters"),
    "unity": listed("and of"),
    "tableau": listed("de d des du blanc recapitulatif electrique"),
    "chef": listed("de d of kok gerant"),
    "sage": listed("femme femmes advice"),
    "exchange": listed("of rate rates ideas student"),
    "notion": listed("of de d"),
    "windows": listed("of cleaning and doors"),
    "oracle": listed("of"),
    "apex": listed("legends of"),
    "eclipse": listed("of"),
}
_BEGINS = frozenset(".!?:;•·*\n\u2022|>")


def is_meant(words: Words, hit: Hit[str]) -> bool:
    """Whether the words of a hit stand for `hit.value`, a name that is also a word."""
    text, value = hit.text, hit.value
    if len(text) == 1:
        return text.isupper() and _is_letter(words, hit)
    if is_something_else(words, hit):
        return False
    if text.islower():
        if synonyms.is_marked(value) or text in _WORDS:
            return _is_listed(words, hit)
        return text in _LOWER or text == value
    if synonyms.is_capitals(value) and not text.isupper():
        return text == value and value not in {"Rest", "Soap", "Sap", "Gis"}
    return not synonyms.is_marked(value) or not _begins_a_sentence(words, hit)


def _is_letter(words: Words, hit: Hit[str]) -> bool:
    """`C` and `R` as languages: not of a licence, a vitamin, or of `R&D`."""
    before, after = words.before(hit.first), words.after(hit.last)
    start, end = words.starts[hit.first], words.ends[hit.last]
    if before and before[0] in _BEFORE_LETTER:
        return False
    if after and after[0] in _AFTER_LETTER and words.source[end] in "-+&/ ":
        return False
    if before and before[0] == "objective":
        return False
    near_end = words.source[end : end + 2].strip()[:1]
    near_start = words.source[max(0, start - 2) : start].strip()[-1:]
    if "&" in (near_end, near_start):
        return False
    previous = words.source[max(0, start - 1) : start]
    following = words.source[end : end + 1]
    return following not in {"'", "’", "+", "-"} and previous not in {
        "'",
        "’",
        "-",
        ".",
    }


def _is_listed(words: Words, hit: Hit[str]) -> bool:
    """Whether it is a technology right beside one that is no word: `php go python`."""
    beside = (*words.before(hit.first), *words.after(hit.last))
    return synonyms.is_technology(hit.value) and any(
        synonyms.is_technology(word) and not synonyms.is_ambiguous(word)
        for word in beside
    )


def is_something_else(words: Words, hit: Hit[str]) -> bool:
    others = _OTHER.get(words.texts[hit.last])
    following = words.after(hit.last)
    if others is None or not following or hit.first != hit.last:
        return False
    gap = words.gap(hit.last + 1)
    if gap.strip() not in {"", "-"} or "\n" in gap:
        return False
    if "*" in others and following[0].isdigit() and len(following[0]) == 4:
        return True
    if following[0] != "and" or hit.last + 2 >= len(words):
        return following[0] in others
    # `Teams and Excel` are two programs.
    return "and" in others and words.source[words.starts[hit.last + 2]].islower()


def _begins_a_sentence(words: Words, hit: Hit[str]) -> bool:
    """Whether it is the first word of a sentence that goes on: its capital shows nothing."""
    if not hit.text[1:].islower():
        return False
    if hit.first > 0:
        gap = words.gap(hit.first)
        if not any(c in _BEGINS for c in gap) and gap.strip() not in {"-", "–"}:
            return False
    following = words.after(hit.last)
    if not following or following[0] in _FOLLOWERS:
        return False
    gap = words.gap(hit.last + 1)
    start = words.starts[hit.last + 1]
    return not gap.strip() and "\n" not in gap and words.source[start].islower()
