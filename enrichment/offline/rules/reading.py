"""A posting as the rules read it: sentences, each with the passage that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from enrichment.llm.orders import without_orders
from enrichment.llm.posting import PostingText
from enrichment.offline.rules.layout import Line, lines, plain, sentences
from enrichment.offline.rules.sections import (
    MAX_HEADING_CHARS,
    Section,
    heading,
    label,
    of_label,
    passages,
)
from enrichment.offline.rules.words import Words, phrases

# Titles and places are short; what is longer is none.
MAX_FIELD_CHARS = 1_000
OPTIONAL = phrases(
    """
a plus; is a plus; are a plus; a big plus; a strong plus; nice to have; a bonus
is an asset; an asset; is an advantage; an advantage; advantageous; desirable
would be desirable; desired; preferred; highly preferred; is preferred; preferably
beneficial; a benefit; is handy; handy; not required; isn't required; not necessary
is welcome; are welcome; very welcome; is useful; extra points; bonus points; ideally
would be nice; good to have; would be great; is great; makes life easier; helpful
not a must; good if you also; it would be good; makes you stand out; would be a plus
een pre; pre; een plus; een pluspunt; pluspunt; pluspunten; is mooi meegenomen
mooi meegenomen; is een voordeel; een voordeel; meerwaarde; een meerwaarde; gewenst
bij voorkeur; is welkom; zijn welkom; geen vereiste; niet vereist; helpt; opent deuren
opens doors; open deuren; opent deuren; is een troef; een troef; troef; troeven; extraatje
een extraatje; is mooi; geen must; strekt tot aanbeveling; mag dat zeker zeggen
un plus; est un plus; un atout; est un atout; serieux atout; atout; atouts; sont des atouts
des atouts; souhaite; souhaitee; souhaites; souhaitees; apprecie; appreciee; appreciees
est utile; utiles; sont utiles; tres utiles; de preference; idealement; un avantage
pas une condition; pas obligatoire; un bonus
"""
)
_NEGATED = phrases(
    """
not required; isn't required; is not required; not needed; not necessary; no experience
don't need; do not need; no diploma; no degree; niet nodig; niet vereist; geen ervaring
hoeft niet; hoeft geen; geen diploma; zonder ervaring; aucun; aucune; pas besoin
pas de diplome; pas necessaire; pas requis; debutant accepte; sans experience; pas exige
you need not; you hoeft; je hoeft
"""
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence, or a part of it between semicolons; `whole` is all of it.

    `heading` stands above it, `label` at the beginning of its line.
    """

    words: Words
    whole: str
    section: Section
    heading: str
    is_bullet: bool
    label: str

    @property
    def text(self) -> str:
        return self.words.source

    @cached_property
    def is_optional(self) -> bool:
        """Whether what it asks for is welcome rather than needed."""
        return self.section is Section.NICE or OPTIONAL.has(self.words)

    @cached_property
    def is_negated(self) -> bool:
        """Whether it says that something is not needed."""
        return _NEGATED.has(self.words)


@dataclass(frozen=True, kw_only=True)
class Reading:
    posting: PostingText
    sentences: tuple[Sentence, ...]

    @cached_property
    def title(self) -> Words:
        return _field(self.posting.title)

    @cached_property
    def location(self) -> Words:
        return _field(self.posting.location)

    @cached_property
    def company(self) -> Words:
        return _field(self.posting.company)

    def within(self, *sections: Section) -> Iterator[Sentence]:
        return (each for each in self.sentences if each.section in sections)


def read(posting: PostingText) -> Reading:
    told = without_orders(posting.description)
    return Reading(posting=posting, sentences=tuple(_sentences(lines(told))))


def _field(text: str) -> Words:
    text = plain(without_orders(text[:MAX_FIELD_CHARS]))
    return Words(" ".join(text.split()))


def _sentences(rows: Iterator[Line]) -> Iterator[Sentence]:
    section, title = Section.UNKNOWN, ""
    was_bullet = under_heading = False
    for row in rows:
        opened = heading(row)
        if opened is Section.UNKNOWN and under_heading and row.text[-1] not in ":?":
            # Below a heading even a short line is text.
            opened = None
        under_heading = opened is not None
        if opened is not None:
            section, title, was_bullet = opened, row.text, False
            if opened is not Section.UNKNOWN or row.text[-1] in ":?":
                continue
        elif was_bullet and row.after_blank and not row.is_bullet:
            # A paragraph below a list is no part of what the list is about.
            section, title = Section.UNKNOWN, ""
        was_bullet = row.is_bullet
        pieces = passages(row.text)
        for passage in pieces:
            name, _ = label(passage)
            named = of_label(Words(name)) if name else None
            if named is not None and len(pieces) > 1:
                # In a line without breaks a label opens what comes after it.
                section, title = named, name
            yield from _of_passage(
                passage,
                section=named or section,
                heading=title,
                is_bullet=row.is_bullet,
                label=name,
            )


def _of_passage(
    text: str, *, section: Section, heading: str, is_bullet: bool, label: str
) -> Iterator[Sentence]:
    for sentence in sentences(text):
        for part in sentence.split(";"):
            if part.strip():
                yield Sentence(
                    words=Words(part.strip()),
                    whole=sentence,
                    section=section,
                    heading=heading,
                    is_bullet=is_bullet,
                    label=label,
                )
        if sentence.endswith("?") and len(sentence) <= MAX_HEADING_CHARS:
            # `What do we pay? 15 euro an hour.`
            heading = sentence
