"""Other words for one value: as the rules of the offline extractor know them, and a few more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from enrichment.llm.schema import ContractType, EmploymentType, RemotePolicy, Seniority
from enrichment.offline.rules.contracts import CONTRACTS, HOURS
from enrichment.offline.rules.language_names import LANGUAGES
from enrichment.offline.rules.seniority import LEVELS
from enrichment.offline.rules.tool_names import TOOLS
from enrichment.offline.rules.words import Words, fold, split
from enrichment.places.alike import PERKS, SKILLS

# Beside the patterns of `enrichment/offline/rules/remote.py`: words that say it alone.
REMOTE: dict[RemotePolicy, str] = {
    RemotePolicy.REMOTE: "remote; remotely; op afstand; a distance; work from home",
    RemotePolicy.HYBRID: """
hybrid; hybride; thuiswerk; thuiswerken; telewerk; telewerken; teletravail; homeworking
home office; homeoffice; work from home; working from home""",
    RemotePolicy.ON_SITE: """
on-site; onsite; on site; in office; op locatie; ter plaatse; op kantoor; sur site
sur place; en presentiel; vor ort""",
}
# What a type of employment shares its words with.
_BY_CONTRACT = {
    EmploymentType.CONTRACTOR: (ContractType.FREELANCE,),
    EmploymentType.TEMPORARY: (ContractType.FIXED_TERM, ContractType.TEMPORARY_AGENCY),
    EmploymentType.INTERN: (ContractType.INTERNSHIP,),
    EmploymentType.VOLUNTEER: (ContractType.VOLUNTEER,),
}
# Places with a name in each language. One place a line.
_PLACES = """
Belgium; België; Belgique; Belgien
The Netherlands; Netherlands; Nederland; Pays-Bas; Niederlande; Holland
France; Frankrijk; Frankreich
Germany; Duitsland; Allemagne; Deutschland
Luxembourg; Luxemburg
Switzerland; Zwitserland; Suisse; Schweiz
United Kingdom; Verenigd Koninkrijk; Royaume-Uni; UK; Great Britain
United States; Verenigde Staten; États-Unis; USA; US; United States of America
Brussels; Brussel; Bruxelles
Antwerp; Antwerpen; Anvers
Ghent; Gent; Gand
Bruges; Brugge
Leuven; Louvain
Liège; Luik; Lüttich
Mechelen; Malines
Mons; Bergen
Namur; Namen
Kortrijk; Courtrai
Ostend; Oostende; Ostende
Ypres; Ieper
Tournai; Doornik
The Hague; Den Haag; 's-Gravenhage; La Haye
Lille; Rijsel
Paris; Parijs
London; Londen; Londres
Cologne; Köln; Keulen
Flanders; Vlaanderen; Flandre
Wallonia; Wallonië; Wallonie
"""


def employment(kind: EmploymentType) -> list[str]:
    """Empty for kinds that have no words of their own."""
    phrases = split(HOURS.get(kind, ""))
    for contract in _BY_CONTRACT.get(kind, ()):
        phrases += split(CONTRACTS[contract])
    if kind is EmploymentType.INTERN:
        phrases += split(LEVELS[Seniority.INTERN])
    return phrases


def others(value: str) -> tuple[str, ...]:
    """What else a technology, a skill, a perk or a place is called."""
    return _others().get(_key(value), ())


def is_known(value: str) -> bool:
    return _key(value) in _others()


@lru_cache(maxsize=20_000)
def is_technology(value: str) -> bool:
    """A programming language or a tool: sought as it is written, or by another name."""
    return _key(value) in _technologies()


def is_ambiguous(value: str) -> bool:
    """Whether it is also a word, or a few letters, of ordinary language: `Go`, `Excel`."""
    return len(value) <= 3 or is_marked(value)


@lru_cache(maxsize=20_000)
def is_marked(value: str) -> bool:
    """Whether its vocabulary says that it is also a word."""
    return _key(value) in _marked()


@lru_cache(maxsize=20_000)
def is_capitals(value: str) -> bool:
    """Whether it is written in capitals: `REST` isn't `rest` at the start of a sentence."""
    return _technologies().get(_key(value), "").isupper()


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """The groups of names that each name is in."""
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups():
        together = tuple(group)
        for name in together:
            found[_key(name)] = found.get(_key(name), ()) + together
    return found


@cache
def _marked() -> frozenset[str]:
    """The names that the vocabularies mark so."""
    lines = f"{LANGUAGES}\n{TOOLS}".strip().splitlines()
    names = (
        name.strip() for line in lines for name in line.replace(":", ";").split(";")
    )
    return frozenset(_key(name[1:]) for name in names if name[:1] in {"!", "?"})


@cache
def _technologies() -> dict[str, str]:
    """Each name and alias, as it is written."""
    return {
        _key(name): name
        for line in f"{LANGUAGES}\n{TOOLS}".strip().splitlines()
        for name in _names(line)
    }


def _names(line: str) -> list[str]:
    name, _, aliases = line.partition(":")
    return [each.lstrip("!?") for each in (name.strip(), *split(aliases))]


def _groups() -> Iterator[list[str]]:
    for line in f"{LANGUAGES}\n{TOOLS}".strip().splitlines():
        yield _names(line)
    for line in f"{SKILLS}\n{PERKS}\n{_PLACES}".strip().splitlines():
        if line.strip():
            yield split(line)


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    """A name without regard to case, accents and what stands between its words."""
    return " ".join(word.text for word in Words(name).items) or fold(name)
