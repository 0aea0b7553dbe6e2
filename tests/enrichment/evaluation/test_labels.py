"""How an answer compares with what is known to be right."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment.evaluation import labels
from enrichment.evaluation.labels import Counts, OneOf, Pay, Several
from enrichment.llm.schema import Period, Salary
from tests.enrichment.evaluation.files import facts


def senior(*others: str, is_sought: bool = True) -> OneOf:
    accepted = frozenset(("senior", *others))
    return OneOf(field="seniority", accepted=accepted, is_sought=is_sought)


def pay(low: float | None, high: float | None, **changes: Any) -> Salary:
    fields = {"min": low, "max": high, "currency": "EUR", "period": Period.MONTH}
    return Salary(**{**fields, **changes})


def tools(*sought: str, accepted: tuple[str, ...] = ()) -> Several:
    return Several(
        field="technologies",
        sought=sought,
        accepted=accepted,
        named=labels.technologies,
        anywhere=labels.knowledge,
    )


class TestOneOf:
    def test_accepted_value_is_right_and_found(self) -> None:
        counts = senior("lead").compare(facts(seniority="lead"))

        assert counts == Counts(given=1, right=1, sought=1, found=1)

    def test_other_value_is_wrong_and_misses(self) -> None:
        assert senior().compare(facts(seniority="mid")) == Counts(given=1, sought=1)

    def test_nothing_misses_without_being_wrong(self) -> None:
        assert senior().compare(facts(seniority=None)) == Counts(sought=1)

    def test_nothing_misses_nothing_where_it_is_not_sought(self) -> None:
        assert senior(is_sought=False).compare(facts(seniority=None)) == Counts()

    def test_any_value_is_wrong_where_the_posting_says_none(self) -> None:
        label = OneOf(field="seniority", accepted=frozenset(), is_sought=False)

        assert label.compare(facts(seniority="mid")) == Counts(given=1)

    def test_failed_call_misses(self) -> None:
        assert senior().compare(None) == Counts(sought=1)


class TestSeveral:
    def test_each_value_counts_once(self) -> None:
        answer = facts(programming_languages=["Python"], tools=["k8s", "Jira"])

        counts = tools("python", "Kubernetes", "Docker").compare(answer)
        assert counts == Counts(given=3, right=2, sought=3, found=2)

    def test_value_may_stand_among_the_skills(self) -> None:
        counts = tools("Scrum").compare(facts(must_have_skills=["Scrum"]))

        assert counts == Counts(given=0, right=0, sought=1, found=1)

    def test_accepted_value_is_right_and_not_missed(self) -> None:
        label = tools("Docker", accepted=("Jira",))

        assert label.compare(facts(tools=["Jira"])).right == 1
        assert label.compare(facts(tools=["Docker"])).found == 1

    def test_all_is_wrong_where_the_posting_names_none(self) -> None:
        assert tools().compare(facts(tools=["Jira"])) == Counts(given=1)

    def test_failed_call_misses_all(self) -> None:
        assert tools("Docker", "Jira").compare(None) == Counts(sought=2)


class TestPay:
    def test_same_ends_are_right(self) -> None:
        counts = Pay(salary=pay(3000, 4000)).compare(
            facts(salary=pay(3000, 4000).model_dump())
        )

        assert counts == Counts(given=1, right=1, sought=1, found=1)

    def test_any_pay_is_invented_where_the_text_has_none(self) -> None:
        answer = facts(salary=pay(3000, None).model_dump())

        assert Pay(salary=None).compare(answer) == Counts(given=1)
        assert Pay(salary=None).compare(facts(salary=None)) == Counts()

    def test_currency_alone_is_no_pay(self) -> None:
        answer = facts(salary=pay(None, None).model_dump())

        assert Pay(salary=None).compare(answer) == Counts()

    @pytest.mark.parametrize("ends", [(15.5, 15.5), (15.5, None), (None, 15.5)])
    def test_one_amount_may_be_either_end(self, ends: tuple[Any, Any]) -> None:
        assert labels.is_same_pay(pay(*ends), pay(15.5, 15.5))

    @pytest.mark.parametrize(
        "other",
        [
            pay(3000, 4100),
            pay(3000, None),
            pay(None, 4000),
            pay(3000, 4000, currency="USD"),
            pay(3000, 4000, currency=None),
            pay(3000, 4000, period=Period.YEAR),
        ],
    )
    def test_other_pay_is_wrong(self, other: Salary) -> None:
        assert not labels.is_same_pay(other, pay(3000, 4000))

    def test_open_end_is_not_the_other_one(self) -> None:
        assert not labels.is_same_pay(pay(95, None), pay(None, 95))

    def test_rounded_amounts_are_one(self) -> None:
        assert labels.is_same_pay(pay(55416.4, 83151), pay(55416, 83151))
