"""One call to the provider, through the openai SDK; its only importer.

`complete()` answers with what came back, usage included, even when the text is no use; it
raises `LlmError` when nothing usable or billable came back. The SDK's own retries are off.
"""

from __future__ import annotations

import json
import time
import weakref
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
from openai import OpenAI

from enrichment.llm import answers, prompt, refusals, schema
from enrichment.llm.completion import Completion
from enrichment.llm.config import ClientConfig
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import SHIPPED, Prompt
from enrichment.llm.refusals import without_key
from enrichment.llm.transport import BodyRefused, bounded_http_client

SCHEMA_NAME = "job_facts"
OPENAI_BASE_URL = "https://api.openai.com/v1"


@lru_cache(maxsize=4)
def _sdk(config: ClientConfig) -> OpenAI:
    """One client per configuration and process, built at first use: workers fork."""
    base_url = config.base_url or OPENAI_BASE_URL
    if not (config.api_key.isascii() and config.api_key.isprintable()):
        raise LlmError(
            ErrorKind.UNAUTHORIZED,
            "OPENAI_API_KEY holds characters that no key has; copy it again",
        )
    http_client = bounded_http_client(
        base_url=base_url, timeout=config.timeout, connections=config.connections
    )
    sdk = OpenAI(
        api_key=config.api_key,
        base_url=base_url,
        max_retries=0,
        timeout=config.timeout,
        http_client=http_client,
    )
    # A client that fell out of the cache leaves no connection open.
    weakref.finalize(sdk, http_client.close)
    return sdk


@lru_cache(maxsize=4)
def prepare(config: ClientConfig) -> None:
    """Do now what the first call of a process would spend half a second on.

    A pace is kept by the starts of calls, and a slow first one would come close to the
    second. What is wrong with the configuration, `complete` tells.
    """
    try:
        sdk = _sdk(config)
    except LlmError:
        return
    # The SDK imports and builds most of itself in its first call, so it makes one, to
    # nobody: no byte leaves this process.
    nobody = httpx2.MockTransport(lambda _request: httpx2.Response(200, json={}))
    rehearsing = sdk.copy(http_client=httpx2.Client(transport=nobody))
    text = PostingText(title="", company="", location="", description="")
    _ask(rehearsing, config, text, SHIPPED)


def complete(
    config: ClientConfig, posting: PostingText, told: Prompt = SHIPPED
) -> Completion:
    """Ask the model about one posting. Safe to call from several threads.

    Raises:
        LlmError: classified by remedy; nothing else leaves here for a fault outside.
    """
    started = time.monotonic()
    reply = _answer(config, posting, told)
    if isinstance(reply, LlmError):
        raise reply
    latency_ms = round((time.monotonic() - started) * 1000)
    read = answers.from_response if config.api == "responses" else answers.from_chat
    request_id = without_key(reply.headers.get("x-request-id", ""), config.api_key)
    return replace(
        read(_body(reply, key=config.api_key)),
        request_id=request_id[:200],
        http_status=reply.status_code,
        latency_ms=latency_ms,
        headers=refusals.rate_headers(reply.headers),
    )


def _answer(
    config: ClientConfig, posting: PostingText, told: Prompt
) -> httpx2.Response | LlmError:
    """The error is a value, for the caller to raise without the SDK's error behind it.

    That one's text is what the provider said, and may repeat the key in a traceback.
    """
    try:
        return _ask(_sdk(config), config, posting, told)
    except LlmError as error:
        return error
    except openai.OpenAIError as error:
        return _classified(error, key=config.api_key)


def _ask(
    sdk: OpenAI, config: ClientConfig, posting: PostingText, told: Prompt
) -> httpx2.Response:
    """By the SDK's `post`: its typed methods would look through schema and answer again.

    They take nearly half of a call's CPU for it (decision 9).
    """
    if config.api == "responses":
        path, request = "/responses", _for_responses(config, posting, told)
    else:
        path, request = "/chat/completions", _for_chat(config, posting, told)
    return sdk.post(path, cast_to=httpx2.Response, body=request)


def _body(reply: httpx2.Response, *, key: str) -> dict[str, Any]:
    try:
        body = json.loads(without_key(reply.content.decode("utf-8-sig"), key))
    except (ValueError, RecursionError) as error:
        if "json" not in reply.headers.get("content-type", ""):
            raise refusals.not_an_answer(reply.text) from error
        raise LlmError(
            ErrorKind.SERVER_ERROR,
            "The provider's answer was cut off or no JSON at all",
        ) from error
    if not isinstance(body, dict):
        raise refusals.not_an_answer(body)
    return body


def _for_responses(
    config: ClientConfig, posting: PostingText, told: Prompt
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": config.model,
        "instructions": told.instructions,
        "input": [{"role": "user", "content": prompt.render(posting)}],
        "text": {
            "format": {
                "type": "json_schema",
                "name": SCHEMA_NAME,
                "schema": _json_schema(),
                "strict": True,
            }
        },
        "max_output_tokens": config.max_output_tokens,
        "store": False,
    }
    if config.reasoning_effort:
        request["reasoning"] = {"effort": config.reasoning_effort}
    return request


def _for_chat(
    config: ClientConfig, posting: PostingText, told: Prompt
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": config.model,
        "messages": [
            {"role": "system", "content": told.instructions},
            {"role": "user", "content": prompt.render(posting)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": SCHEMA_NAME,
                "schema": _json_schema(),
                "strict": True,
            },
        },
        _limit_name(config): config.max_output_tokens,
    }
    if config.reasoning_effort:
        request["reasoning_effort"] = config.reasoning_effort
    return request


def _limit_name(config: ClientConfig) -> str:
    """OpenAI's reasoning models refuse the older name, and other servers know no newer."""
    host = urlsplit(config.base_url or OPENAI_BASE_URL).hostname or ""
    is_openai = host.endswith((".openai.com", ".openai.azure.com"))
    return "max_completion_tokens" if is_openai else "max_tokens"


@lru_cache(maxsize=1)
def _json_schema() -> dict[str, Any]:
    return schema.json_schema()


def _classified(error: openai.OpenAIError, *, key: str) -> LlmError:
    match error:
        case openai.APIStatusError():
            return refusals.from_status(
                error.status_code,
                error.body,
                headers=error.response.headers,
                request_id=without_key(error.request_id or "", key)[:200],
                key=key,
            )
        case openai.APIConnectionError():
            return _unconnected(error.__cause__)
        case _:
            return LlmError(
                ErrorKind.INTERNAL_ERROR, f"Unexpected {type(error).__name__}"
            )


def _unconnected(cause: BaseException | None) -> LlmError:
    match cause:
        case BodyRefused():
            return LlmError(ErrorKind.SERVER_ERROR, str(cause))
        case httpx2.ReadTimeout() | httpx2.WriteTimeout():
            return LlmError(
                ErrorKind.TIMEOUT,
                "No answer within ENRICHMENT_TIMEOUT_SECONDS; "
                "if this stays so, raise it or choose a faster model",
            )
        case _:
            reason = refusals.cleaned(str(cause)) or type(cause).__name__
            return LlmError(
                ErrorKind.CONNECTION,
                f"No connection to the provider ({reason}); "
                "check the network and OPENAI_BASE_URL",
            )
