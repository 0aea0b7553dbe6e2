"""Tokens, webhooks and deliveries in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from jobsite.api import tokens
from jobsite.api.hooks import outbox
from jobsite.api.models import ApiToken, Webhook, WebhookDelivery
from tests.jobsite.api.asking import Caller
from tests.people import make_user

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://example.com/hook", "on_finished": "on", "active": "on"}


@pytest.fixture
def client() -> Client:
    """A superuser's."""
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def staff(*permissions: str) -> tuple[User, Client]:
    user = make_user("staff", *permissions)
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    return user, client


def add(client: Client, name: str, data: dict[str, Any]) -> Any:
    return client.post(reverse(f"admin:api_{name}_add"), data)


def act(client: Client, name: str, action: str, *rows: Any) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    address = reverse(f"admin:api_{name}_changelist")
    return client.post(address, data, follow=True).content.decode()


class TestTokens:
    def test_new_one_is_shown_on_its_page_alone(self, client: Client) -> None:
        root = User.objects.get()
        data = {"user": root.pk, "name": "feed", "may_read": "on"}

        answer = add(client, "apitoken", data)

        token = ApiToken.objects.get()
        text = answer.context["text"]
        assert text in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert Caller(text=text).get("stats")["total"] == 0
        assert not any(text in str(cookie) for cookie in client.cookies.values())
        assert text not in str(LogEntry.objects.values())
        page = client.get(reverse("admin:api_apitoken_change", args=[token.pk]))
        assert text not in page.content.decode()

    def test_without_a_scope_or_in_the_past_it_is_not_made(
        self, client: Client
    ) -> None:
        root = User.objects.get()
        add(client, "apitoken", {"user": root.pk, "name": "feed"})
        past = {"expires_at_0": "2020-01-01", "expires_at_1": "00:00"}
        add(
            client,
            "apitoken",
            {"user": root.pk, "name": "feed", "may_read": "on", **past},
        )

        assert not ApiToken.objects.exists()

    def test_staff_makes_tokens_for_themselves_alone(self) -> None:
        root = User.objects.create_superuser("root")
        tokens.make(user=root, name="the chief's", scopes=["read"])
        user, client = staff("add_apitoken", "view_apitoken")

        add(client, "apitoken", {"user": root.pk, "name": "mine", "may_read": "on"})

        assert ApiToken.objects.get(name="mine").user == user
        page = client.get(reverse("admin:api_apitoken_changelist")).content.decode()
        assert "mine" in page
        assert escape("the chief's") not in page

    def test_revoked_one_opens_nothing_and_is_logged(self, client: Client) -> None:
        caller = Caller()
        assert caller.token is not None

        page = act(client, "apitoken", "revoke", caller.token)

        assert "1 token revoked." in page
        assert caller.get("stats")
        assert caller.status == 401
        assert caller.token.prefix in LogEntry.objects.get().change_message
        assert "revoked already" in act(client, "apitoken", "revoke", caller.token)


class TestWebhooks:
    def test_secret_is_shown_once(self, client: Client) -> None:
        answer = add(client, "webhook", HOOK)

        hook = Webhook.objects.get()
        assert escape(hook.secret) in answer.content.decode()
        assert hook.created_by == User.objects.get()
        page = client.get(reverse("admin:api_webhook_change", args=[hook.pk]))
        assert escape(hook.secret) not in page.content.decode()
        assert b"example.com" in page.content

    def test_new_secret_replaces_it(self, client: Client) -> None:
        hook = Webhook.objects.create(url=HOOK["url"])

        page = act(client, "webhook", "new_secret", hook)

        before = hook.secret
        hook.refresh_from_db()
        assert hook.secret != before
        assert escape(hook.secret) in page

    @pytest.mark.parametrize(
        "url", ["http://example.com/", "ftp://x.org/", "https://a:b@example.com/"]
    )
    def test_address_that_is_never_allowed_is_refused(
        self, client: Client, url: str
    ) -> None:
        add(client, "webhook", {**HOOK, "url": url})

        assert not Webhook.objects.exists()

    def test_test_message_waits_in_the_outbox(self, client: Client) -> None:
        hook = Webhook.objects.create(url=HOOK["url"])

        assert "on its way" in act(client, "webhook", "send_test", hook)

        assert WebhookDelivery.objects.get().event == "test"

    def test_switched_on_again_it_starts_afresh(self, client: Client) -> None:
        hook = Webhook.objects.create(url=HOOK["url"], active=True, failures=5)
        Webhook.objects.all().switch_off("too many")

        client.post(reverse("admin:api_webhook_change", args=[hook.pk]), HOOK)

        hook.refresh_from_db()
        assert (hook.active, hook.failures, hook.stopped_because) == (True, 0, "")

    def test_message_that_is_over_is_sent_again_with_its_id(
        self, client: Client
    ) -> None:
        row = outbox.put_test(Webhook.objects.create(url=HOOK["url"]))
        assert "on their way already" in act(
            client, "webhookdelivery", "send_again", row
        )
        WebhookDelivery.objects.all().give_up()

        act(client, "webhookdelivery", "send_again", row)

        again = WebhookDelivery.objects.get()
        assert (again.status, again.tries, again.key) == ("pending", 0, row.key)

    def test_pages_open(self, client: Client) -> None:
        row = outbox.put_test(Webhook.objects.create(url=HOOK["url"]))
        for name in ("apitoken", "webhook", "webhookdelivery"):
            address = reverse(f"admin:api_{name}_changelist")
            assert client.get(address).status_code == 200
        change = reverse("admin:api_webhookdelivery_change", args=[row.pk])
        assert client.get(change).status_code == 200
