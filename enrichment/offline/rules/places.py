"""Where is the workplace? City, region and country, as the posting names them."""

from __future__ import annotations

import re

from enrichment.llm.schema import Location
from enrichment.offline.rules.place_names import COUNTRIES, REGIONS
from enrichment.offline.rules.reading import Reading
from enrichment.offline.rules.words import Words, fold, listed, phrases, split

_COUNTRIES = frozenset(fold(name) for name in split(COUNTRIES))
_REGIONS = frozenset(fold(name) for name in split(REGIONS))
MAX_PLACE_CHARS = 60
MAX_PARTS = 12
# What stands in the field but is no place.
_NO_PLACE = phrases(
    """
remote; hybrid; hybride; teletravail; thuiswerk; op afstand; a distance; home office
on-site; onsite; full-time; fulltime; part-time; various; diverse; verschillende; multiple
several; worldwide; anywhere; n/a; nvt; tbd; unknown; onbekend; possible; mogelijk
"""
)
_LABELS = listed(
    "location locatie standplaats werkplek plaats lieu localisation workplace city "
    "werklocatie vestiging place"
) | {"place of employment", "work location", "lieu de travail", "place of work"}
_TRIMMED = re.compile(
    r"^(?:regio|region|région|provincie|province(?: de| of)?|omgeving|near|nabij|près de|"
    r"greater|area|ville de|city of|city|stad)\s+|\s+(?:et environs|e\.o\.|en omgeving|"
    r"and surroundings|area|region|regio|cedex.*)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:['’][st]-?\s?)?[^\W\d_](?:[^\W\d_]|[ '’.-]){1,58}")
_STREET = re.compile(
    r"\d|(?<!\w)(?:street|st|ave|avenue|road|straat|rue|laan|plaza)(?!\w)"
)


def location(reading: Reading) -> Location | None:
    """From the posting's location; failing that, from a line such as `Location: Ghent`."""
    found = _read(reading.location.source)
    if found is not None:
        return found
    for sentence in reading.sentences:
        if fold(sentence.label) in _LABELS:
            rest = sentence.text[len(sentence.label) :].lstrip(" :|").rstrip(".")
            if len(rest) <= 2 * MAX_PLACE_CHARS and (found := _read(rest)) is not None:
                return found
    return None


def _read(text: str) -> Location | None:
    city = region = country = None
    for part in _parts(text):
        folded = fold(part)
        if folded in _COUNTRIES:
            country = country or part
        elif folded in _REGIONS:
            region = region or part
        elif city is None:
            city = part
    if city is None and region is None and country is None:
        return None
    return Location(city=city, region=region, country=country)


def _parts(text: str) -> list[str]:
    """The names in the order in which they most likely are a city, a region, a country."""
    outer = re.sub(r"\([^()]{0,120}\)?", ",", text)
    inner = re.findall(r"\(([^()]{1,120})\)?", text)
    pieces = re.split(r",|;|/|\||\s[-–—]\s|\bor\b|\bof\b|\bou\b", outer)
    has_street = len(pieces) > 1 and _STREET.search(fold(pieces[0])) is not None
    if has_street:
        # `100 Some Street, Town`: what stands before the last comma is an address.
        pieces = pieces[-1:]
    kept = [name for piece in pieces[:MAX_PARTS] if (name := _name(piece))]
    for group in inner[:MAX_PARTS]:
        for piece in group.split(","):
            name = _name(piece)
            # In brackets only what is certainly a region or country: `Namur (Jambes)`.
            if name and fold(name) in _COUNTRIES | _REGIONS:
                kept.append(name)
    return kept


def _name(piece: str) -> str:
    name = _TRIMMED.sub("", piece.strip(" .:-")).strip()
    if not 2 <= len(name) <= MAX_PLACE_CHARS or _NO_PLACE.has(Words(name)):
        return ""
    if not _NAME.fullmatch(name) or not (name[0].isupper() or name[0] in "'’"):
        return "" if fold(name) not in _COUNTRIES else name
    return name
