"""The provider: what it repeats of the key, where it sends us, and who says where it is."""

from __future__ import annotations

import os
import traceback
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from enrichment import conf
from enrichment.llm.client import complete
from enrichment.llm.errors import LlmError
from enrichment.offline.http import Reply, json_reply
from tests.enrichment.llm.calls import answering, config, posting

KEY = "abcd-planted-0123456789-7xvz"
PLANTED = ("planted", "7xvz")


def told(text: str) -> dict[str, Any]:
    return {"error": {"message": text, "type": "invalid_request_error", "code": None}}


ECHOES = {
    "refusal": json_reply(401, told(f"Incorrect API key provided: {KEY}.")),
    "masked": json_reply(401, told("Incorrect API key: abcd-planted***********7xvz.")),
    "long": json_reply(401, told("x" * 290 + KEY)),
    "text": Reply(status=500, body=KEY.encode(), content_type="text/plain"),
    "id": json_reply(401, told("no"), headers={"x-request-id": f"req {KEY}"}),
    "in an answer": json_reply(
        200,
        {
            "status": "failed",
            "model": f"m {KEY}",
            "output": [],
            "error": {"code": "server_error", "message": "x" * 290 + KEY},
        },
    ),
    "in a page": Reply(status=200, body=f"<p>{KEY}".encode(), content_type="text/html"),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_what_a_provider_repeats_is_taken_out(echo: str) -> None:
    with answering(ECHOES[echo]) as (address, requests):
        try:
            completion = complete(config(address, api_key=KEY), posting())
        except LlmError as error:
            left = "".join(traceback.format_exception(error)) + error.request_id
        else:
            assert completion.problem
            left = f"{completion} {completion.problem.message}"

    assert requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert [one for one in PLANTED if one in left] == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_key_does_not_follow_a_redirect_to_another_host(status: int) -> None:
    with answering(json_reply(200, {})) as (elsewhere, arrived):
        place = elsewhere.replace("127.0.0.1", "localhost")
        moved = json_reply(status, {}, headers={"location": f"{place}/v1/responses"})
        with (
            answering(moved) as (address, _requests),
            pytest.raises(LlmError, match="points elsewhere"),
        ):
            complete(config(address), posting())

    assert arrived == []


def test_only_the_environment_says_where_the_provider_is() -> None:
    """No column, form, address or option of a command holds an address of a provider."""
    fields = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if "base_url" in field.name or "api_key" in field.name
    }

    assert fields == set()


@pytest.mark.django_db
def test_request_cannot_change_where_the_provider_is(
    client: Client, settings: Any
) -> None:
    settings.ENRICHMENT_OFFLINE, settings.OPENAI_BASE_URL = False, "http://10.9.8.7/v1"
    client.force_login(User.objects.create_superuser("root"))
    evil = {"OPENAI_BASE_URL": "http://169.254.169.254", "base_url": "http://evil"}

    client.post("/enrichment/start/", evil, headers={"X-OPENAI-BASE-URL": "http://e"})

    assert conf.client_config().base_url == "http://10.9.8.7/v1"
    assert os.environ.get("OPENAI_BASE_URL") is None


def test_password_in_the_provider_s_address_is_no_part_of_its_name(
    settings: Any,
) -> None:
    settings.ENRICHMENT_OFFLINE = False
    settings.OPENAI_BASE_URL = "https://me:hunter2@llm.example.org:8443/v1"

    assert conf.account() == "https://llm.example.org:8443/v1"
