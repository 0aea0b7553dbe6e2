"""The OpenAPI description, and whether the API keeps to it: schemathesis asks everything.

In this process, through the WSGI application; derandomised, so that a failure is one again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig

from jobsite.api.service import api
from jobsite.wsgi import application
from tests.builders import enriched_posting, failed_posting, make_posting, start_batch
from tests.jobsite.api.asking import Caller
from tests.people import make_user

EXAMPLES = 12
# Of these JSON Schema can't say all that an importer asks for.
HALF_SAID = {"url", "posted_at"}

load_all_checks()
_MOMENTS = st.datetimes(
    min_value=datetime(1901, 1, 1),  # noqa: DTZ001  # hypothesis wants naive ones
    max_value=datetime(2198, 1, 1),  # noqa: DTZ001
)
schemathesis.openapi.format("date-time", _MOMENTS.map(lambda one: f"{one:%FT%TZ}"))
_ADDRESSES = st.from_regex(
    r"https?://[a-z]{1,20}\.org(/[a-z0-9]{0,9})?", fullmatch=True
)
schemathesis.openapi.format("uri", _ADDRESSES)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests leave the test's connection, and its transaction, as they are."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def caller(db: None, settings: Any, _one_connection: None) -> Caller:
    """One who may do all, on a site with something of each kind."""
    settings.API_REQUESTS_PER_MINUTE = 60_000
    settings.ALLOWED_HOSTS = ["localhost"]
    enriched_posting(source="feed", external_id="1")
    failed_posting()
    start_batch(make_posting())
    make_posting()
    return Caller(user=User.objects.create_superuser("root"))


def _described() -> Any:
    """The description with the application behind it."""
    described = json.loads(json.dumps(api.get_openapi_schema()))
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"deterministic": True, "with-security-parameters": False},
            # Takes minutes to think of its boundary cases; `docs/api.md` has the command.
            "phases": {"coverage": {"enabled": False}},
        }
    )
    schema = schemathesis.openapi.from_dict(described, config=config)
    schema.app = application
    return schema


schema = _described()


@schema.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_api_keeps_to_its_description(case: Any, caller: Caller) -> None:
    headers = {"Authorization": f"Bearer {caller.text}"}
    answer = case.call(headers=headers)
    left_out = []
    if answer.status_code == 422 and answer.json()["field"] in HALF_SAID:
        left_out = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]
    case.validate_response(answer, headers=headers, excluded_checks=left_out)


@pytest.mark.django_db
def test_description_is_for_a_token_or_a_person_who_may_look() -> None:
    client = Client()
    assert client.get("/api/openapi.json").status_code == 401
    client.force_login(make_user("plain"))
    assert client.get("/api/openapi.json").status_code == 401

    client.force_login(make_user("viewer", "view_jobposting"))
    told = client.get("/api/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) == 8
    assert Caller().get("openapi.json") == told


def test_every_address_says_which_refusals_it_has() -> None:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            assert {401, 403, 429, 503} <= set(operation["responses"]), (path, method)
            assert operation["security"]
