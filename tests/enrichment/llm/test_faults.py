"""Every fault that a provider has been seen with, and the error that it becomes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enrichment.llm.errors import ErrorKind
from tests import faults
from tests.enrichment.llm.calls import config, failure, posting
from tests.provider import Provider

# Fault: kind, a part of the message, and whether the call itself came back with usage.
EXPECTED = {
    "429": (ErrorKind.RATE_LIMITED, "Rate limit exceeded (HTTP 429", False),
    "quota": (ErrorKind.INSUFFICIENT_QUOTA, "no credit left (HTTP 429", False),
    "400": (ErrorKind.BAD_REQUEST, "The prompt is too long.", False),
    "401": (ErrorKind.UNAUTHORIZED, "did not accept the API key (HTTP 401", False),
    "403": (ErrorKind.FORBIDDEN, "may not do this (HTTP 403", False),
    "404": (ErrorKind.UNKNOWN_MODEL, "doesn't know the model (HTTP 404", False),
    "500": (ErrorKind.SERVER_ERROR, "had an error (HTTP 500", False),
    "503": (ErrorKind.SERVER_ERROR, "The engine is overloaded.", False),
    "502-html": (ErrorKind.SERVER_ERROR, "had an error (HTTP 502)", False),
    "200-html": (ErrorKind.SERVER_ERROR, "a web page with status 200", False),
    "200-bad-body": (ErrorKind.SERVER_ERROR, "cut off or no JSON at all", False),
    "big": (ErrorKind.SERVER_ERROR, "larger than 4194304 bytes", False),
    "reset": (ErrorKind.CONNECTION, "Connection reset by peer", False),
    "reset-body": (ErrorKind.CONNECTION, "without sending complete message", False),
    "hang": (ErrorKind.TIMEOUT, "ENRICHMENT_TIMEOUT_SECONDS", False),
    "drip": (ErrorKind.TIMEOUT, "ENRICHMENT_TIMEOUT_SECONDS", False),
    "invalid-json": (
        ErrorKind.INVALID_JSON,
        "Invalid JSON in LLM response: line 1 column ",
        True,
    ),
    "wrong-shape": (ErrorKind.BAD_OUTPUT, "title: Input should be a valid", True),
    "refusal": (ErrorKind.REFUSED, "declined to answer", True),
    "truncated": (ErrorKind.TRUNCATED, "ENRICHMENT_MAX_OUTPUT_TOKENS", True),
    "empty": (ErrorKind.EMPTY_OUTPUT, "without any text", True),
    "failed": (ErrorKind.SERVER_ERROR, "could not finish", True),
    "failed-rate": (ErrorKind.RATE_LIMITED, "could not finish", True),
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with Provider(drip_seconds=0.05) as provider:
        yield provider


def test_table_names_every_fault() -> None:
    assert EXPECTED.keys() == set(faults.NAMES)


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize("name", EXPECTED)
def test_fault_costs_one_call_and_gets_its_kind_and_message(
    shared: Provider, name: str, api: str
) -> None:
    kind, message, comes_back = EXPECTED[name]
    seconds = 0.3 if name in {"hang", "drip"} else 10.0
    before = len(shared.calls)

    conf = config(shared.base_url, api=api, timeout=seconds)
    error, completion = failure(conf, posting(f"Text [[fault:{name}]]"))

    assert (error.kind, message in error.message) == (kind, True), error.message
    assert (completion is not None) == comes_back
    assert len(shared.calls) == before + 1
    assert "<" not in error.message


def test_wait_that_the_provider_asks_for_is_kept(shared: Provider) -> None:
    for name in ("429", "500", "502-html", "quota"):
        text = posting(f"Text [[fault:{name} retry-after=7]]")
        error, _ = failure(config(shared.base_url), text)

        assert error.retry_after == 7


def test_wait_is_none_where_the_provider_asks_for_none(shared: Provider) -> None:
    error, _ = failure(config(shared.base_url), posting("Text [[fault:429]]"))

    assert error.retry_after is None


def test_limit_of_the_stand_in_refuses_with_a_wait(shared: Provider) -> None:
    with Provider(requests_per_window=0) as provider:
        error, _ = failure(config(provider.base_url), posting())

    assert error.kind is ErrorKind.RATE_LIMITED
    assert error.retry_after == 60
