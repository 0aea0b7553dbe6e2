"""Values for files that people open in a spreadsheet."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: str | int) -> str | int:
    """Text that would be run as a formula gets an apostrophe, which shows it as it is."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
