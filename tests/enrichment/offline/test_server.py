"""The offline extractor as a provider, asked by the real SDK."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from openai import OpenAI

from enrichment.llm import output
from enrichment.llm.client import complete
from enrichment.llm.errors import ErrorKind
from enrichment.llm.schema import json_schema
from enrichment.offline.server import (
    LONG_TEXT,
    NotLoopbackError,
    OfflineProvider,
    loopback_host,
)
from tests.enrichment.llm.calls import config, failure, posting

PROMPT = (
    "<posting>\n<title>Baker</title>\n<description>\nBread\n</description>\n</posting>"
)


@pytest.fixture(scope="module")
def offline() -> Iterator[OfflineProvider]:
    with OfflineProvider() as provider:
        yield provider


@pytest.fixture(scope="module")
def http_client(offline: OfflineProvider) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=offline.address, trust_env=False) as client:
        yield client


def error_of(response: httpx2.Response) -> dict[str, Any]:
    error: dict[str, Any] = response.json()["error"]
    return error


@pytest.mark.parametrize("api", ["responses", "chat"])
class TestCalls:
    def test_posting_is_answered_with_facts_and_usage(
        self, offline: OfflineProvider, api: str
    ) -> None:
        completion = complete(config(offline.base_url, api=api), posting())

        assert output.facts(completion).title == "Baker"
        assert completion.usage.input_tokens > 100
        assert completion.usage.output_tokens > 50
        assert completion.headers == {}

    def test_output_limit_is_kept(self, offline: OfflineProvider, api: str) -> None:
        conf = config(offline.base_url, api=api, max_output_tokens=10)
        error, completion = failure(conf, posting())

        assert error.kind is ErrorKind.TRUNCATED
        assert completion is not None
        assert completion.usage.output_tokens == 10

    def test_long_text_is_answered(self, offline: OfflineProvider, api: str) -> None:
        text = posting("word " * LONG_TEXT)

        completion = complete(config(offline.base_url, api=api), text)

        assert output.facts(completion).title == "Baker"

    def test_request_limit_refuses_with_a_wait(self, api: str) -> None:
        with OfflineProvider(requests_per_minute=1) as limited:
            conf = config(limited.base_url, api=api)
            first = complete(conf, posting())
            error, _ = failure(conf, posting())

        assert first.headers["x-ratelimit-remaining-requests"] == "0"
        assert error.kind is ErrorKind.RATE_LIMITED
        assert "Rate limit reached for requests" in error.message
        assert error.retry_after is not None
        assert 50 < error.retry_after <= 60

    def test_token_limit_refuses_by_its_name(self, api: str) -> None:
        with OfflineProvider(tokens_per_minute=10) as limited:
            error, _ = failure(config(limited.base_url, api=api), posting())

        assert error.kind is ErrorKind.RATE_LIMITED
        assert "Rate limit reached for tokens" in error.message


class TestOtherAddresses:
    def test_models_are_listed(self, offline: OfflineProvider) -> None:
        with OpenAI(api_key="none", base_url=offline.base_url) as sdk:
            assert [model.id for model in sdk.models.list()] == ["offline-extractor"]
            assert sdk.models.retrieve("offline-extractor").owned_by == "this machine"

    def test_health_says_what_answers(self, http_client: httpx2.Client) -> None:
        assert http_client.get("/health").json() == {
            "status": "ok",
            "model": "offline-extractor",
        }

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/", 404),
            ("POST", "/v1/embeddings", 404),
            ("GET", "/v1/models/gpt", 404),
            ("GET", "/v1/responses", 405),
            ("DELETE", "/v1/chat/completions", 405),
            ("POST", "/health", 405),
        ],
    )
    def test_all_others_are_refused_by_name(
        self, http_client: httpx2.Client, method: str, path: str, status: int
    ) -> None:
        response = http_client.request(method, path)

        assert response.status_code == status
        assert path in error_of(response)["message"]
        assert response.headers["x-request-id"].startswith("req_")


class TestRefusedRequests:
    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ("{", "not JSON"),
            ("[" * 100_000, "not JSON"),
            ("[]", "not a JSON object"),
            ({}, "has to hold the prompt"),
            ({"input": []}, "between <posting> and </posting>"),
            ({"input": "Hello"}, "between <posting> and </posting>"),
            ({"input": [5, {"role": "user"}]}, "between <posting> and </posting>"),
            ({"input": "</posting><posting>"}, "between <posting> and </posting>"),
            ({"input": PROMPT, "stream": True}, "doesn't stream"),
            (
                {"input": PROMPT, "max_output_tokens": 0},
                "`max_output_tokens` has to be",
            ),
            ({"input": PROMPT, "max_output_tokens": "9"}, "whole number above 0"),
            ({"input": PROMPT, "max_output_tokens": True}, "whole number above 0"),
            (
                {
                    "input": PROMPT,
                    "text": {"format": {"type": "json_schema", "schema": {}}},
                },
                "enrichment/llm/schema.py only",
            ),
        ],
        ids=range(13),
    )
    def test_request_is_refused_with_the_reason(
        self, http_client: httpx2.Client, body: Any, message: str
    ) -> None:
        sent = {"content": body} if isinstance(body, str) else {"json": body}

        response = http_client.post("/v1/responses", **sent)

        assert response.status_code == 400
        assert message in error_of(response)["message"]

    def test_chat_refuses_another_schema(self, http_client: httpx2.Client) -> None:
        other = {**json_schema(), "properties": {"name": {"type": "string"}}}
        body = {
            "messages": [{"role": "user", "content": PROMPT}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "x", "schema": other},
            },
        }

        response = http_client.post("/v1/chat/completions", json=body)

        assert error_of(response)["param"] == "response_format"

    @pytest.mark.parametrize(
        "prompt",
        [
            PROMPT,
            [{"role": "user", "content": PROMPT}],
            [{"role": "user", "content": [{"type": "input_text", "text": PROMPT}]}],
            [{"content": "hi"}, {"role": "user", "content": PROMPT}],
        ],
    )
    def test_prompt_may_have_any_form_of_the_api(
        self, http_client: httpx2.Client, prompt: Any
    ) -> None:
        body = http_client.post("/v1/responses", json={"input": prompt}).json()

        assert '"title":"Baker"' in body["output"][0]["content"][0]["text"]


class TestHosts:
    @pytest.mark.parametrize(
        ("host", "address"),
        [
            ("localhost", "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1"),
            ("127.8.8.8", "127.8.8.8"),
            ("::1", "::1"),
            ("[::1]", "::1"),
        ],
    )
    def test_loopback_is_served(self, host: str, address: str) -> None:
        assert loopback_host(host) == address

    @pytest.mark.parametrize(
        "host", ["0.0.0.0", "::", "", "192.168.1.1", "example.org", "127.0.0.1.org"]
    )
    def test_any_other_host_is_refused(self, host: str) -> None:
        with pytest.raises(NotLoopbackError, match="not a loopback address"):
            OfflineProvider(host=host)

    def test_ipv6_address_is_written_with_brackets(self) -> None:
        assert OfflineProvider(host="::1", port=8090).base_url == "http://[::1]:8090/v1"
