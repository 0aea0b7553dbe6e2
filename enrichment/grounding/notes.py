"""What is told about a checked answer, beside its values: a closed list."""

from __future__ import annotations

from enum import StrEnum


class Note(StrEnum):
    """Those of the pay withhold it; the others say something of the posting's text."""

    SALARY_NOT_IN_TEXT = "salary_not_in_text"
    SALARY_IMPLAUSIBLE = "salary_implausible"
    CURRENCY_UNKNOWN = "currency_unknown"
    CURRENCY_DIFFERS = "currency_differs"
    PERIOD_IMPLAUSIBLE = "period_implausible"
    PERIOD_DIFFERS = "period_differs"
    RANGE_REVERSED = "range_reversed"
    NO_TEXT = "no_text"
    TRUNCATED = "truncated"
    SEVERAL_JOBS = "several_jobs"
    INSTRUCTIONS_IN_TEXT = "instructions_in_text"
    HIDDEN_TEXT = "hidden_text"
    OTHER_LANGUAGE = "other_language"
    MOJIBAKE = "mojibake"
    HTML_IN_TEXT = "html_in_text"
