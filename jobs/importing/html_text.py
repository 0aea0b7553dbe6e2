"""Descriptions as plain text: what is HTML is converted, what is not stays as it came.

Why not Python's `html.parser`: it takes quadratic time on broken markup (60 kB of `<a `
repeated: half a minute), and a feed may hold anything. Here each character is looked at a
bounded number of times, and nesting costs nothing.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.entities import html5

from jobs.importing.html_tags import BLOCKS, HIDDEN, KNOWN
from jobs.importing.repair import repaired
from jobs.importing.text_layout import Layout

# From one `<` to the next one at most, and never back: linear on any input. The second
# form is for tags whose quotes don't match.
_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)
    (?P<rest>(?:[^<>"']++|"[^"<]*"|'[^'<]*')*+|[^<>]*+)>
    |<[!?/](?!--)[^<>]*+>""",
    re.VERBOSE,
)
# A closing tag, or one that stands alone, with nothing in it but proper attributes: "a <b
# and c> d" is not HTML.
_MARKUP = re.compile(
    r"</(?:%s)\s*>|<(?:br|p|li|hr|ul|ol|td|tr|h[1-6])"  # noqa: UP031
    r"""(?:\s++[a-z0-9_:-]++\s*+=\s*+(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=]++))*+\s*+/?>"""
    % "|".join(sorted(KNOWN)),
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
# `html.unescape` fails on numbers that Python won't convert.
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_BREAKING = re.compile(r"<(?:%s)\b" % "|".join(sorted(BLOCKS)), re.IGNORECASE)  # noqa: UP031
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """`html` is the original where there was something to convert, and empty else."""

    text: str
    html: str


def read_description(raw: str) -> Description:
    """The text for people and for the model, and the original if that was HTML."""
    plain = repaired(raw.replace("\r\n", "\n").replace("\r", "\n").strip())
    if is_html(plain):
        return Description(text=html_to_text(plain), html=raw)
    if not has_entities(plain):
        return Description(text=plain, html="")
    # Escaped as a whole: text, or HTML in which the tags themselves were escaped, perhaps
    # twice.
    unescaped = unescape(plain)
    for markup in (unescaped, unescape(unescaped)):
        if is_html(markup):
            return Description(text=html_to_text(markup), html=raw)
    return Description(text=unescaped.replace("\u00a0", " ").strip(), html=raw)


def is_html(text: str) -> bool:
    """Whether it has tags of HTML, not merely angle brackets."""
    return "<" in text and _MARKUP.search(text) is not None


def unescape(text: str) -> str:
    """Entities to characters; never a NUL."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text)).replace("\0", "\ufffd")


def html_to_text(markup: str) -> str:
    """Paragraphs, `- ` bullets and one line a table row; scripts and styles left out."""
    # Where no tag breaks lines, the line ends are the author's.
    layout = Layout(keep_lines=_BREAKING.search(markup) is None)
    ends = _Ends(markup)
    position = 0
    while (start := markup.find("<", position)) >= 0:
        layout.write(_visible(markup[position:start]))
        if markup.startswith("<!--", start):
            position = ends.after("-->", start + 4)
            continue
        tag = _TAG.match(markup, start)
        if tag is None or not _is_markup(tag):
            position = tag.end() if tag else start + 1
            layout.write(_visible(markup[start:position]))
            continue
        position = tag.end()
        name = (tag["name"] or "").lower()
        if tag["close"]:
            layout.close(name)
        elif name in HIDDEN:
            position = ends.after_element(name, position, alone=tag["rest"][-1:] == "/")
        elif name:
            layout.open(name)
    layout.write(_visible(markup[position:]))
    return layout.text()


class _Ends:
    """Finds ends in lower case; one that isn't there is looked for only once."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._lower: str | None = None
        self._missing: set[str] = set()

    def after_element(self, name: str, position: int, *, alone: bool) -> int:
        """The position after an element's closing tag."""
        closing = position if alone else self.after(f"</{name}", position)
        return position if closing == position else self.after(">", closing)

    def after(self, end: str, position: int) -> int:
        """The position after `end`; where it is missing, the one given."""
        if end in self._missing:
            return position
        if self._lower is None:
            # Character by character: `lower()` may change the length.
            self._lower = re.sub("[A-Z]+", lambda m: m[0].lower(), self._markup)
        found = self._lower.find(end, position)
        if found < 0:
            self._missing.add(end)
            return position
        return found + len(end)


def _is_markup(tag: re.Match[str]) -> bool:
    """Known tags, and unknown ones that look like a program's (`o:p`, `x-y`, attributes).

    Others are text: placeholders as `<COMPANY>`, types as `List<String>`.
    """
    name = tag["name"]
    if name is None or name.lower() in KNOWN:
        return True
    return ":" in name or "-" in name or "=" in tag["rest"]


def _visible(text: str) -> str:
    return unescape(text).translate(_INVISIBLE) if text else ""


def has_entities(text: str) -> bool:
    return any(m[1][0] == "#" or m[1] in html5 for m in _ENTITY.finditer(text))
