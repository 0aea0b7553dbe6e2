"""`manage.py evaluate_enrichment`: figures of the model beside the baseline, kept to compare."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from enrichment import prompts
from enrichment.models import Enrichment, Evaluation, LlmCall
from jobs.models import JobPosting
from tests.enrichment.evaluation.files import gold, posting, write
from tests.enrichment.prompting import a_new_prompt, draft
from tests.provider import Provider

pytestmark = pytest.mark.django_db
FAULT = "We look for a baker. [[fault:{}]]"


@pytest.fixture
def model(provider: Provider, settings: Any) -> Provider:
    """A provider is configured, with prices."""
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_BASE_URL = provider.base_url
    settings.OPENAI_API_KEY = "sk-test"
    settings.ENRICHMENT_MODEL = "small-model"
    settings.ENRICHMENT_DELAY_BETWEEN_JOBS = 0.0
    settings.ENRICHMENT_RATE_LIMIT_BACKOFF = 0.01
    settings.ENRICHMENT_API_ERROR_BACKOFF = 0.01
    settings.ENRICHMENT_PRICE_INPUT = 1.0
    settings.ENRICHMENT_PRICE_OUTPUT = 1.0
    return provider


class Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, *postings: dict[str, Any], options: tuple[str, ...] = ()) -> str:
        """What it prints; each posting's label says that it is for a senior."""
        rows = [gold(n, seniority="senior") for n in range(1, len(postings) + 1)]
        out = StringIO()
        call_command(
            "evaluate_enrichment",
            write(self._folder, "postings.jsonl", *postings),
            write(self._folder, "gold.jsonl", *rows),
            *options,
            stdout=out,
            stderr=StringIO(),
        )
        return out.getvalue()

    def json(self, *postings: dict[str, Any], options: tuple[str, ...] = ()) -> Any:
        return json.loads(self.run(*postings, options=(*options, "--json")))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


class TestOffline:
    def test_extractor_alone_answers_without_a_provider(self, files: Files) -> None:
        data = files.json(posting(1), posting(2))

        [one] = data["evaluations"]
        assert one["model"] == "offline-extractor"
        assert (one["postings"], one["calls"], one["cost_usd"]) == (2, 2, 0.0)
        assert one["fields"]["seniority"]["precision"] == 1.0

    def test_no_call_of_the_extractor_is_on_record(self, files: Files) -> None:
        files.run(posting())

        assert not LlmCall.objects.exists()

    def test_last_line_is_the_same_json_below_the_table(self, files: Files) -> None:
        lines = files.run(posting()).splitlines()

        assert lines[0].split()[:3] == ["field", "model", "version"]
        assert json.loads(lines[-1])["labels"] == "gold.jsonl"

    def test_table_has_the_fields_figures(self, files: Files) -> None:
        [row] = [
            line for line in files.run(posting()).splitlines() if "seniority " in line
        ]

        assert row.split() == [
            *("seniority", "offline-extractor", "p1", "s1", "1"),
            *("100.0%", "100.0%", "100.0%", "0.0%"),
        ]

    def test_model_offline_leaves_a_configured_one_alone(
        self, files: Files, model: Provider
    ) -> None:
        data = files.json(posting(), options=("--model", "offline"))

        assert [one["model"] for one in data["evaluations"]] == ["offline-extractor"]
        assert model.calls == []


class TestModel:
    def test_baseline_stands_beside_the_model(
        self, files: Files, model: Provider
    ) -> None:
        data = files.json(posting(1), posting(2))

        names = [one["model"] for one in data["evaluations"]]
        assert names == ["offline-extractor", "small-model"]
        assert len(model.calls) == 2

    def test_its_calls_are_on_record_with_their_cost(
        self, files: Files, model: Provider
    ) -> None:
        _baseline, one = files.json(posting())["evaluations"]

        call = LlmCall.objects.get()
        assert (call.outcome, call.posting_id, call.model) == (
            "ok",
            None,
            "small-model",
        )
        assert one["cost_usd"] == (call.cost_microusd or 0) / 1_000_000 > 0

    def test_cost_without_prices_is_unknown(
        self, files: Files, model: Provider, settings: Any
    ) -> None:
        settings.ENRICHMENT_PRICE_INPUT = None

        _baseline, one = files.json(posting())["evaluations"]
        assert one["cost_usd"] is None

    def test_postings_with_one_text_share_a_call(
        self, files: Files, model: Provider
    ) -> None:
        text = posting()["description"]

        _baseline, one = files.json(posting(1), posting(2, description=text))[
            "evaluations"
        ]
        assert (one["postings"], one["calls"]) == (2, 1)
        assert one["fields"]["seniority"]["found"] == 2

    def test_refusal_is_retried_as_a_worker_does(
        self, files: Files, model: Provider
    ) -> None:
        again = posting(description=f"{posting()['description']} [[fault:429 x2]]")

        _baseline, one = files.json(again)["evaluations"]
        assert (one["calls"], one["failed"]) == (3, {})

    def test_useless_answer_fails_and_misses(
        self, files: Files, model: Provider
    ) -> None:
        broken = posting(1, description=FAULT.format("invalid-json"))

        _baseline, one = files.json(broken, posting(2))["evaluations"]
        assert one["failed"] == {"invalid_json": 1}
        assert one["fields"]["seniority"]["recall"] == 0.5

    def test_text_without_words_fails_without_a_call(
        self, files: Files, model: Provider
    ) -> None:
        _baseline, one = files.json(posting(1, description="..."), posting(2))[
            "evaluations"
        ]

        assert (one["calls"], one["failed"]) == (1, {"no_text": 1})

    def test_stored_answer_is_not_used(self, files: Files, model: Provider) -> None:
        files.run(posting())
        files.run(posting())

        assert len(model.calls) == 2

    def test_calls_in_flight_keep_to_the_concurrency(
        self, files: Files, model: Provider
    ) -> None:
        model.configure(latency=0.1)
        files.run(*map(posting, range(1, 7)), options=("--concurrency", "2"))

        assert model.max_in_flight == 2


class TestNothingKept:
    def test_dead_account_stops_it_at_once(self, files: Files, model: Provider) -> None:
        model.mode = "quota"

        with pytest.raises(CommandError, match="Nothing was kept"):
            files.run(*map(posting, range(1, 7)), options=("--concurrency", "1"))
        assert len(model.calls) == 1
        assert not Evaluation.objects.exists()

    def test_no_call_stays_open(self, files: Files, model: Provider) -> None:
        model.mode = "quota"

        with pytest.raises(CommandError):
            files.run(*map(posting, range(1, 7)))
        assert not LlmCall.objects.filter(outcome="open").exists()

    def test_provider_that_is_not_there_is_not_asked_for_ever(
        self, files: Files, model: Provider, settings: Any
    ) -> None:
        settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
        settings.ENRICHMENT_MAX_RETRIES = 0

        with pytest.raises(CommandError, match="No connection to the provider"):
            files.run(*map(posting, range(1, 20)), options=("--concurrency", "1"))
        assert LlmCall.objects.count() == 3

    def test_broken_labels_ask_nobody(
        self, files: Files, model: Provider, tmp_path: Path
    ) -> None:
        postings = write(tmp_path, "p.jsonl", posting())
        labels = write(tmp_path, "g.jsonl", gold(seniority="boss"))

        with pytest.raises(
            CommandError, match=r"g.jsonl, line 1, field facts.seniority"
        ):
            call_command("evaluate_enrichment", postings, labels)
        assert model.calls == []

    @pytest.mark.parametrize("options", [("--limit", "0"), ("--concurrency", "0")])
    def test_odd_numbers_are_refused(
        self, files: Files, options: tuple[str, str]
    ) -> None:
        with pytest.raises(CommandError, match=f"^{options[0]}: "):
            files.run(posting(), options=options)


class TestKept:
    def test_each_model_is_a_row(self, files: Files, model: Provider) -> None:
        files.run(posting())

        rows = Evaluation.objects.order_by("pk")
        assert [row.model for row in rows] == ["offline-extractor", "small-model"]
        assert all(row.figures["fields"]["seniority"]["found"] == 1 for row in rows)

    def test_postings_and_enrichments_stay_as_they_are(
        self, files: Files, model: Provider
    ) -> None:
        files.run(posting())

        assert not JobPosting.objects.exists()
        assert not Enrichment.objects.exists()

    def test_earlier_prompt_is_told_beside_the_present_one(self, files: Files) -> None:
        files.run(posting())
        Evaluation.objects.update(prompt_version=0)

        out = files.run(posting())
        assert [one["prompt_version"] for one in last(out)["earlier"]] == [0]
        assert [
            line.split()[1:4] for line in out.splitlines() if "seniority " in line
        ] == [
            ["offline-extractor", "p1", "s1"],
            ["offline-extractor", "p0", "s1"],
        ]

    def test_same_prompt_and_other_labels_are_not_earlier(self, files: Files) -> None:
        files.run(posting())
        files.run(posting(), posting(2))
        Evaluation.objects.filter(postings=2).update(prompt_version=0)

        assert last(files.run(posting()))["earlier"] == []


def last(out: str) -> Any:
    return json.loads(out.splitlines()[-1])


class TestVersionOfThePrompt:
    def test_draft_is_measured_without_being_promoted(
        self, model: Provider, files: Files
    ) -> None:
        version = draft("Say what the job is.").version

        data = files.json(posting(1), options=("--prompt", str(version)))

        assert {one["prompt_version"] for one in data["evaluations"]} == {version}
        assert model.last_request["instructions"] == "Say what the job is."
        assert LlmCall.objects.get().prompt_version == version
        assert prompts.current().version != version

    def test_current_one_is_measured_where_none_is_named(self, files: Files) -> None:
        version = a_new_prompt()

        [one] = files.json(posting(1))["evaluations"]

        assert one["prompt_version"] == version

    def test_unknown_version_asks_nothing(self, model: Provider, files: Files) -> None:
        with pytest.raises(CommandError, match="--prompt: there is no version 9"):
            files.run(posting(1), options=("--prompt", "9"))
        assert model.calls == []
