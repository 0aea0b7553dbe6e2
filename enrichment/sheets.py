"""Values for files that people open in a spreadsheet."""

from __future__ import annotations

from typing import Any

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
QUOTE = "'"


def guarded(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip(QUOTE).startswith(FORMULA):
        return QUOTE + cell
    return cell


def unguarded(cell: object) -> object:
    """What `guarded` was given, so that a file that went out comes in unchanged."""
    if isinstance(cell, str) and cell.startswith(QUOTE):
        bare = cell[1:]
        return bare if bare.lstrip(QUOTE).startswith(FORMULA) else cell
    return cell
