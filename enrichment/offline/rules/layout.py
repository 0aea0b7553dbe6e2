"""Plain lines from a description: markup out, bullets marked, sentences apart."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrichment.offline.rules.words import listed

# Descriptions are converted when they are imported; this catches what comes another way.
# From one `<` to the next at most: linear on any input.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>p|br|div|li|ul|ol|h[1-6]|table|thead|tbody|tr|td|th|span|"
    r"strong|b|em|i|u|a|section|article|header|footer|hr|font|script|style)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_HIDDEN = frozenset(("script", "style"))
_CELLS = frozenset(("td", "th"))
_INLINE = frozenset(("span", "strong", "b", "em", "i", "u", "a", "font"))
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
_BULLET = re.compile(
    r"\s*(?:[-–—*•·▪●○◦→>✓✔»]|\(?\d{1,2}[.)](?!\d)|[a-z][.)](?=\s))\s*"
)
# Tokenised corpora write `. NET`, which begins no sentence.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”»)]{0,2}\s+(?!NET(?!\w))(?=[^\W_a-z]|[\"“'«(•–*-])"
)
_ABBREVIATIONS = listed(
    """
prof dr mr mrs ms mme st ste no nr art bv bijv vb ca min max incl excl evt resp etc
e.g i.e m.b.t t.a.v o.a d.w.z n.a.v a.d.h.v p.ex ex env tél tel vs inc ltd co u.s
m.i.v
"""
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    text: str
    is_bullet: bool
    after_blank: bool


def lines(description: str) -> Iterator[Line]:
    """The lines that hold something, without their bullets."""
    blank = True
    for raw in plain(description).split("\n"):
        text = raw.strip(" |\t")
        if not text:
            blank = True
            continue
        bullet = _BULLET.match(text)
        rest = text[bullet.end() :].strip() if bullet else text
        if rest:
            yield Line(text=rest, is_bullet=bool(bullet), after_blank=blank)
            blank = False


def plain(text: str) -> str:
    """Text without tags, entities, control characters and runs of spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _unescape(text)
    if "<" in text:
        text = _without_tags(text)
    return _SPACES.sub(" ", _CONTROL.sub(" ", text))


def sentences(text: str) -> list[str]:
    """The sentences of one line."""
    kept: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        piece = text[start : end.end()].strip()
        tail = piece[-24:].rstrip(".").rsplit(" ", 1)[-1].lower()
        if piece.endswith(".") and (tail in _ABBREVIATIONS or _is_initial(tail)):
            continue
        kept.append(piece)
        start = end.end()
    if last := text[start:].strip():
        kept.append(last)
    return kept


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _unescape(text: str) -> str:
    # `html.unescape` fails on numbers that Python won't convert.
    return html.unescape(re.sub(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?", " ", text))


def _without_tags(text: str) -> str:
    kept: list[str] = []
    position, hidden = 0, ""
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if not hidden:
            kept.append(text[position : tag.start()])
        position = tag.end()
        if name in _HIDDEN:
            hidden = "" if tag["close"] else name
        elif name == "li" and not tag["close"]:
            kept.append("\n- ")
        elif name in _CELLS:
            kept.append(" | " if tag["close"] else "")
        elif name not in _INLINE:
            kept.append("\n")
    if not hidden:
        kept.append(text[position:])
    return "".join(kept)
