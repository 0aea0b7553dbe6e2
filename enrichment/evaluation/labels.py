"""What is known to be right about one posting, and how an answer compares with it.

A label is about one field. What it doesn't say anything about is not judged: a posting
without a label for a field counts nowhere in that field's figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from enrichment.evaluation import names
from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts, Salary
from enrichment.offline.rules.spoken import NAMES
from enrichment.offline.rules.words import split

# Amounts that differ by less are one: labels are rounded.
_ROUNDING = 0.005


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """`right` of the values `given`, and `found` of those `sought`."""

    given: int = 0
    right: int = 0
    sought: int = 0
    found: int = 0


class Label(Protocol):
    """About one field of one posting."""

    @property
    def field(self) -> str: ...

    def compare(self, facts: JobFacts | None) -> Counts:
        """None: the call failed, and nothing was given."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """What the model reads, and what is known about it."""

    text: PostingText
    labels: tuple[Label, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOf:
    """A single value; any of the accepted ones is right.

    Where none is accepted the posting doesn't say, and every value is wrong. `is_sought`
    is False where leaving it out is as good.
    """

    field: str
    accepted: frozenset[str]
    is_sought: bool

    def compare(self, facts: JobFacts | None) -> Counts:
        value = getattr(facts, self.field) if facts else None
        right = int(value is not None and value in self.accepted)
        sought = int(self.is_sought)
        return Counts(
            given=int(value is not None),
            right=right,
            sought=sought,
            found=right * sought,
        )


Same = Callable[[str, str], bool]
Values = Callable[[JobFacts], Iterable[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """A list; `sought` are the values to be named, `accepted` others that are right too.

    `named` tells which values of the answer are judged, and `anywhere` where those sought
    may stand: a label may not know the difference between a tool and a skill.
    """

    field: str
    sought: tuple[str, ...]
    accepted: tuple[str, ...] = ()
    named: Values
    anywhere: Values | None = None
    same: Same = names.is_same
    right_if: Same | None = None

    def compare(self, facts: JobFacts | None) -> Counts:
        given = list(dict.fromkeys(self.named(facts))) if facts else []
        among = list((self.anywhere or self.named)(facts)) if facts else []
        right = sum(self._is_right(value) for value in given)
        found = sum(any(self.same(v, one) for v in among) for one in self.sought)
        return Counts(
            given=len(given), right=right, sought=len(self.sought), found=found
        )

    def _is_right(self, value: str) -> bool:
        if any(self.same(value, one) for one in self.sought):
            return True
        same = self.right_if or self.same
        return any(same(value, one) for one in self.accepted)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pay:
    """`salary` is None where the text states none: any amount is then invented."""

    salary: Salary | None
    field: str = "salary"

    def compare(self, facts: JobFacts | None) -> Counts:
        answer = facts.salary if facts else None
        if answer is not None and answer.min is None and answer.max is None:
            answer = None  # a currency or a period alone is no pay
        sought = int(self.salary is not None)
        if answer is None:
            return Counts(sought=sought)
        right = int(self.salary is not None and is_same_pay(answer, self.salary))
        return Counts(given=1, right=right, sought=sought, found=right)


def is_same_pay(answer: Salary, label: Salary) -> bool:
    """Ends, currency and period; one amount may be given as either end or both."""
    if (answer.currency, answer.period) != (label.currency, label.period):
        return False
    ends, wanted = (answer.min, answer.max), (label.min, label.max)
    if label.min is not None and label.min == label.max:
        amounts = {end for end in ends if end is not None}
        return len(amounts) == 1 and _is_close(amounts.pop(), label.min)
    return all(_is_close(one, other) for one, other in zip(ends, wanted, strict=True))


def _is_close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _ROUNDING * max(abs(one), abs(other))


def technologies(facts: JobFacts) -> list[str]:
    return [*facts.programming_languages, *facts.tools]


def skills(facts: JobFacts) -> list[str]:
    return [*facts.must_have_skills, *facts.nice_to_have_skills]


def knowledge(facts: JobFacts) -> list[str]:
    """All that a candidate may know; spoken languages by their English name."""
    spoken = (NAMES.get(one.language, "") for one in facts.spoken_languages)
    tongues = [split(phrases)[0] for phrases in spoken if phrases]
    return [*technologies(facts), *skills(facts), *tongues]


def employment_types(facts: JobFacts) -> list[str]:
    return list(facts.employment_types)


def spoken_languages(facts: JobFacts) -> list[str]:
    return [one.language for one in facts.spoken_languages]


def is_equal(one: str, other: str) -> bool:
    return one == other
