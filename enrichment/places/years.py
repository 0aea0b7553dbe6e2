"""Where years of experience stand: in digits or words, and about experience."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrichment.llm.schema import Experience
from enrichment.offline.rules import experience as rules
from enrichment.places.texts import Place, Text, Texts, first_of

# A list of requirements says it shortly: `- 3+ years Java`, `Minimaal 3 jaar`.
_ITEM = re.compile(
    r"(?:^|\n)[^\w\n]{0,6}(?:(?:at least|minimum|min\.?|minimaal|minstens|au moins|you have|"
    r"je hebt|vous avez|ten minste|over|meer dan|plus de|more than)\s(?:of |de |van )?){0,2}$"
)
_STUDY = re.compile(
    r"\W*(?:d['’]\s?|de |des |of |van )?(?:etudes|studies|study|studie|opleiding|formation|"
    r"school|schooling|university|college)"
)
_COMPANY = re.compile(
    r"(?:bedrijf|company|firm|organisatie|organisation|organization|entreprise|societe|groep|"
    r"group|groupe|bureau|agency|kantoor|maison)s? (?:met|with|avec|heeft|has|ayant|a)\W+"
    r"(?:\w+\W+){0,3}$"
)
_LABEL = re.compile(
    r"(?:experience|ervaring|anciennete|experience requise)\s?[:|]\s?\W*$"
)


def places(texts: Texts, *, low: float | None, high: float | None) -> tuple[Place, ...]:
    return first_of(
        place
        for text in (texts.description, texts.title)
        for place in _spans(text, low=low, high=high)
    )


def _spans(text: Text, *, low: float | None, high: float | None) -> Iterator[Place]:
    for start, piece in text.pieces:
        for span in rules.SPAN.finditer(piece):
            before = piece[max(0, span.start() - 70) : span.start()]
            after = piece[span.end() : span.end() + 60]
            found = rules.years(span, before)
            if found is None or not _is_asked(before, after):
                continue
            if _is_so(found, low=low, high=high):
                yield text.span(start + span.start(), start + span.end())


def _is_so(found: Experience, *, low: float | None, high: float | None) -> bool:
    """Each end that is given; `3 to 5 years` don't ask for five."""
    least = found.min_years if found.min_years is not None else found.max_years
    if low is not None and low != least:
        return False
    return high is None or high in {found.max_years, least if low == high else None}


def _is_asked(before: str, after: str) -> bool:
    if _STUDY.match(after):
        return False
    near = rules.around(before, after)
    if rules.OURS.search(before) or _COMPANY.search(before):
        return False
    if rules.CUE.search(near):
        return not rules.OTHER.search(near) or bool(
            rules.CUE.search(after[:40]) or rules.CUE.search(before[-40:])
        )
    if rules.OTHER.search(near):
        return False
    return bool(
        rules.AFTER.match(after) or _LABEL.search(before) or _ITEM.search(before)
    )
