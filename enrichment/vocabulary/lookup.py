"""What a word leads to: the vocabulary as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from enrichment.vocabulary.folding import fold, key, pieces

# Words in a row of a title that may be a role's name.
MOST_WORDS = 7
# Of a title, these many words are looked at.
MOST_LOOKED = 40
# How senior somebody is, and endings in `développeur·euse (h/f/x)`: no part of a role.
_ASIDE = frozenset(
    [
        "senior",
        "sr",
        "junior",
        "jr",
        "medior",
        "mid",
        "experienced",
        "ervaren",
        "beginnend",
        "startend",
        "experimente",
        "experimentee",
        "confirme",
        "confirmee",
        "debutant",
        "debutante",
        "starter",
        "h",
        "f",
        "m",
        "v",
        "x",
        "w",
        "euse",
        "se",
        "trice",
        "iere",
        "ere",
        "rice",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A concept with its words; the name is one of them."""

    kind: str
    name: str
    words: tuple[str, ...] = ()
    scheme: str = ""
    code: str = ""
    uri: str = ""
    note: str = ""

    def folded(self) -> dict[str, str]:
        """Each word by how it is found, the name first; without those that are none."""
        found: dict[str, str] = {}
        for word in (self.name, *self.words):
            if folded := fold(word):
                found.setdefault(folded, word)
        return found


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """
    Attributes:
        mark: tells one moment's vocabulary from another's; empty for the built-in one.
        keys: of each kind, the concept's key by folded word.
        names: of each kind, the concept's name by key.
    """

    mark: str = ""
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, kind: str, word: str) -> str:
        """The key of the concept that it leads to; empty where it leads to none."""
        return self.keys.get(kind, {}).get(fold(word), "")

    def value(self, kind: str, word: str) -> str:
        """What terms hold of it; a word that is no concept's stays as it is."""
        return self.find(kind, word) or key(word)

    def name(self, kind: str, value: str) -> str:
        """How a term's value is written."""
        names = self.names.get(kind, {})
        if value in names:
            return names[value]
        # The old name of one that was renamed.
        return names.get(self.find(kind, value), value)

    def role(self, title: str, family: str = "") -> str:
        """The key of the role that a title names; the longest name in it wins."""
        keys = self.keys.get("role", {})
        longest = max(spans(title), key=lambda one: len(one) if one in keys else 0)
        if longest in keys:
            return keys[longest]
        for one in with_family(title, family):
            if one in keys:
                return keys[one]
        return ""


def spans(title: str) -> list[str]:
    """The words in a row, folded, that may be a role's name; an empty one is always there."""
    words = pieces(title)[:MOST_LOOKED]
    found = ["", *_rows(words)]
    kept = [word for word in words if word not in _ASIDE]
    return found if len(kept) == len(words) else [*found, *_rows(kept)]


def with_family(title: str, family: str) -> Iterator[str]:
    """`Engineer` of the field software is a software engineer."""
    if family:
        start = fold(family)
        for word in pieces(title)[:MOST_LOOKED]:
            yield start + word


def collected(mark: str, entries: Iterable[tuple[str, str, str]]) -> Vocabulary:
    """From kind, name and folded word of each alias; of two for one word the first counts."""
    keys: dict[str, dict[str, str]] = {}
    names: dict[str, dict[str, str]] = {}
    for kind, name, folded in entries:
        one = key(name)
        names.setdefault(kind, {}).setdefault(one, name)
        keys.setdefault(kind, {}).setdefault(folded, one)
    return Vocabulary(mark=mark, keys=keys, names=names)


def _rows(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        text = ""
        for word in words[start : start + MOST_WORDS]:
            text += word
            yield text
