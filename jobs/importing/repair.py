"""Text that was decoded wrongly before it came here: `cafÃ©` is `café`.

What is stored is the repaired text; its hash, and all that is sought in it, follow from
that. Only encodings are repaired: quotes, ligatures and spaces stay the author's.
"""

from __future__ import annotations

import re

import ftfy

# The beginning of two or three characters that were one; nothing else is looked at.
_GARBLED = re.compile(
    r"[ÃÂÅÄâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Ã |Ð[\u0080-\u00bf°]"
)
# A longer line isn't text that a person wrote, and costs more than it is worth.
MAX_LINE_CHARS = 20_000


def repaired(text: str) -> str:
    """Line by line: a good line stays as it is beside a bad one."""
    if text.isascii() or _GARBLED.search(text) is None:
        return text
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if len(line) > MAX_LINE_CHARS or _GARBLED.search(line) is None:
        return line
    return ftfy.fix_encoding(line).replace("\0", "\ufffd")
