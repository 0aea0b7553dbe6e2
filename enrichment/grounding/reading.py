"""What is odd about a posting's text: notes for whoever looks at its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrichment.grounding.notes import Note
from enrichment.llm.letters import HIDDEN, MOJIBAKE, TAG, TAGGED
from enrichment.llm.orders import orders
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import is_truncated
from enrichment.offline.rules.posting_language import share_of_known_words
from enrichment.offline.rules.words import Words
from enrichment.places.texts import Texts

# A text with fewer words tells nothing of its language.
FEW_WORDS = 12
# Of a text in one of the four languages small words are a quarter or more.
LEAST_SHARE = 0.08
# Beyond, one look is as good as all.
LOOKED_AT = 20_000
_JOB = re.compile(
    r"^\W{0,4}(?:(?:job|vacancy|position|vacature|functie|offre|poste|role|opening)"
    r"\s?(?:title|titel)?\s?(?:#|n[or°]\.?|nr\.?)?\s?\d{1,3}\b|"
    r"(?:job title|position title|functietitel|vacature|intitule du poste|poste|vacancy|"
    r"job|functie)\s?:\s?\S[^\n]{0,80})",
    re.MULTILINE,
)
_ASKED = re.compile(
    r"^\W{0,4}(?:requirements|your profile|profile|qualifications|functie-?eisen|profiel|"
    r"jouw profiel|wat vragen we|votre profil|profil|profil recherche|what you bring)\W{0,3}$",
    re.MULTILINE,
)
# So many titles, or lists of requirements, make several jobs.
SEVERAL = 3
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def text_notes(posting: PostingText, texts: Texts) -> Iterator[Note]:
    source = posting.description
    if not posting.is_usable:
        yield Note.NO_TEXT
    if is_truncated(posting):
        yield Note.TRUNCATED
    if _has_several_jobs(texts.description.words.folded):
        yield Note.SEVERAL_JOBS
    is_odd = not texts.description.is_plain
    if any(text.orders for text in texts.all) or (
        is_odd and _has_tagged_orders(source)
    ):
        yield Note.INSTRUCTIONS_IN_TEXT
    if is_odd and HIDDEN.search(source):
        yield Note.HIDDEN_TEXT
    if _is_other_language(texts.description.words):
        yield Note.OTHER_LANGUAGE
    if (is_odd and MOJIBAKE.search(source)) or "\ufffd" in source:
        yield Note.MOJIBAKE
    if is_odd and TAG.search(source):
        yield Note.HTML_IN_TEXT


def _has_tagged_orders(source: str) -> bool:
    """Orders in letters that no page shows."""
    return any(
        orders("".join(chr(ord(letter) - 0xE0000) for letter in found[0]))
        for found in TAGGED.finditer(source)
    )


def _has_several_jobs(folded: str) -> bool:
    titles = {found[0].strip() for found in _JOB.finditer(folded)}
    return len(titles) >= SEVERAL or len(_ASKED.findall(folded)) >= SEVERAL


def _is_other_language(words: Words) -> bool:
    """Neither English, Dutch, French nor German: by its script, or by its small words."""
    text = words.source[:LOOKED_AT]
    others = 0 if text.isascii() else len(_OTHER_SCRIPT.findall(text))
    if others and others > len(_LATIN.findall(text)):
        return True
    count, share = share_of_known_words(words)
    return count >= FEW_WORDS and share < LEAST_SHARE
