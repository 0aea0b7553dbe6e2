"""When are two spellings one word? `Power BI`, `power-bi` and `PowerBI` are; C and C# are not.

Case, accents, width, and what stands between words don't matter; `+` and `#` do, so does
the dot of .NET, and the one in a number.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 100
_PIECE = re.compile(
    r"(?<!\w)\.net(?!\w)|\d+(?:\.\d+)+|[^\W_]+[#+]*|[#+&]+", re.IGNORECASE
)
# What decomposes into no plain letter, and signs that say nothing.
_SIGNS = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "♯": "#",
        "™": "",
        "®": "",
        "©": "",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]")


def pieces(text: str) -> list[str]:
    """Its words, folded; `fold` is all of them together."""
    if not text.isascii():
        # As `key` does first, so that it leads where the word does.
        plain = unicodedata.normalize("NFKD", text.casefold().translate(_SIGNS))
        text = _ACCENTS.sub("", plain)
    return _PIECE.findall(text.casefold())


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Empty where there is no word in it."""
    return "".join(pieces(text))[:LONGEST]


def key(name: str) -> str:
    """What terms hold of a name, or of a word that is nobody's: lower case, single spaces."""
    text = name.replace("\0", " ").casefold()
    return " ".join(text.split())[:LONGEST].rstrip()
