"""A short and a longer summary: sentences of the posting itself, none of our own.

They come in the posting's language only; without a model nothing is translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enrichment.llm.schema import PostingLanguage, Summaries
from enrichment.offline.rules.reading import Reading, Sentence
from enrichment.offline.rules.roles import BOOK as OCCUPATIONS
from enrichment.offline.rules.sections import Section
from enrichment.offline.rules.words import Words, listed, phrases

MAX_SENTENCE_CHARS = 320
SHORTEST, LONGEST = 30, 240
MAX_SENTENCES = 5
# Where to look, in a long text.
MAX_LOOKED_AT = 400
_SEEKS = phrases(
    """
looking for; we are looking; is looking; seeking; is seeking; we need; join; you join
you will; as a; as an; the role; this role; this position; you are; you work; responsible for
zoeken; zoekt; we zoeken; wij zoeken; als; op zoek; je werkt; je bent; je gaat; zorg je; jij
recherche; recherchons; cherche; cherchons; en tant que; vous serez; vous etes; au sein
nous recherchons; votre mission; vous travaillez; under; supervision; position
"""
)
_ADVERTISING = phrases(
    """
best; amazing; exciting; unique opportunity; world-class; rockstar; ninja; awesome; great place
fantastic; passionate; dream job; toffe; leukste; geweldig; droombaan; super; topper; uniek
fantastische; passionnant; incroyable; exceptionnel; unique; leader; incredible; love
"""
)
# A sentence that begins with these leans on the one before it.
_REFERRING = listed(
    "that it they he she so but and dat daarom dan daar zij hij maar elle il ils elles cela "
    "mais et donc her his"
)


@dataclass(frozen=True, kw_only=True)
class Summary:
    short: Summaries
    long: Summaries


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scored:
    score: float
    place: int
    text: str
    section: Section


def summaries(reading: Reading, language: PostingLanguage) -> Summary:
    found = list(_scored(reading))
    best = max(found, key=lambda each: (each.score, -each.place), default=None)
    if best is None:
        return Summary(short=_in("", language), long=_in("", language))
    chosen = _chosen(found, best)
    return Summary(
        short=_in(_ended(best.text), language),
        long=_in(" ".join(_ended(each.text) for each in chosen), language),
    )


def _in(text: str, language: PostingLanguage) -> Summaries:
    texts = dict.fromkeys(("en", "nl", "fr"), "")
    if language.value in texts:
        texts[language.value] = text
    return Summaries(**texts)


def _chosen(found: list[_Scored], best: _Scored) -> list[_Scored]:
    """The best one, and the best of each passage, in the posting's order."""
    chosen = [best]
    wanted = (
        Section.TASKS,
        Section.REQUIREMENTS,
        Section.OFFER,
        None,
        None,
        None,
        None,
    )
    for section in wanted:
        if len(chosen) == MAX_SENTENCES:
            break
        rest = [
            each
            for each in found
            if each not in chosen and section in {None, each.section}
        ]
        if rest:
            chosen.append(max(rest, key=lambda each: (each.score, -each.place)))
    return sorted(chosen, key=lambda each: each.place)


def _scored(reading: Reading) -> Iterator[_Scored]:
    titles = {word.text for word in reading.title.items if len(word.text) > 3}
    names = {word.text for word in reading.company.items if len(word.text) > 3}
    seen: set[str] = set()
    for place, sentence in enumerate(reading.sentences[:MAX_LOOKED_AT]):
        text = " ".join(sentence.whole.split())
        if text in seen or len(text) > MAX_SENTENCE_CHARS or text[-1] in ":?!":
            continue
        seen.add(text)
        if sentence.section is Section.PROCESS or not any(c.isalpha() for c in text):
            continue
        score = _score(sentence, text, titles=titles, names=names)
        # Early sentences say what a posting is about.
        yield _Scored(
            score=score - min(place, 40) / 12,
            place=place,
            text=text,
            section=sentence.section,
        )


def _score(
    sentence: Sentence, text: str, *, titles: set[str], names: set[str]
) -> float:
    words = sentence.words if len(sentence.text) == len(text) else Words(text)
    own = words.vocabulary
    is_whole = text[-1] in ".…" and not sentence.is_bullet
    return (
        2.0 * is_whole
        + 1.5 * (not titles.isdisjoint(own))
        + 2.0 * _SEEKS.has(words)
        + 1.0 * OCCUPATIONS.has(words)
        + 0.5 * (not names.isdisjoint(own))
        - 2.0 * _ADVERTISING.has(words)
        - 2.0 * (not SHORTEST <= len(text) <= LONGEST)
        - 1.0 * sentence.is_bullet
        - 1.0 * (words.items[0].text in _REFERRING if words.items else False)
        - 1.0 * (sentence.section is Section.ABOUT)
        - 2.0 * ("http" in text or "@" in text or "<" in text)
    )


def _ended(text: str) -> str:
    text = text.rstrip(" ;,") or text
    text = text[:1].upper() + text[1:]
    return text if text[-1] in ".…" else f"{text}."
