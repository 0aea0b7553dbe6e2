"""Passages that stand in every posting of an employer, and say nothing about this job.

Statements of equal opportunity, and of what happens with a candidate's data. A sentence is
one by what it lists, not by a heading: what a heading opens may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrichment.llm.words import lines_with

# Of these a statement of equal opportunity lists several. Patterns are for folded text.
_GROUND = re.compile(
    r"(?<!\w)(?P<ground>race|racial|religio(?:n|us)|religie|geloof\w*|creed|colou?r|huidskleur|"
    r"gender(?: identity| expression)?|geslacht\w*|sexe|sex|genre|"
    r"sexual orientation|seksuele \w+|orientations? sexuelles?|national origin|origin\w*|"
    r"afkomst|etnische|ethnic\w*|age|leeftijd|disabilit\w+|handicaps?|arbeidsbeperking|"
    r"beperking|veterans?(?: status)?|marital status|burgerlijke staat|situation familiale|"
    r"pregnancy|zwangerschap|genetic\w*|nationality|nationaliteit|nationalite|ancestry|"
    r"croyances?|convictions?|military status|citizenship|overtuiging|levensbeschouwing)(?!\w)"
)
_EQUAL = re.compile(
    r"equal(?:[ -]employment)?[ -]opportunit|affirmative action|regardless of|irrespective of|"
    r"without regard to|discriminat|ongeacht|gelijke kansen|sans distinction|"
    r"egalite des chances|quels? que soi|diversit|inclusi"
)
_DATA = re.compile(
    r"(?:your|jouw|je|uw|vos|tes) (?:personal |persoonlijke |personnelles )?"
    r"(?:data|information|gegevens|persoonsgegevens|donnees)"
)
_PRIVACY = re.compile(
    r"(?<!\w)(?:privacy|gdpr|avg|rgpd|ccpa|confidentialite)(?!\w)|privacyverklaring|retain|"
    r"bewaard|conserve"
)
_SENTENCE = re.compile(
    r"[^\n]{1,1500}?(?:[.!?](?=\s)|(?=\n)|\Z)|[^\n]{1,1500}(?=\s)|[^\n]{1,1500}"
)
_HINT = re.compile(
    f"{_EQUAL.pattern}|{_PRIVACY.pattern}|sexual|seksu|sexuel|veteran|religi"
)
# One of these has every sentence that is one.
_STEMS = (
    *(
        "equal",
        "affirmative action",
        "regardless of",
        "irrespective of",
        "without regard to",
    ),
    *(
        "discriminat",
        "ongeacht",
        "gelijke kansen",
        "sans distinction",
        "egalite des chances",
    ),
    *("que soi", "diversit", "inclusi", "privacy", "gdpr", "avg", "rgpd", "ccpa"),
    *("confidentialite", "retain", "bewaard", "conserve", "sexual", "seksu", "sexuel"),
    *("veteran", "religi"),
)
_WORD_END = re.compile(r"\w*")
FEW, MANY = 2, 3


def boilerplate(folded: str) -> Iterator[tuple[int, int]]:
    """Spans, from left to right."""
    for start, end in lines_with(_STEMS, folded):
        for sentence in _SENTENCE.finditer(folded, start, end):
            span = _span(sentence[0])
            if span is not None:
                yield sentence.start() + span[0], sentence.start() + span[1]


def _span(sentence: str) -> tuple[int, int] | None:
    """From the first ground to the last; what stands beside them may be anything."""
    if _HINT.search(sentence) is None:
        return None
    if _DATA.search(sentence) and _PRIVACY.search(sentence):
        return 0, len(sentence)
    grounds = list(_GROUND.finditer(sentence))
    equal = list(_EQUAL.finditer(sentence))
    if len({found["ground"][:6] for found in grounds}) < (FEW if equal else MANY):
        return None
    both = [*grounds, *equal]
    end = max(found.end() for found in both)
    rest = _WORD_END.match(sentence, end)
    return min(found.start() for found in both), rest.end() if rest else end
