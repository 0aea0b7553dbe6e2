"""Is one word a form of another? In English, Dutch and French, without a dictionary.

Each word has keys: itself, and what may be its base. Two words are forms of one where they
share a key. Only endings that change nothing of the meaning are taken off: plurals, the
endings of adjectives, and those of verbs and of qualities (`flexible`, `flexibility`).
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA, Hamming

from enrichment.places.families import families

# Shorter words have too many neighbours.
SHORTEST_BASE = 4
# From here on one letter too many, too few or out of place is a slip.
LONGEST_EXACT = 7
# `Marketing` is no form of `market`, nor `accounting` of `account`.
_NO_VERBS = frozenset(
    [
        "marketing",
        "accounting",
        "banking",
        "engineering",
        "training",
        "building",
        "catering",
        "housing",
        "nursing",
        "trading",
        "consulting",
        "merchandising",
        "being",
        "during",
        "evening",
        "morning",
        "nothing",
        "something",
        "string",
        "spring",
        "wedding",
        "ceiling",
        "clothing",
        "lighting",
        "meeting",
        "recruiting",
        "pricing",
        "sourcing",
        "shipping",
        "plumbing",
        "staffing",
        "branding",
        "editing",
        "coating",
        "printing",
        "casting",
        "rating",
        "warehousing",
        "hearing",
    ]
)
_VOWELS = frozenset("aeiou")
_FINAL = {"v": "f", "z": "s"}
_ENDINGS = (
    ("vaardigheden", "vaardig"), ("heden", ""), ("heid", ""), ("biliteit", "bel"),
    ("bility", "ble"), ("bilite", "ble"), ("viteit", "f"), ("vity", "ve"), ("vite", "f"),
    ("ency", "ent"), ("ence", "ent"), ("acy", "ate"), ("ness", ""), ("ies", "y"),
    ("aux", "al"), ("eaux", "eau"), ("euse", "eux"), ("euses", "eux"), ("ives", "if"),
    ("ive", "if"), ("ieve", "ief"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"),
    ("xes", "x"), ("trices", "teur"), ("trice", "teur"), ("isation", "ise"), ("ized", "ise"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def keys(word: str) -> frozenset[str]:
    """What a folded word may be a form of; its families included."""
    if len(word) <= SHORTEST_BASE - 1 or any(c.isdigit() for c in word):
        return frozenset((word,))
    word = word.replace("iz", "is") if len(word) > 6 else word
    found = {word, *families(word)}
    for ending, base in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(base) >= 4:
            found.add(word[: -len(ending)] + base)
    for base in _inflected(word):
        found.add(base)
        found |= set(_adjective(base))
    found |= set(_adjective(word)) | set(_verb(word)) | set(_dutch_plural(word))
    return frozenset(key for key in found if len(key) >= SHORTEST_BASE - 1)


def _inflected(word: str) -> list[str]:
    """Without the -s or -x of a plural."""
    if word.endswith(("s", "x")) and not word.endswith(("ss", "us", "is", "ous")):
        return [word[:-1]]
    return []


def _adjective(word: str) -> list[str]:
    """Without the -e of Dutch adjectives, or of French ones in the feminine."""
    if len(word) < 6 or not word.endswith("e"):
        return []
    base = word[:-1]
    found = [base, base[:-1] + _FINAL.get(base[-1], base[-1])]
    if base.endswith("e"):
        found.append(base[:-1])
    found.append(_undoubled(base))
    found.extend(_long_vowel(base))
    return found


def _verb(word: str) -> list[str]:
    """Without the -ing or -ed of English verbs."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            if word in _NO_VERBS:
                return []
            base = word[: -len(ending)]
            return [base, f"{base}e", _undoubled(base)]
    return []


def _dutch_plural(word: str) -> list[str]:
    """Without -en: `klanten`, `talen`, `mannen`, `brieven`."""
    if not word.endswith("en") or len(word) < 5:
        return []
    base = word[:-2]
    return [
        base,
        _undoubled(base),
        base[:-1] + _FINAL.get(base[-1], base[-1]),
        *_long_vowel(base),
    ]


def _long_vowel(base: str) -> list[str]:
    """`tal` as `taal`: in an open syllable Dutch writes a long vowel once."""
    if len(base) >= 3 and base[-2] in _VOWELS and base[-1] not in _VOWELS:
        long = base[:-1] + base[-2] + base[-1]
        return [long, long[:-1] + _FINAL.get(long[-1], long[-1])]
    return []


def _undoubled(base: str) -> str:
    return base[:-1] if len(base) > 3 and base[-1] == base[-2] else base


def is_slip(one: str, other: str) -> bool:
    """Whether they differ by one letter too many, or by two that changed places.

    Another letter instead makes another word: `micro`, `macro`. So does another beginning.
    """
    if min(len(one), len(other)) <= LONGEST_EXACT or one[:2] != other[:2]:
        return False
    if not (one.isalpha() and other.isalpha()):
        return False
    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    return len(one) != len(other) or Hamming.distance(one, other) == 2
