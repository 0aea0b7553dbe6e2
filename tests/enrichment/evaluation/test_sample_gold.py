"""The labels that the repository ships: they fit its samples, and stand in their texts."""

from __future__ import annotations

import json
from pathlib import Path

from enrichment import places
from enrichment.evaluation.labels import Labelled, OneOf, Pay, Several
from enrichment.evaluation.loading import load

DATA = Path(__file__).parents[3] / "jobs" / "data"
GOLD = DATA / "sample_gold.jsonl"


def labelled() -> list[Labelled]:
    return load(str(DATA / "sample_postings.jsonl"), str(GOLD)).postings


def stands(one: Labelled, **facts: object) -> bool:
    return all(found.is_supported for found in places.find(one.text, facts))


def test_at_least_thirty_samples_are_labelled() -> None:
    assert len(labelled()) >= 30


def test_technologies_and_pay_stand_in_their_texts() -> None:
    missing = []
    for one in labelled():
        for label in one.labels:
            if isinstance(label, Several) and label.field == "technologies":
                missing += [v for v in label.sought if not stands(one, tools=[v])]
            if isinstance(label, Pay) and label.salary is not None:
                ends = label.salary.model_dump(mode="json")
                missing += [] if stands(one, salary=ends) else [one.text.title]
    assert missing == []


def test_each_label_says_nothing_for_some_posting() -> None:
    """Else inventing would cost nothing."""
    rows = [json.loads(line)["facts"] for line in GOLD.read_text("utf-8").splitlines()]

    for name in ("seniority", "remote_policy", "salary"):
        assert any(row.get(name, "") is None for row in rows)
    assert any(row["technologies"] == [] for row in rows)


def test_samples_of_html_are_not_labelled() -> None:
    """They are made plain text on import; here a text is read as it stands."""
    assert not any(one.text.description.startswith("<") for one in labelled())


def test_levels_that_are_sought_stand_in_their_texts() -> None:
    levels = [
        (one, label)
        for one in labelled()
        for label in one.labels
        if isinstance(label, OneOf) and label.field == "seniority" and label.is_sought
    ]

    assert len(levels) >= 5
    for one, label in levels:
        assert any(stands(one, seniority=level) for level in label.accepted)
