"""The words that the product brings along, in English, Dutch and French.

Technologies and perks are those that the offline extractor knows. One concept a line:
`Name: alias; alias`, for roles also `Name [code]: alias; alias` with a code of O*NET-SOC 2019.
A word that is in several lines belongs to the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from enrichment.offline.rules.language_names import LANGUAGES
from enrichment.offline.rules.perk_names import PERKS
from enrichment.offline.rules.tool_names import TOOLS
from enrichment.vocabulary.folding import LONGEST
from enrichment.vocabulary.lookup import Entry, Vocabulary, collected
from enrichment.vocabulary.seeds.business_roles import BUSINESS_ROLES
from enrichment.vocabulary.seeds.care_roles import CARE_ROLES
from enrichment.vocabulary.seeds.digital_skills import DIGITAL_SKILLS
from enrichment.vocabulary.seeds.technical_roles import TECHNICAL_ROLES
from enrichment.vocabulary.seeds.trade_roles import TRADE_ROLES
from enrichment.vocabulary.seeds.work_skills import WORK_SKILLS

SKILLS = (LANGUAGES, TOOLS, DIGITAL_SKILLS, WORK_SKILLS)
ROLES = (TECHNICAL_ROLES, BUSINESS_ROLES, CARE_ROLES, TRADE_ROLES)
# Meanings that only keep the rules apart, and no perk that anybody would look for.
_NO_PERKS = frozenset(("salary review",))
_LINE = re.compile(
    r"(?P<name>[^:\[]+?)\s*(?:\[(?P<code>[\d.-]+)\])?\s*(?::(?P<words>.*))?"
)


def entries() -> Iterator[Entry]:
    """All of them; a word may be in several."""
    for kind, listed in (("skill", SKILLS), ("role", ROLES)):
        for line in "\n".join(listed).splitlines():
            yield from _entry(kind, line)
    for name, words in PERKS.items():
        if name not in _NO_PERKS:
            yield Entry(
                kind="perk", name=name[:1].upper() + name[1:], words=_words(words)
            )


def concepts() -> list[Entry]:
    """Each word in one of them; one whose very name is another's joins that one."""
    found: dict[tuple[str, str], Entry] = {}
    owners: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries():
        kind, (first, *_rest) = entry.kind, entry.folded()
        owner = owners.get((kind, first), (kind, entry.name))
        own = found.get(owner, replace(entry, words=()))
        more = []
        for folded, word in entry.folded().items():
            if (kind, folded) not in owners:
                owners[kind, folded] = owner
                more.append(word)
        found[owner] = replace(own, words=(*own.words, *more))
    return list(found.values())


@cache
def builtin() -> Vocabulary:
    """As it is before anybody changes it."""
    return collected("", aliases())


def aliases() -> Iterator[tuple[str, str, str]]:
    """Kind, name of the concept, and folded word; each word once."""
    for entry in concepts():
        for folded in entry.folded():
            yield entry.kind, entry.name, folded


def _entry(kind: str, line: str) -> Iterator[Entry]:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return
    yield Entry(
        kind=kind,
        # The marks tell the extractor how sure a name is of itself.
        name=found["name"].lstrip("!?"),
        words=_words(found["words"] or ""),
        scheme="onet" if found["code"] else "",
        code=found["code"] or "",
    )


def _words(text: str) -> tuple[str, ...]:
    words = (word.strip().lstrip("!?") for word in text.split(";"))
    return tuple(word[:LONGEST] for word in words if word)
