"""How many years of experience are asked for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrichment.llm.schema import Experience
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.sections import Section

MAX_YEARS = 40
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5,
    "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "un": 1, "une": 1, "deux": 2,
    "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "six ": 6,
}  # fmt: skip
_N = (
    r"(?:\d{1,2}(?:[.,]5)?|"
    + "|".join(word for word in _WORDS if word.strip() == word)
    + r")"
)
SPAN = re.compile(
    rf"(?<![\w.,€$£])(?P<low>{_N})\s?(?:\(\s?\d{{1,2}}\s?\)\s?)?(?P<plus>\+)?\s?"
    rf"(?:(?:-|–|—|to|tot|a|of|or|ou|et|and|en)\s?(?P<high>{_N})\s?(?P<plus2>\+)?\s?)?"
    r"(?:full |volle |volledige )?"
    r"(?P<unit>years?|yrs?|jaar|jaren|ans?|annees?|months?|maanden|mois)(?!\w)"
)
CUE = re.compile(
    r"experience|ervaring|expertise|background|track record|practice|seniority|anciennete"
)
# Without the word itself: `3-5 years as a data engineer`, `4+ years in sales`.
AFTER = re.compile(
    r"['’]?\s?(?:or more |of meer |ou plus |minimum |au moins )?"
    r"(?:of |in |as |with |als |in de |en tant que |comme |dans |working |werkzaam |met |"
    r"prior |professional |relevant|practical|hands)"
)
_UP_TO = re.compile(
    r"(?:up to|maximum|max\.?|maximaal|less than|hoogstens|jusqu'a|tot|under)\s$"
)
OTHER = re.compile(
    r"\b(?:old|oud|age|aged|leeftijd|contract|within the|last|past|laatste|afgelopen|ago|"
    r"geleden|valable|retirement|warranty|founded|fonde|sinds|every|each|per|renewable|"
    r"school|degree|diploma|college|university|studies|programme|program|duration|funded|"
    r"position (?:of|for)|history|anniversary|company|in business|bestaat|existence|"
    r"years ago|stage of your|younger|celebrat\w*)\b"
)
OURS = re.compile(
    r"(?:^|\W)(?:we|our|wij|ons|onze|nous|notre|the company|the team|founded|with over|with more "
    r"than|met meer dan)(?:\W)[^.]{0,60}$"
)


def experience(reading: Reading) -> Experience | None:
    """The first that is asked for; what is only welcome does not count."""
    found = [asked for sentence in _places(reading) for asked in _asked(sentence)]
    return found[0] if found else None


def _places(reading: Reading) -> Iterator[Sentence]:
    """Requirements first, wherever they stand."""
    yield from reading.within(Section.REQUIREMENTS)
    yield from reading.within(Section.UNKNOWN, Section.TASKS)


def _asked(sentence: Sentence) -> Iterator[Experience]:
    folded = sentence.words.folded
    is_requirement = sentence.section is Section.REQUIREMENTS
    for span in SPAN.finditer(folded[:4000]):
        before = folded[max(0, span.start() - 70) : span.start()]
        after = folded[span.end() : span.end() + 60]
        near = around(before, after)
        if not CUE.search(near) and not (is_requirement and AFTER.match(after)):
            continue
        if OURS.search(before) or (OTHER.search(near) and not CUE.search(after[:40])):
            continue
        if sentence.is_optional and _is_welcome(folded, span.end()):
            continue
        asked = years(span, before)
        if asked is not None:
            yield asked


def around(before: str, after: str) -> str:
    """The clause around a span."""
    start = max(before.rfind(mark) for mark in (". ", ";", ") ", ", of "))
    end = min(
        (at for mark in (". ", ";", ",") if (at := after.find(mark)) >= 0), default=60
    )
    return before[start + 1 :] + " | " + after[:end]


def _is_welcome(folded: str, end: int) -> bool:
    """Whether the years themselves are what is welcome: the same clause says so."""
    clause = re.split(r"[,;(]", folded[end:], maxsplit=1)[0]
    return (
        re.search(
            r"\b(?:plus|pre|pluspunt|atout|asset|bonus|desirable|advantage)\b", clause
        )
        is not None
    )


def years(span: re.Match[str], before: str) -> Experience | None:
    low, high = _number(span["low"]), _number(span["high"])
    if span["unit"][0] == "m":
        low = round(low / 12, 1) if low is not None else None
        high = round(high / 12, 1) if high is not None else None
    if (
        low is None
        or low > MAX_YEARS
        or (high is not None and not low < high <= MAX_YEARS)
    ):
        return None
    if high is None and _UP_TO.search(before) and not span["plus"]:
        return Experience(min_years=None, max_years=low)
    return Experience(min_years=low, max_years=high)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    return float(_WORDS[text]) if text in _WORDS else float(text.replace(",", "."))
