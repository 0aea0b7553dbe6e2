"""What an employer gives beside the text, as it is kept with a posting: `JobPosting.given`.

`facts` are parts of the shape of `enrichment/llm/schema.py`, as far as they can be told for
certain; `raw` has the employer's own words for each; `more` is what has no place in that
shape. `enrichment/given.py` compares it with what was read from the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_datetime

from jobs.importing import given_words, odd_json
from jobs.importing.rows import Given, Reason

SHOWN = 60
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One job of another shape, as a row needs it; `skipped` says why it is none of ours."""

    values: Mapping[str, object] = field(default_factory=dict)
    given: Given | None = None
    notes: tuple[Reason, ...] = ()
    skipped: str = ""
    problem: Reason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pay:
    low: float | None
    high: float | None
    currency: str | None
    period: str | None


class Collected:
    """Gathers what one job gives. A value that can't be read is told, and left out."""

    def __init__(self, source_format: str) -> None:
        self.facts: dict[str, Any] = {}
        self.raw: dict[str, str] = {}
        self.more: dict[str, Any] = {"format": source_format}
        self._notes: list[Reason] = []

    @property
    def given(self) -> Given:
        return Given(facts=self.facts, raw=self.raw, more=self.more)

    @property
    def notes(self) -> tuple[Reason, ...]:
        return tuple(self._notes)

    def tell(self, name: str, why: str, value: object = "") -> None:
        """A note on a field of the source; a row has few, or is odd altogether."""
        if len(self._notes) < odd_json.MOST:
            detail = ascii(odd_json.text(value) or value)[:SHOWN] if value != "" else ""
            self._notes.append(
                Reason(summary=f"{name}: {why}; left out", detail=detail)
            )

    # --- Pay ----------------------------------------------------------------------------
    def pay(
        self,
        name: str,
        amounts: Mapping[str, object],
        *,
        currency: object = None,
        period: object = None,
        divided_by: int = 1,
    ) -> Pay | None:
        """One range, of the amounts by the names of the source; None where there is none."""
        found: list[tuple[float, ...]] = []
        for part, value in amounts.items():
            try:
                read = given_words.amounts(value)
            except given_words.AmountError as error:
                self.tell(f"{name}.{part}" if part else name, str(error), value)
                return None
            found.append(tuple(given_words.plain(one / divided_by) for one in read))
        low, high = (found[0], found[-1]) if found else ((), ())
        if not low and not high:
            return None
        pay = Pay(
            low=low[0] if low else None,
            high=high[-1] if high else None,
            currency=self._currency(name, currency),
            period=self._period(name, period),
        )
        if pay.low is not None and pay.high is not None and pay.low > pay.high:
            self.tell(name, "the lowest is above the highest", f"{pay.low}, {pay.high}")
            return None
        return pay

    def salary(self, name: str, pays: Sequence[Pay | None], *, raw: str = "") -> None:
        """From the lowest to the highest of several, where they are in the same terms."""
        found = [pay for pay in pays if pay is not None]
        self._keep_words("salary", raw)
        if not found:
            return
        if len({(pay.currency, pay.period) for pay in found}) > 1:
            self.tell(name, "several ranges, not all of one currency and period")
            return
        lows = [pay.low for pay in found if pay.low is not None]
        highs = [pay.high for pay in found if pay.high is not None]
        self.facts["salary"] = {
            "min": min(lows) if len(lows) == len(found) else None,
            "max": max(highs) if len(highs) == len(found) else None,
            "currency": found[0].currency,
            "period": found[0].period,
        }

    def _currency(self, name: str, value: object) -> str | None:
        words = odd_json.text(value)
        code = given_words.currency(words)
        if words.strip() and code is None:
            self.tell(f"{name}, currency", "not a code of three letters", words)
        return code

    def _period(self, name: str, value: object) -> str | None:
        words = odd_json.text(value)
        period = given_words.period(words)
        if words.strip() and period is None:
            self.tell(f"{name}, period", "not one that is known", words)
        return period.value if period else None

    @staticmethod
    def period_in(words: str) -> str | None:
        """What a title says beside other things; most say nothing of it."""
        period = given_words.period(words)
        return period.value if period else None

    # --- Work ---------------------------------------------------------------------------
    def employment(self, value: object) -> None:
        words = odd_json.shorts(value)
        self._keep_words("employment_types", ", ".join(words))
        if types := given_words.employment(words):
            self.facts["employment_types"] = [one.value for one in types]
        if contract := given_words.contract(words):
            self.facts["contract_type"] = contract.value

    def remote(self, value: object) -> None:
        words = odd_json.short(value)
        self._keep_words("remote_policy", words)
        if policy := given_words.remote(words):
            self.facts["remote_policy"] = policy.value

    def locations(self, places: Sequence[Mapping[str, str]], *, raw: str = "") -> None:
        """Each with city, region and country, as far as they are given."""
        parts = [
            {name: one.get(name) or None for name in ("city", "region", "country")}
            for one in places
            if any(one.values())
        ]
        self._keep_words("location", raw)
        if parts:
            others = {"others": parts[1:]} if parts[1:] else {}
            self.facts["location"] = {**parts[0], **others}

    def experience(self, *, months: object, raw: str) -> None:
        self._keep_words("experience", raw)
        if months in (None, ""):
            return
        try:
            read = given_words.amounts(months)
        except given_words.AmountError:
            self.tell("monthsOfExperience", "not a number", months)
            return
        years = given_words.plain(read[0] / 12) if read else 0
        self.facts["experience"] = {"min_years": years, "max_years": None}

    def education(self, words: str) -> None:
        self._keep_words("education", words)
        if level := given_words.education(words):
            self.facts["education"] = level.value

    # --- Anything else --------------------------------------------------------------------
    def also(self, **values: object) -> None:
        """What has no place among the facts; empty ones are none."""
        self.more.update(
            {
                name: value
                for name, value in values.items()
                if value not in ("", None, [])
            }
        )

    def moment(self, name: str, value: object) -> str:
        """A date or a moment of the source as it stands; empty, and told, where it is none."""
        words = odd_json.text(value).strip()
        try:
            found = parse_datetime(words) if words else None
        except ValueError:
            found = None
        # Programs write the year 1 where they know of no date.
        if not words or (found and EARLIEST < found.date() < LATEST):
            return words
        self.tell(name, "not a date", words)
        return ""

    def address(self, name: str, value: object, *, base: str = "") -> str:
        """A web address; empty, and told, where it is none."""
        found = odd_json.address(value, base=base)
        if not found and odd_json.text(value):
            self.tell(name, "not a web address", value)
        return found

    def _keep_words(self, name: str, words: str) -> None:
        if words := odd_json.short(words):
            self.raw[name] = words
