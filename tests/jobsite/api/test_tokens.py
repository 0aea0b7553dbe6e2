"""Who is let in, with what, and until when."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from jobsite.api import tokens
from jobsite.api.models import ApiToken
from tests.builders import make_posting
from tests.jobsite.api.asking import Caller, chosen, pending
from tests.people import make_user

pytestmark = pytest.mark.django_db


def answers_of(*scopes: str, user: User | None = None) -> list[int]:
    """To a read, a start, a cancel and a write."""
    caller = Caller(*scopes, user=user)
    posting = {"title": "Baker", "description": "Bread."}
    asked: list[Any] = [
        caller.get("stats") and caller.status,
        caller.post("runs", pending()) and caller.status,
        caller.post("runs/1/cancel") and caller.status,
        caller.put("postings/feed/1", posting) and caller.status,
    ]
    return asked


class TestLife:
    def test_good_token_is_let_in(self) -> None:
        caller = Caller()

        assert caller.get("stats")["total"] == 0
        assert caller.status == 200

    def test_database_knows_a_digest_and_a_beginning_alone(self) -> None:
        caller = Caller()

        row = ApiToken.objects.values().get()
        assert caller.text not in str(row)
        assert caller.text.startswith(row["prefix"])
        assert len(caller.text) - len(row["prefix"]) > 30

    @pytest.mark.parametrize("text", ["jobsite_nothing", "é", "", "\udcff"])
    def test_unknown_one_is_refused(self, text: str) -> None:
        caller = Caller(text=text or "x")
        caller.text = text
        if text.isascii():
            caller.get("stats")
            assert caller.refused == (401, "unauthorized", None)
            assert caller.answer["WWW-Authenticate"] == "Bearer"
        else:
            assert len(tokens.digest(text)) == 64

    def test_revoked_one_is_refused(self) -> None:
        caller = Caller()
        assert ApiToken.objects.revoke() == 1
        assert ApiToken.objects.revoke() == 0

        assert "revoked" in caller.get("stats")["message"]
        assert caller.status == 401

    def test_expired_one_is_refused(self) -> None:
        caller = Caller()
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert "no longer good" in caller.get("stats")["message"]
        assert caller.status == 401

    def test_user_who_left_takes_the_token_along(self) -> None:
        caller = Caller()
        User.objects.update(is_active=False)

        caller.get("stats")

        assert caller.status == 401

    def test_use_is_written_once_a_minute(self) -> None:
        caller = Caller()
        caller.get("stats")
        first = ApiToken.objects.get().last_used_at
        assert first is not None
        caller.get("stats")
        assert ApiToken.objects.get().last_used_at == first

        long_ago = first - timedelta(seconds=90)
        ApiToken.objects.update(last_used_at=long_ago)
        caller.get("stats")

        assert ApiToken.objects.get().last_used_at != long_ago

    def test_token_without_a_scope_can_not_be_stored(self) -> None:
        with pytest.raises(IntegrityError):
            tokens.make(user=make_user("x"), name="none", scopes=[])


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "statuses"),
        [
            ("read", [200, 403, 403, 403]),
            ("enrich", [403, 200, 403, 403]),
            ("control", [403, 403, 404, 403]),
            ("write", [403, 403, 403, 201]),
        ],
    )
    def test_scope_opens_its_own_addresses(
        self, scope: str, statuses: list[int]
    ) -> None:
        assert answers_of(scope) == statuses

    def test_user_without_permissions_gains_none(self) -> None:
        assert answers_of(user=make_user("plain")) == [403] * 4

    def test_permission_taken_away_counts_at_once(self) -> None:
        user = make_user("left", "view_jobposting")
        caller = Caller(user=user)
        assert caller.get("runs")
        assert caller.status == 200

        user.user_permissions.clear()

        assert "jobs.view_jobposting" in caller.get("runs")["message"]
        assert caller.refused == (403, "forbidden", None)

    def test_session_has_no_power(self) -> None:
        client = Client()
        client.force_login(make_user("operator", "start_run", "view_jobposting"))
        make_posting()

        start = client.post("/api/runs", pending(), content_type="application/json")

        assert start.status_code == 401
        assert client.get("/api/runs").status_code == 401


class TestTelling:
    def test_log_names_the_beginning_and_never_the_token(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caller = Caller()
        with caplog.at_level(logging.DEBUG):
            caller.post("runs", chosen(make_posting()))
            caller.get("stats")
            caller.get("stats", Authorization=f"Basic {caller.text}")

        assert caller.text not in caplog.text
        assert f"POST /api/runs: 201, token {caller.text[:16]}" in caplog.text

    def test_command_prints_the_token_alone(self) -> None:
        make_user("ann", "view_jobposting")
        out, err = StringIO(), StringIO()

        call_command(
            *("create_api_token", "ann", "--name", "feed", "--scope", "read"),
            *("--scope", "write", "--days", "30"),
            stdout=out,
            stderr=err,
        )

        text = out.getvalue().strip()
        caller = Caller(text=text)
        assert caller.get("stats")
        assert caller.status == 200
        token = ApiToken.objects.get()
        assert token.scopes == ["read", "write"]
        assert token.expires_at is not None
        assert text not in err.getvalue()

    @pytest.mark.parametrize(
        "options",
        [["nobody"], ["ann", "--days", "0"], ["ann", "--until", "2020-01-01"]],
    )
    def test_command_refuses_what_makes_no_sense(self, options: list[str]) -> None:
        make_user("ann")
        with pytest.raises(CommandError):
            call_command("create_api_token", *options, "--name=x", "--scope=read")
        assert not ApiToken.objects.exists()
