"""Which programming languages and tools does a posting name for the job?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enrichment.llm.schema import MAX_ITEMS
from enrichment.offline.rules.language_names import LANGUAGES
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.tool_names import TOOLS
from enrichment.offline.rules.words import Hit, Phrasebook, Words, listed, table

# What the company is, offers, and does with applications is not the job's technology.
ELSEWHERE = frozenset((Section.ABOUT, Section.OFFER, Section.PROCESS))
# Words that make an ambiguous name beside them a technology.
_CUES = listed(
    """
developer developers programming programmer code coding language languages engineer
engineers script scripts scripting ms microsoft office ontwikkelaar programmeren
programmeertaal developpeur langage langages backend software
"""
)
_NEARBY = 6
# `C-level`, `driving licence C`, `R&D`, `H/F/R`: letters that are no languages.
_BEFORE_LETTER = listed(
    """
licence license rijbewijs permis category categorie class klasse level niveau
vitamin schaal scale grade type hepatitis section team group phase fase
"""
)
_AFTER_LETTER = listed("level suite d e h level's certificate cards")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Name:
    text: str
    is_language: bool
    written: str | None
    needs_company: bool


@dataclass(frozen=True, kw_only=True)
class Technologies:
    languages: list[str]
    tools: list[str]


def _entries() -> Iterator[tuple[str, _Name]]:
    for is_language, names in ((True, LANGUAGES), (False, TOOLS)):
        for phrase, name in table(names):
            written = phrase.lstrip("!?")
            yield (
                written,
                _Name(
                    text=name.lstrip("!?"),
                    is_language=is_language,
                    written=written if written != phrase else None,
                    needs_company=phrase.startswith("?"),
                ),
            )


BOOK: Phrasebook[_Name] = Phrasebook(_entries())


def technologies(reading: Reading) -> Technologies:
    found: dict[str, bool] = {}
    for words in _places(reading):
        for name in _named(words):
            found.setdefault(name.text, name.is_language)
    languages = [text for text, is_language in found.items() if is_language]
    tools = [text for text, is_language in found.items() if not is_language]
    return Technologies(languages=languages[:MAX_ITEMS], tools=tools[:MAX_ITEMS])


def _places(reading: Reading) -> Iterator[Words]:
    yield reading.title
    for sentence in reading.sentences:
        if sentence.section not in ELSEWHERE and not _is_someone_elses(sentence):
            yield sentence.words


def _is_someone_elses(sentence: Sentence) -> bool:
    """`We are a Gold Partner of ...`: what the company boasts of."""
    folded = sentence.words.folded
    return sentence.section is Section.UNKNOWN and (
        " partner" in folded or folded.startswith(("at ", "founded "))
    )


def _named(words: Words) -> Iterator[_Name]:
    hits = [hit for hit in BOOK.find(words) if _is_written_so(words, hit)]
    sure = _Spots(hit for hit in hits if not hit.value.needs_company)
    languages = _Spots(
        hit for hit in hits if hit.value.is_language and not hit.value.needs_company
    )
    every = _Spots(hits)
    for hit in hits:
        if hit.value.needs_company:
            among = sure
            if not hit.value.is_language:
                # Office programs keep each other company: `Word and Excel`.
                among = every
            elif hit.value.text == "C":
                among = languages
            if not _has_company(words, hit, among=among):
                continue
        yield hit.value


class _Spots:
    """Where some names stand."""

    def __init__(self, hits: Iterable[Hit[_Name]]) -> None:
        self.firsts = {hit.first for hit in hits}

    def are_near(self, place: int) -> bool:
        around = range(place - _NEARBY, place + _NEARBY + 1)
        return any(spot in self.firsts for spot in around if spot != place)


def _is_written_so(words: Words, hit: Hit[_Name]) -> bool:
    written = hit.value.written
    if written is None:
        return True
    if hit.text != written:
        return False
    if len(written) > 1:
        # The first word of a sentence has its capital anyway.
        following = words.after(hit.last)
        return hit.first > 0 or not following or following[0] not in {"in", "at", "to"}
    before, after = words.before(hit.first), words.after(hit.last)
    end = words.items[hit.last].end
    return (
        not (before and before[0] in _BEFORE_LETTER)
        and not (after and after[0] in _AFTER_LETTER and words.source[end] in "-+&/")
        and words.source[end : end + 1] not in {"'", "’", "&", "+"}
        and words.source[max(0, words.items[hit.first].start - 1)]
        not in {"&", "'", "’"}
    )


def _has_company(words: Words, hit: Hit[_Name], *, among: _Spots) -> bool:
    near = [*words.before(hit.first, 2), *words.after(hit.last, 2)]
    if _CUES.intersection(near):
        return True
    if hit.text == "Excel" and among.firsts == {hit.first}:
        return True
    return among.are_near(hit.first)
