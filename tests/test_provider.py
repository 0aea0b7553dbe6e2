"""The stand-in for the provider: its settings, faults, limits and log of calls."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from enrichment.llm import output
from enrichment.llm.client import complete
from enrichment.llm.errors import ErrorKind, LlmError
from tests import faults, provider_config
from tests.enrichment.llm.calls import config, failure, posting
from tests.faults import Fault
from tests.provider import Provider

ROOT = Path(__file__).parents[1]


def ask(provider: Provider, text: str = "You bake bread.", **over: Any) -> str:
    """What became of one call: "answered", or the kind of its error."""
    try:
        output.facts(complete(config(provider.base_url, **over), posting(text)))
    except LlmError as error:
        return error.kind.value
    return "answered"


class TestMarkers:
    def test_marker_names_the_fault(self) -> None:
        assert faults.marked("Text [[fault:429]] text") == [Fault(name="429")]

    def test_marker_takes_options(self) -> None:
        (fault,) = faults.marked("[[fault:429 x2 retry-after=7]]")

        assert fault == Fault(name="429", times=2, retry_after="7")
        assert fault.headers == {"retry-after": "7"}

    @pytest.mark.parametrize("marker", ["[[fault:teapot]]", "[[fault:429 twice]]"])
    def test_typing_error_does_not_pass_as_fine(self, marker: str) -> None:
        with pytest.raises(ValueError, match="unknown"):
            faults.marked(marker)

    def test_faults_take_effect_one_after_the_other(self) -> None:
        planned = faults.marked("[[fault:429 x2]] [[fault:500 x1]]")

        names = [due and due.name for due in (faults.due(planned, n) for n in range(4))]

        assert names == ["429", "429", "500", None]

    def test_fault_without_a_number_never_ends(self) -> None:
        due = faults.due(faults.marked("[[fault:429]]"), 1000)

        assert due == Fault(name="429")

    def test_unknown_marker_is_a_problem_of_the_test_and_told(
        self, provider: Provider
    ) -> None:
        assert ask(provider, "Text [[fault:teapot]]") == "server_error"

        assert "unknown fault 'teapot'" in provider.problems[0]


class TestCalls:
    def test_each_call_is_noted(self, provider: Provider) -> None:
        ask(provider, "One [[fault:500 x1]]")
        ask(provider, "One [[fault:500 x1]]")

        first, second = provider.calls
        assert (first.outcome, first.status) == ("500", 500)
        assert (second.outcome, second.status) == ("answered", 200)
        assert first.number < second.number
        assert first.ended_at is not None
        assert first.at <= first.ended_at <= second.at

    def test_posting_is_known_by_its_content_hash(self, provider: Provider) -> None:
        ask(provider)
        ask(provider)

        assert provider.answered_per_posting() == {posting().content_hash: 2}
        assert provider.answered_per_title() == {"Baker": 2}
        assert provider.stats()["answered_more_than_once"] == 1

    def test_stats_sum_up(self, provider: Provider) -> None:
        ask(provider)
        ask(provider, "Other [[fault:429]]")

        stats = provider.stats()
        assert (stats["calls"], stats["postings"]) == (2, 2)
        assert stats["outcomes"] == {"answered": 1, "429": 1}
        assert stats["statuses"] == {"200": 1, "429": 1}
        assert (stats["in_flight"], stats["problems"]) == (0, [])

    def test_reset_forgets_calls_and_keeps_settings(self, provider: Provider) -> None:
        provider.configure(requests_per_window=1)
        assert [ask(provider), ask(provider)] == ["answered", "rate_limited"]

        provider.reset()

        assert provider.calls == []
        assert [ask(provider), ask(provider)] == ["answered", "rate_limited"]

    def test_model_says_what_the_test_wants(self) -> None:
        with Provider(say=lambda text: text.title) as provider:
            answer = complete(config(provider.base_url), posting(title="Just this"))

        assert answer.text == "Just this"


class TestSettings:
    def test_account_is_empty_after_its_answers_until_refilled(
        self, provider: Provider
    ) -> None:
        provider.configure(quota_after=1)
        assert [ask(provider), ask(provider)] == ["answered", "insufficient_quota"]

        provider.refill()

        assert ask(provider) == "answered"

    @pytest.mark.parametrize(
        ("settings", "kind"),
        [
            ({"mode": "down"}, ErrorKind.SERVER_ERROR),
            ({"mode": "quota"}, ErrorKind.INSUFFICIENT_QUOTA),
            ({"api_key": "sk-other"}, ErrorKind.UNAUTHORIZED),
            ({"rate_429": 1.0}, ErrorKind.RATE_LIMITED),
            ({"rate_500": 1.0}, ErrorKind.SERVER_ERROR),
            ({"rate_reset": 1.0}, ErrorKind.CONNECTION),
            ({"rate_html": 1.0}, ErrorKind.SERVER_ERROR),
            ({"tokens_per_minute": 10}, ErrorKind.RATE_LIMITED),
        ],
    )
    def test_setting_hits_every_call(
        self, provider: Provider, settings: dict[str, Any], kind: ErrorKind
    ) -> None:
        provider.configure(**settings)

        error, _ = failure(config(provider.base_url), posting())

        assert error.kind is kind

    def test_own_key_is_let_in(self, provider: Provider) -> None:
        provider.configure(api_key="sk-ours-1234")

        assert ask(provider, api_key="sk-ours-1234") == "answered"

    def test_latency_is_waited_for(self, provider: Provider) -> None:
        provider.configure(latency=0.2)

        assert complete(config(provider.base_url), posting()).latency_ms >= 200

    @pytest.mark.parametrize("settings", [{"speed": 1}, {"mode": "teapot"}])
    def test_unknown_setting_is_refused_and_nothing_of_it_kept(
        self, provider: Provider, settings: dict[str, Any]
    ) -> None:
        with pytest.raises(ValueError, match="unknown"):
            provider.configure(latency=5.0, **settings)

        assert provider.config.latency == 0

    def test_chance_is_the_same_with_the_same_seed(self) -> None:
        runs = []
        for _ in range(2):
            with Provider(rate_500=0.5, seed=7) as provider:
                runs.append([ask(provider) for _ in range(8)])

        assert runs[0] == runs[1]
        assert set(runs[0]) == {"answered", "server_error"}


def test_stand_in_runs_as_a_process_and_is_steered_over_http() -> None:
    command = [sys.executable, "-m", "tests.provider", "--requests", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().split()[-1]
        with httpx2.Client(base_url=base_url[:-3], trust_env=False) as http:
            assert complete(config(base_url), posting()).problem is None
            assert http.get("/_stats").json()["calls"] == 1
            assert http.get("/_calls").json()[0]["title"] == "Baker"
            assert http.post("/_config", json={"mode": "500"}).json()["mode"] == "500"
            assert http.post("/_config", json={"x": 1}).status_code == 400
            assert http.post("/_refill").status_code == 200
            assert http.post("/_reset").json()["requests_per_window"] == 1
            assert http.get("/_stats").json()["calls"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_command_line_has_an_option_for_each_setting() -> None:
    options = provider_config.parser().parse_args(
        ["--window", "10", "--tokens-per-minute", "500", "--mode", "429"]
    )

    assert options.window_seconds == 10.0
    assert (options.tokens_per_minute, options.mode) == (500, "429")
    assert (options.requests_per_window, options.api_key) == (None, None)
    assert vars(options).keys() - {"port"} == vars(provider_config.Config()).keys()
