"""Letters as they are read: what can't be seen left out, ligatures and wide forms undone.

Folded they have neither case nor accents. Text that was read in the wrong encoding (`cafÃ©`) is understood as well, and so are tags and
entities. Positions in the original are kept, since people see that.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

# Characters that show nothing: spaces without width, marks of direction, tags, and the
# hyphen that may appear at a line's end.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
# UTF-8 that was read as Windows-1252: two or three characters that were one.
_FROM_1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TRAIL = f"[\u0080-\u00bf{_FROM_1252}]"
MOJIBAKE = re.compile(rf"[ÃÂÅ]{_TRAIL}|â{_TRAIL}{{2}}")
# Letters as tags, but for those of flags; directions turned; breaks within words.
TAGGED = re.compile("[\U000e0020-\U000e007e]{8,}")
HIDDEN = re.compile(rf"{TAGGED.pattern}|[\u202d\u202e]|\w[\u200b\u2060-\u2064]+\w")
# Tags end lines, but for those within words.
TAG = re.compile(
    r"</?(?:(?P<inline>b|i|u|em|strong|span|a|font|sup|sub)|p|br|div|li|ul|ol|h[1-6]|table|"
    r"thead|tbody|tr|td|th|section|article|header|footer|hr)(?:[\s/][^<>]{0,500})?>",
    re.IGNORECASE,
)
_ODD = re.compile(
    rf"(?P<garbled>{MOJIBAKE.pattern})|[{_UNSEEN}]+|[\u0300-\u036f]+"
    r"|[œæßĳŒÆẞĲ\ufb00-\ufb06\uff01-\uff5e]"
    rf"|(?P<tag>{TAG.pattern})|(?P<entity>&(?:\#[0-9]{{1,6}}|\#x[0-9a-f]{{1,5}}|[a-z]{{2,8}});)",
    re.IGNORECASE,
)
# What all of these begin with; far the most texts have none of it.
_FIRST = re.compile(
    f"[&<ÂÃÅÆßâãåæĲĳŒœẞ{_UNSEEN}\u0300-\u036f\u0399\u03b9\u1fbe\u212b\ufb00-\ufb06\uff01-\uff5e]"
)
_PAIRS = {"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "OE", "Æ": "AE", "ẞ": "SS"}
_BYTES = {
    char: code
    for code in range(0x80, 0xA0)
    if (char := bytes([code]).decode("cp1252", "ignore"))
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Letters:
    """`starts` and `ends` say where each character of `text` stood; None where all did."""

    text: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None

    @property
    def is_plain(self) -> bool:
        """Whether it is the original."""
        return self.starts is None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text as one of the original."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def letters(source: str) -> Letters:
    odds = _odds(source)
    if not odds:
        return Letters(text=source, starts=None, ends=None)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for odd in odds:
        parts.append(source[at : odd.start()])
        starts.extend(range(at, odd.start()))
        ends.extend(range(at + 1, odd.start() + 1))
        plain = _plain(odd)
        parts.append(plain)
        starts.extend([odd.start()] * len(plain))
        ends.extend([odd.end()] * len(plain))
        at = odd.end()
    parts.append(source[at:])
    starts.extend(range(at, len(source)))
    ends.extend(range(at + 1, len(source) + 1))
    return Letters(text="".join(parts), starts=tuple(starts), ends=tuple(ends))


def _odds(source: str) -> list[re.Match[str]]:
    """From left to right, without overlaps."""
    found: list[re.Match[str]] = []
    if source.isascii() and "<" not in source and "&" not in source:
        return found
    end = 0
    for first in _FIRST.finditer(source):
        at = first.start()
        if at >= end and (odd := _ODD.match(source, at)) is not None:
            found.append(odd)
            end = odd.end()
    return found


def _plain(odd: re.Match[str]) -> str:
    text = odd[0]
    if odd["garbled"]:
        return ungarbled(text) or text
    if odd["tag"]:
        return "" if odd["inline"] else "\n"
    if odd["entity"]:
        return html.unescape(text)
    if text in _PAIRS:
        return _PAIRS[text]
    plain = unicodedata.normalize("NFKC", text)
    return "" if unicodedata.category(text[0]) in {"Mn", "Cf", "Cn"} else plain


def ungarbled(text: str) -> str | None:
    """The one character that these were; None if they weren't."""
    try:
        raw = bytes(
            _BYTES.get(char, ord(char)) if char in _BYTES or ord(char) < 256 else 256
            for char in text
        )
        return raw.decode()
    except ValueError:
        return None


def _folding() -> dict[int, str]:
    """Latin letters without their accents, one for one: positions stay the same."""
    table = {ord("İ"): "i", ord("’"): "'"}
    for code in range(0xC0, 0x250):
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isascii() and plain.isalpha():
            table[code] = plain.lower()
    return table


_FOLDING = _folding()
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLDING))}]")
# Of a few letters each replaced for itself costs less than a look at all.
FEW_LETTERS = 12


def fold(text: str) -> str:
    """Lower case without accents; as long as `text`."""
    if text.isascii():
        return text.lower()
    found = set(_FOLDED.findall(text))
    if len(found) > FEW_LETTERS:
        folded = text.translate(_FOLDING)
    else:
        folded = text
        for letter in found:
            folded = folded.replace(letter, _FOLDING[ord(letter)])
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in folded)
