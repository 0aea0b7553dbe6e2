"""One call: what is sent, what comes back, and how often the provider is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from enrichment.llm import client, output, prompt
from enrichment.llm.client import complete
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.schema import json_schema
from enrichment.offline.http import Reply, json_reply
from tests.enrichment.llm.calls import KEY, answering, config, failure, posting
from tests.provider import Provider

APIS = ("responses", "chat")


@pytest.mark.parametrize("api", APIS)
class TestAnswers:
    def test_answer_holds_facts_usage_and_what_the_call_was(
        self, provider: Provider, api: str
    ) -> None:
        provider.configure(requests_per_window=100)

        completion = complete(config(provider.base_url, api=api), posting())

        assert output.facts(completion).title == "Baker"
        assert (completion.problem, completion.http_status) == (None, 200)
        assert completion.model == "offline-extractor"
        assert completion.request_id.startswith("req_")
        assert completion.usage.input_tokens > 100
        assert completion.usage.output_tokens > 50
        assert completion.headers["x-ratelimit-remaining-requests"] == "99"

    def test_no_limit_but_the_configured_one_is_sent(
        self, provider: Provider, api: str
    ) -> None:
        complete(config(provider.base_url, api=api, max_output_tokens=777), posting())

        sent = provider.last_request
        limits = {name: value for name, value in sent.items() if "max_" in name}
        assert list(limits.values()) == [777]

    def test_usage_is_told_where_the_answer_is_no_use(
        self, provider: Provider, api: str
    ) -> None:
        for mode in ("invalid-json", "wrong-shape", "truncated", "refusal"):
            provider.mode = mode
            _, completion = failure(config(provider.base_url, api=api), posting())

            assert completion is not None, mode
            assert completion.usage.input_tokens > 100, mode
            assert completion.usage.output_tokens > 0, mode

    def test_refusal_does_not_repeat_what_the_model_said(
        self, provider: Provider, api: str
    ) -> None:
        provider.mode = "refusal"

        error, _ = failure(config(provider.base_url, api=api), posting())

        assert "can't help" not in error.message


class TestRequests:
    def test_responses_are_asked_for_a_strict_schema_and_not_kept(
        self, provider: Provider
    ) -> None:
        complete(config(provider.base_url), posting())

        sent = provider.last_request
        assert sent["text"]["format"] == {
            "type": "json_schema",
            "name": "job_facts",
            "schema": json_schema(),
            "strict": True,
        }
        assert (sent["model"], sent["store"]) == ("small-model", False)
        assert sent["instructions"] == prompt.INSTRUCTIONS
        assert sent["input"][0]["content"] == prompt.render(posting())

    def test_chat_is_asked_for_a_strict_schema(self, provider: Provider) -> None:
        complete(config(provider.base_url, api="chat"), posting())

        sent = provider.last_request
        asked = sent["response_format"]["json_schema"]
        assert (asked["strict"], asked["schema"]) == (True, json_schema())
        assert [m["role"] for m in sent["messages"]] == ["system", "user"]
        assert sent["messages"][0]["content"] == prompt.INSTRUCTIONS
        assert sent["messages"][1]["content"] == prompt.render(posting())

    @pytest.mark.parametrize("api", APIS)
    def test_two_postings_share_everything_before_the_posting(
        self, provider: Provider, api: str
    ) -> None:
        sent = []
        for text in ("You bake bread.", "You drive."):
            complete(config(provider.base_url, api=api), posting(text))
            sent.append(provider.last_request)

        last = "input" if api == "responses" else "messages"
        for request in sent:
            request[last] = request[last][:-1]
        assert sent[0] == sent[1]

    def test_reasoning_effort_is_sent_where_it_is_set(self, provider: Provider) -> None:
        for api, name, sent_as in (
            ("responses", "reasoning", {"effort": "low"}),
            ("chat", "reasoning_effort", "low"),
        ):
            complete(config(provider.base_url, api=api), posting())
            assert name not in provider.last_request
            complete(
                config(provider.base_url, api=api, reasoning_effort="low"), posting()
            )
            assert provider.last_request[name] == sent_as

    @pytest.mark.parametrize(
        ("base_url", "name"),
        [
            ("", "max_completion_tokens"),
            ("https://api.openai.com/v1", "max_completion_tokens"),
            ("https://eu.api.openai.com/v1", "max_completion_tokens"),
            ("https://ours.openai.azure.com/openai/v1", "max_completion_tokens"),
            ("https://notopenai.com/v1", "max_tokens"),
            ("http://127.0.0.1:8090/v1", "max_tokens"),
        ],
    )
    def test_chat_limit_has_the_name_that_the_server_knows(
        self, base_url: str, name: str
    ) -> None:
        assert client._limit_name(config(base_url)) == name

    def test_half_a_surrogate_pair_does_not_stop_the_call(
        self, provider: Provider
    ) -> None:
        completion = complete(config(provider.base_url), posting("Bread \ud800"))

        assert output.facts(completion).title == "Baker"

    def test_threads_share_one_client(self, provider: Provider) -> None:
        conf = config(provider.base_url)

        with ThreadPoolExecutor(8) as pool:
            texts = [posting(f"Job number {n}") for n in range(24)]
            completions = list(pool.map(lambda text: complete(conf, text), texts))

        assert all(answer.problem is None for answer in completions)
        assert len(provider.calls) == len(provider.answered_per_posting()) == 24


class TestKeys:
    def test_key_is_in_no_repr(self) -> None:
        assert KEY not in repr(config("http://127.0.0.1/v1"))

    @pytest.mark.parametrize("key", [KEY, "gsk_0123456789", "0123456789abcdef"])
    def test_key_that_the_provider_repeats_is_not_told(self, key: str) -> None:
        body = {"error": {"message": f"Incorrect API key provided: {key}."}}
        with answering(json_reply(401, body)) as (address, _):
            error, _ = failure(config(address, api_key=key), posting())

        assert error.kind is ErrorKind.UNAUTHORIZED
        assert key not in error.message
        assert "Incorrect API key provided: [key]" in error.message

    @pytest.mark.parametrize("key", ["sk-“quoted”", "sk-a\nb", "sk-a\0b"])
    def test_key_that_can_not_be_one_pauses_without_a_call(
        self, provider: Provider, key: str
    ) -> None:
        error, _ = failure(config(provider.base_url, api_key=key), posting())

        assert error.kind is ErrorKind.UNAUTHORIZED
        assert "OPENAI_API_KEY" in error.message
        assert provider.calls == []


class TestConnections:
    def test_nothing_listens(self) -> None:
        with answering(Reply(status=200, body=b"")) as (address, _):
            pass  # its port is free again

        error, _ = failure(config(address), posting())

        assert error.kind is ErrorKind.CONNECTION
        assert "Connection refused" in error.message
        assert "OPENAI_BASE_URL" in error.message

    def test_compressed_answer_is_refused_unread(self) -> None:
        packed = Reply(status=200, body=b"x", headers={"content-encoding": "gzip"})
        with answering(packed) as (address, requests):
            error, _ = failure(config(address), posting())

        assert error.kind is ErrorKind.SERVER_ERROR
        assert "compressed" in error.message
        assert requests[0].headers["accept-encoding"] == "identity"

    @pytest.mark.parametrize("status", [301, 307])
    def test_posting_is_not_sent_on_to_another_address(
        self, provider: Provider, status: int
    ) -> None:
        target = {"location": f"{provider.base_url}/responses"}
        with answering(Reply(status=status, body=b"", headers=target)) as (address, _):
            error, _ = failure(config(address), posting())

        assert error.kind is ErrorKind.UNKNOWN_MODEL
        assert provider.calls == []

    def test_https_goes_through_the_proxy_of_the_environment(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with answering(Reply(status=403, body=b"")) as (address, requests):
            monkeypatch.setenv("HTTPS_PROXY", address)
            monkeypatch.delenv("NO_PROXY", raising=False)
            monkeypatch.delenv("no_proxy", raising=False)
            error, _ = failure(config("https://llm.example/v1"), posting())

        assert error.kind is ErrorKind.CONNECTION
        assert [(r.method, r.path) for r in requests] == [
            ("CONNECT", "llm.example:443")
        ]

    def test_http_on_this_machine_goes_through_no_proxy(
        self, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

        assert complete(config(provider.base_url), posting()).problem is None


def test_only_errors_of_the_project_leave(provider: Provider) -> None:
    provider.mode = "500"

    with pytest.raises(LlmError) as caught:
        complete(config(provider.base_url), posting())

    assert caught.value.request_id.startswith("req_")
    # The SDK's error says what the provider said, its text included.
    assert caught.value.__cause__ is caught.value.__context__ is None
