"""From answers to figures: shares that count nothing are none, and made-up values count."""

from __future__ import annotations

from typing import Any

from enrichment.evaluation import labels, scoring
from enrichment.evaluation.labels import Labelled, OneOf, Several
from tests.enrichment.evaluation.files import facts, text

TEXT = text()
SENIOR = OneOf(field="seniority", accepted=frozenset({"senior"}), is_sought=True)
TOOLS = Several(
    field="technologies", sought=("Python", "Jira"), named=labels.technologies
)


def figures(**changes: Any) -> dict[str, Any]:
    answers = {TEXT.content_hash: facts(title="Senior baker", **changes)}
    return scoring.figures([Labelled(text=TEXT, labels=(SENIOR, TOOLS))], answers)


def test_precision_recall_and_f1_of_a_field() -> None:
    found = figures(programming_languages=["Python"], tools=["SAP", "Trello"])

    of_field = found["fields"]["technologies"]
    assert (of_field["precision"], of_field["recall"]) == (0.3333, 0.5)
    assert of_field["f1"] == 0.4


def test_share_of_nothing_is_none() -> None:
    of_field = figures()["fields"]["technologies"]

    assert of_field["precision"] is None
    assert of_field["recall"] == 0.0
    assert of_field["f1"] is None


def test_values_that_the_text_lacks_are_counted() -> None:
    found = figures(programming_languages=["Python"], tools=["SAP"])

    assert (found["values"], found["not_in_text"]) == (3, 1)  # the title is one
    assert found["hallucination_rate"] == 0.3333
    assert found["not_in_text_by_field"] == {"tools": 1}
    assert found["fields"]["technologies"]["hallucination_rate"] == 0.5


def test_failed_call_misses_and_makes_nothing_up() -> None:
    found = scoring.figures([Labelled(text=TEXT, labels=(SENIOR,))], {})

    assert found["fields"]["seniority"]["recall"] == 0.0
    assert found["hallucination_rate"] is None


def test_field_without_labels_is_left_out() -> None:
    assert set(figures()["fields"]) == {"seniority", "technologies"}
