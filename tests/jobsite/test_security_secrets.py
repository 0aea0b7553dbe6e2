"""A planted key and planted passwords, ways to fail, and a search through all that is left."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from logging.config import DictConfigurator
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.core import mail, serializers
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from enrichment import redaction
from enrichment.models import Enrichment, LlmCall, Run
from enrichment.offline.http import json_reply
from tests.builders import make_posting, start_batch
from tests.enrichment.llm.calls import answering
from tests.enrichment.running import run, use
from tests.provider import Provider

# Of no form that anything would recognize, and with characters that each format escapes.
KEY = 'planted&key"<+/é>-7xvz'
PASSWORD = "planted-password-9wkq"
QUEUE_PASSWORD = "planted-queue-4yjh"
# No digits of a hash: one of four may stand in any.
PLANTED = ("planted", "7xvz", "9wkq", "4yjh")
# What a provider finds in a header can't hold the others.
PLAIN_KEY = "abcd-planted-0123456789-7xvz"
REFUSAL = json_reply(
    401, {"error": {"message": f"Incorrect API key provided: {PLAIN_KEY}."}}
)


def kept_of(text: str) -> list[str]:
    return [one for one in PLANTED if one in text]


def broken(request: HttpRequest) -> NoReturn:
    """A view whose fault has the secrets in its message and among its variables."""
    key, password = site_settings.OPENAI_API_KEY, PASSWORD
    raise RuntimeError(f"{key} {password} {request.path}")


urlpatterns = [path("broken/", broken)]


@pytest.fixture
def planted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.OPENAI_API_KEY = KEY
    settings.Q_BROKER_URL = f"redis://:{QUEUE_PASSWORD}@localhost:6379/0"
    database = site_settings.DATABASES["default"]
    monkeypatch.setitem(database, "PASSWORD", PASSWORD)
    return settings


@pytest.mark.django_db
def test_nothing_planted_is_left_after_refused_calls(
    provider: Provider, planted: Any, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    use(provider, planted)
    planted.OPENAI_API_KEY = PLAIN_KEY
    caplog.set_level(logging.DEBUG, logger="enrichment")
    with answering(REFUSAL) as (address, _requests):
        planted.OPENAI_BASE_URL = address.replace("//", f"//me:{PASSWORD}@")
        run(start_batch(make_posting(), make_posting()))
    assert Run.objects.get().status == Run.Status.BLOCKED
    assert LlmCall.objects.filter(error_message__contains="[key]").exists()

    assert kept_of(database()) == []
    assert kept_of(pages(client)) == []
    assert kept_of(caplog.text) == []
    assert kept_of(files()) == []


def database() -> str:
    """Every row of every table."""
    rows = (
        serializers.serialize("json", model._default_manager.all())
        for model in apps.get_models()
    )
    text = "\n".join(rows)
    assert "Incorrect API key provided" in text
    return text


def pages(client: Client) -> str:
    client.force_login(User.objects.create_superuser("root"))
    run_id, call_id = Run.objects.get().pk, LlmCall.objects.latest("pk").pk
    posting_id = Enrichment.objects.latest("pk").pk
    addresses = (
        *("/jobs/", f"/jobs/{posting_id}/", f"/enrichment/runs/{run_id}/"),
        *("/enrichment/runs/", "/enrichment/failures/", "/enrichment/progress/"),
        f"/admin/enrichment/run/{run_id}/change/",
        f"/admin/enrichment/llmcall/{call_id}/change/",
        *("/admin/enrichment/llmcall/", "/admin/enrichment/providerpace/"),
    )
    texts = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        texts.append(response.content.decode())
    text = "\n".join(texts)
    assert "Incorrect API key provided" in text
    return text


def files() -> str:
    kept = Path(site_settings.VAR_DIR)
    return "\n".join(
        path.read_text("utf-8", "replace")
        for path in kept.rglob("*")
        if path.is_file() and path.suffix != ".css"
    )


# --- Faults of this program -------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_error_page_and_mail_show_no_secret(planted: Any, *, debug: bool) -> None:
    planted.ROOT_URLCONF = __name__
    planted.DEBUG = debug
    planted.ADMINS = [("Ann", "ann@example.org")]
    planted.MIDDLEWARE = []

    response = Client(raise_request_exception=False).get("/broken/")

    page = response.content.decode()
    assert response.status_code == 500
    assert ("OPENAI_API_KEY" in page) is debug
    assert kept_of(page) == []
    assert len(mail.outbox) == 1
    for message in mail.outbox:
        assert redaction.HIDDEN in message.body
        assert kept_of(f"{message.subject} {message.body}") == []


@pytest.mark.django_db
def test_json_for_programs_gets_no_secret_either(planted: Any) -> None:
    """Django's debug page as text, for whoever doesn't ask for HTML."""
    planted.ROOT_URLCONF, planted.DEBUG, planted.MIDDLEWARE = __name__, True, []

    client = Client(raise_request_exception=False)
    page = client.get("/broken/", headers={"accept": "application/json"})

    assert redaction.HIDDEN in page.content.decode()
    assert kept_of(page.content.decode()) == []


def formatters() -> Iterator[tuple[str, logging.Formatter]]:
    logging_settings: Any = site_settings.LOGGING
    configurator = DictConfigurator(logging_settings)
    for name, spec in logging_settings["formatters"].items():
        yield name, configurator.configure_formatter(dict(spec))


def test_every_log_line_is_without_secrets(planted: Any) -> None:
    try:
        raise RuntimeError(f"{KEY} {PASSWORD} {QUEUE_PASSWORD}")
    except RuntimeError:
        trace: Any = sys.exc_info()
    record = logging.LogRecord(
        "x", logging.ERROR, "x.py", 1, "said %s", (f"{KEY} {PASSWORD}",), trace
    )
    found = dict(formatters())

    assert found
    for name, formatter in found.items():
        line = formatter.format(record)
        assert "RuntimeError" in line, name
        assert kept_of(line) == [], name
    handlers: Any = site_settings.LOGGING["handlers"]
    used = {handler.get("formatter") for handler in handlers.values()}
    assert used <= set(found), "a handler without one of these writes as it likes"


def test_task_that_fails_leaves_no_secret_in_its_record(planted: Any) -> None:
    with pytest.raises(RuntimeError) as failure, redaction.no_secret_raised():
        raise ValueError(f"{KEY} {PASSWORD}")

    record = "".join(traceback.format_exception(failure.value))
    assert "ValueError" in record
    assert kept_of(record.replace(__file__, "")) == [], record


def test_task_s_other_errors_stay_what_they_are(planted: Any) -> None:
    with pytest.raises(ValueError, match=r"^harmless$"), redaction.no_secret_raised():
        raise ValueError("harmless")


def test_traceback_that_ends_a_program_is_without_secrets(
    planted: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise RuntimeError(f"{KEY} {PASSWORD}")
    except RuntimeError as error:
        redaction.write_uncaught(type(error), error, error.__traceback__)

    written = capsys.readouterr().err
    assert "RuntimeError: [hidden] [hidden]" in written


@pytest.mark.django_db
def test_database_that_cannot_be_reached_says_no_password() -> None:
    from django.db.backends.postgresql.base import DatabaseWrapper

    away = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    away |= {"USER": "ann", "NAME": "site", "PASSWORD": PASSWORD, "OPTIONS": {}}
    with pytest.raises(psycopg.OperationalError) as failure:
        DatabaseWrapper(away).connect()

    text = "".join(traceback.format_exception(failure.value))
    assert "127.0.0.1" in text
    assert kept_of(text) == []


@pytest.mark.parametrize("secret", ["none", "offline", "short", ""])
def test_words_that_stand_for_no_key_are_not_hunted(settings: Any, secret: str) -> None:
    settings.OPENAI_API_KEY = secret

    assert redaction.hidden(f"It was {secret} here") == f"It was {secret} here"


def test_secret_is_found_in_every_form(planted: Any) -> None:
    for form in (
        KEY,
        "planted%26key%22%3C%2B%2F%C3%A9%3E-7xvz",
        "planted&amp;key&quot;&lt;+/é&gt;-7xvz",
        r"planted&key\"<+/\u00e9>-7xvz",
    ):
        assert redaction.hidden(f"a {form} b") == "a [hidden] b"
