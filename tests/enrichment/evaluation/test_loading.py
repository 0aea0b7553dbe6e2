"""Files of postings and labels: both formats, and what is refused, by line and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enrichment.evaluation.labels import Counts, Label
from enrichment.evaluation.loading import Loaded, load
from enrichment.evaluation.reading import BadFileError
from tests.enrichment.evaluation.files import facts, gold, posting, public, write


def loaded(
    folder: Path, *labels: Any, limit: int | None = None, **fields: Any
) -> Loaded:
    """So many postings as there are labels."""
    postings = [posting(number, **fields) for number in range(1, len(labels) + 1)]
    texts = write(folder, "postings.jsonl", *postings)
    return load(texts, write(folder, "gold.jsonl", *labels), limit=limit)


def only_label(folder: Path, row: Any, **fields: Any) -> Label:
    [label] = loaded(folder, row, **fields).postings[0].labels
    return label


def refusal(folder: Path, *labels: Any) -> str:
    with pytest.raises(BadFileError) as caught:
        loaded(folder, *labels)
    return str(caught.value)


class TestOwnFormat:
    def test_left_out_fact_is_not_judged(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, gold(seniority="senior"))

        assert label.field == "seniority"

    def test_null_makes_every_value_wrong(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, gold(seniority=None))

        assert label.compare(facts(seniority="mid")) == Counts(given=1)

    def test_each_of_a_list_is_right(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, gold(seniority=["senior", None]))

        assert label.compare(facts(seniority="senior")) == Counts(given=1, right=1)
        assert label.compare(facts(seniority=None)) == Counts()

    def test_languages_are_compared_by_code(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, gold(spoken_languages=["nl", "fr"]))
        spoken = [{"language": "nl", "level": None, "required": True}]

        counts = label.compare(facts(spoken_languages=spoken))
        assert counts == Counts(given=1, right=1, sought=2, found=1)

    @pytest.mark.parametrize(
        ("fact", "told"),
        [
            ({"seniority": "boss"}, "field facts.seniority: expected null or one of"),
            ({"seniority": []}, "field facts.seniority: an empty list"),
            ({"mood": "good"}, "field facts.mood: no label is known by this name"),
            ({"technologies": "Java"}, "field facts.technologies: expected a list"),
            ({"technologies": [""]}, "field facts.technologies: expected texts"),
            ({"spoken_languages": ["Dutch"]}, "'Dutch' is none of"),
            ({"salary": {"min": 1}}, "field facts.salary.max: Field required"),
            ({"salary": 4}, "field facts.salary: "),
        ],
    )
    def test_wrong_fact_is_told_by_line_and_field(
        self, tmp_path: Path, fact: dict[str, Any], told: str
    ) -> None:
        reason = refusal(tmp_path, gold(1, seniority="senior"), gold(2, **fact))

        assert reason.startswith("gold.jsonl, line 2, field facts.")
        assert told in reason


class TestPublicSets:
    def test_answer_in_the_set_is_right(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, public(seniority=["Mid-Level", "Senior"]))

        assert label.compare(facts(seniority="mid")).right == 1
        assert label.compare(facts(seniority="lead")) == Counts(given=1, sought=1)

    def test_seniority_that_no_text_states_is_not_sought(self, tmp_path: Path) -> None:
        row, plain = public(seniority=["Manager"]), "We look for a baker."

        label = only_label(tmp_path, row, title="Baker", description=plain)
        assert label.compare(facts(seniority=None)) == Counts()

    def test_null_is_no_label(self, tmp_path: Path) -> None:
        row = public(seniority=None, remote=None, role=None, knowledge=["python"])

        assert only_label(tmp_path, row).field == "knowledge"

    def test_only_technologies_of_the_text_are_sought(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, public(technologies=["python", "haskell", "."]))

        assert label.compare(None) == Counts(sought=1)

    def test_named_technology_may_be_among_the_knowledge(self, tmp_path: Path) -> None:
        row = public(technologies=["python"], knowledge=["jira boards"])
        technologies, _knowledge = loaded(tmp_path, row).postings[0].labels

        counts = technologies.compare(facts(tools=["Jira", "SAP"]))
        assert counts == Counts(given=2, right=1, sought=1, found=0)

    def test_salary_that_is_not_in_the_text_is_none(self, tmp_path: Path) -> None:
        salary = {"min": 15.5, "max": 19.9, "currency": "USD", "period": "hour"}
        label = only_label(tmp_path, public(salary=salary, salary_in_text=False))

        assert label.compare(facts(salary=salary)) == Counts(given=1)
        assert label.compare(facts(salary=None)) == Counts()

    def test_salary_of_the_text_is_sought(self, tmp_path: Path) -> None:
        salary = {"min": 15.5, "max": 19.9, "currency": "USD", "period": "hour"}
        label = only_label(tmp_path, public(salary=salary, salary_in_text=True))

        assert label.compare(facts(salary=None)) == Counts(sought=1)

    def test_remote_work_may_be_part_of_it(self, tmp_path: Path) -> None:
        label = only_label(tmp_path, public(remote=True))

        assert label.compare(facts(remote_policy="hybrid")).right == 1
        assert label.compare(facts(remote_policy="on_site")).right == 0

    @pytest.mark.parametrize(
        ("labels", "told"),
        [
            ({"seniority": ["Boss"]}, "field seniority: 'Boss' is none of"),
            ({"role": "Baker"}, "field role: 'Baker' is no known role"),
            ({"remote": "yes"}, "field remote: expected true, false or null"),
            ({"salary": {"min": 1}, "salary_in_text": True}, "field salary.max: "),
            ({"salary": None, "knowledge": "java"}, "field knowledge: expected a list"),
            ({"role": "DevOps", "mood": "good"}, "field mood: no label is known"),
        ],
    )
    def test_wrong_label_is_told_by_line_and_field(
        self, tmp_path: Path, labels: dict[str, Any], told: str
    ) -> None:
        assert told in refusal(tmp_path, public(**labels))


class TestFiles:
    def test_limit_takes_the_first_labels(self, tmp_path: Path) -> None:
        rows = [gold(number, seniority="senior") for number in (1, 2, 3)]

        found = loaded(tmp_path, *rows, limit=2).postings
        assert [one.text.description[-2:] for one in found] == ["1.", "2."]

    def test_label_after_the_limit_is_checked_too(self, tmp_path: Path) -> None:
        postings = write(tmp_path, "p.jsonl", posting(1), posting(2))
        rows = write(tmp_path, "g.jsonl", gold(1), gold(2, seniority="boss"))

        with pytest.raises(BadFileError, match=r"line 2, field facts.seniority"):
            load(postings, rows, limit=1)

    def test_digest_tells_other_labels_from_the_same(self, tmp_path: Path) -> None:
        one, other = gold(seniority="senior"), gold(seniority=None)

        assert loaded(tmp_path, one).digest == loaded(tmp_path, one).digest
        assert loaded(tmp_path, one).digest != loaded(tmp_path, other).digest

    def test_digest_is_of_the_texts_too(self, tmp_path: Path) -> None:
        row = gold(seniority="senior")

        other = loaded(tmp_path, row, description="Another text.").digest
        assert loaded(tmp_path, row).digest != other

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            (["{"], "gold.jsonl, line 1: not valid JSON: "),
            (["[1]"], "gold.jsonl, line 1: expected an object"),
            ([{"source": "x", "facts": {}}], "line 1, field external_id: missing"),
            ([gold(9)], "line 1, field external_id: no posting has this"),
            ([gold(1), gold(1)], "line 2, field external_id: labelled before"),
            ([posting(1)], "line 1, field facts: missing"),
            ([gold(1), public(2, role="DevOps")], "line 2, field facts: "),
            ([], "no labels"),
        ],
    )
    def test_bad_file_is_refused_by_line(
        self, tmp_path: Path, rows: list[Any], told: str
    ) -> None:
        assert told in refusal(tmp_path, *rows)

    def test_bad_posting_is_refused_by_line_and_field(self, tmp_path: Path) -> None:
        postings = write(tmp_path, "p.jsonl", posting(1), posting(2, title=None))

        with pytest.raises(
            BadFileError, match=r"p.jsonl, line 2, field title: missing"
        ):
            load(postings, write(tmp_path, "g.jsonl", gold(1)))

    def test_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BadFileError, match=r"none.jsonl: No such file"):
            load(str(tmp_path / "none.jsonl"), str(tmp_path / "none.jsonl"))
