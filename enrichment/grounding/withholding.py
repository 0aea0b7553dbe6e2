"""Facts without the values that the posting doesn't bear out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

# All others are judgements, or in the model's own words: never withheld.
WITHHELD = (
    *("must_have_skills", "nice_to_have_skills", "programming_languages", "tools"),
    *("spoken_languages", "salary", "experience", "education", "remote_policy"),
    *("contract_type", "location", "perks"),
)


def without(facts: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """`keys` as `enrichment/places` names values; unknown ones are passed over.

    Items are left out of their lists, everything else becomes None.
    """
    withheld = frozenset(keys)
    return {
        field: _kept(field, value, withheld) if field in WITHHELD else value
        for field, value in facts.items()
    }


def _kept(field: str, value: Any, withheld: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [
            item
            for index, item in enumerate(value)
            if f"{field}-{index}" not in withheld
        ]
    if isinstance(value, dict) and field == "location":
        return {
            part: None if f"{field}-{part}" in withheld else text
            for part, text in value.items()
        }
    return None if field in withheld else value
