"""What is stored of a check: keys of values, their first places, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from enrichment.grounding.notes import Note
from enrichment.grounding.withholding import without
from enrichment.places import Part, Place

_PARTS: frozenset[str] = frozenset(get_args(Part))
_NOTES = {str(note): note for note in Note}


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """`not_found` has keys of values that are withheld; `version` is 0 where unknown."""

    version: int
    places: Mapping[str, Place]
    not_found: tuple[str, ...]
    notes: tuple[Note, ...]

    def supported(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that were checked, without the values that were not found."""
        return without(facts, self.not_found)

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "places": {
                key: [place.part, place.start, place.end]
                for key, place in self.places.items()
            },
            "not_found": list(self.not_found),
            "notes": [str(note) for note in self.notes],
        }


def read(stored: Any) -> Record:
    """What `as_json` wrote; what another version wrote otherwise is left out."""
    data: Mapping[str, Any] = stored if isinstance(stored, Mapping) else {}
    version, places = data.get("version"), data.get("places")
    found = {
        key: place
        for key, value in (places.items() if isinstance(places, Mapping) else ())
        if (place := _place(value)) is not None
    }
    return Record(
        version=version if isinstance(version, int) else 0,
        places=MappingProxyType(found),
        not_found=tuple(_strings(data.get("not_found"))),
        notes=tuple(
            _NOTES[note] for note in _strings(data.get("notes")) if note in _NOTES
        ),
    )


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, str)]


def _place(value: Any) -> Place | None:
    match value:
        case [str(part), int(start), int(end)] if part in _PARTS and 0 <= start < end:
            return Place(part=part, start=start, end=end)  # type: ignore[arg-type]
    return None
