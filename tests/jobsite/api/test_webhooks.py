"""A run's end, the row in its transaction, and the message on its way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now

from enrichment import batches
from enrichment.llm.errors import ErrorKind
from enrichment.models import Run
from enrichment.signals import beat
from jobsite.api.hooks import outbox, sender
from jobsite.api.models import Webhook, WebhookDelivery
from tests.builders import enriched_posting, make_posting, start_batch
from tests.jobsite.api.asking import Caller
from tests.jobsite.api.receiver import Receiver
from tests.parallel import together

REASON: dict[str, Any] = {
    "kind": ErrorKind.INSUFFICIENT_QUOTA,
    "reason": "The account is empty",
}


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.API_WEBHOOK_INSIDE_HOSTS = ["127.0.0.1"]
    with Receiver() as receiver:
        yield receiver


def make_hook(url: str = "https://example.com/hook", **fields: Any) -> Webhook:
    return Webhook.objects.create(url=url, **fields)


def events() -> list[str]:
    rows = WebhookDelivery.objects.order_by("pk")
    return list(rows.values_list("event", flat=True))


def delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def comes_due() -> None:
    earlier = Now() - timedelta(seconds=1)
    WebhookDelivery.objects.filter(status="pending").update(next_try_at=earlier)


@pytest.mark.django_db
class TestOutbox:
    def test_each_end_writes_a_row(self) -> None:
        make_hook()
        enriched_posting()
        batches.cancel(start_batch(make_posting()).run_id)
        batches.block(start_batch(make_posting()).run_id, **REASON)

        assert events() == ["run.finished", "run.cancelled", "run.blocked"]

    def test_pause_and_a_second_cancel_are_no_end(self) -> None:
        make_hook()
        run_id = start_batch(make_posting()).run_id

        batches.pause(run_id)
        assert events() == []
        batches.cancel(run_id)
        batches.cancel(run_id)

        assert events() == ["run.cancelled"]

    def test_row_is_undone_with_the_end(self) -> None:
        make_hook()
        run_id = start_batch(make_posting()).run_id

        with transaction.atomic():
            batches.cancel(run_id)
            assert events() == ["run.cancelled"]
            transaction.set_rollback(True)

        assert events() == []
        assert Run.objects.get(pk=run_id).status == "active"

    def test_failed_probe_is_no_news(self) -> None:
        make_hook()
        run_id = start_batch(make_posting()).run_id
        down = {"kind": ErrorKind.PROVIDER_DOWN, "reason": "It is down"}
        batches.block(run_id, **down)  # type: ignore[arg-type]
        assert batches.probe(run_id, after=-1)  # blocked just now is long enough

        assert batches.block(run_id, **down)  # type: ignore[arg-type]
        assert events() == ["run.blocked"]

        batches.resume(run_id)
        batches.block(run_id, **down)  # type: ignore[arg-type]
        assert events() == ["run.blocked", "run.blocked"]

    def test_only_those_who_asked_are_told(self) -> None:
        make_hook(active=False)
        make_hook(on_finished=False)

        enriched_posting()

        assert events() == []


@pytest.mark.django_db
class TestMessage:
    def test_run_is_told_as_the_api_tells_it(self, receiver: Receiver) -> None:
        hook = make_hook(receiver.url)
        enriched_posting()
        run = Run.objects.get()

        assert sender.send_due() == 1

        [(headers, body)] = receiver.came
        told = json.loads(body)
        assert told["type"] == "run.finished"
        assert (
            told["data"]["run"]["figures"] == Caller().get(f"runs/{run.pk}")["figures"]
        )
        assert headers["webhook-id"] == str(delivery().key)
        assert headers["content-type"] == "application/json"
        row = delivery()
        assert (row.status, row.tries, row.http_status) == ("delivered", 1, 200)
        assert row.answer == "thanks"
        assert hook.secret not in body.decode() + str(headers)

    def test_signature_is_what_the_docs_say(self, receiver: Receiver) -> None:
        hook = make_hook(receiver.url)
        outbox.put_test(hook)
        sender.send_due()
        [(headers, body)] = receiver.came

        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode()
        key = base64.b64decode(hook.secret.removeprefix("whsec_"))
        mac = hmac.new(key, signed + body, hashlib.sha256).digest()

        assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"

    def test_run_without_a_listener_sends_nothing(self, receiver: Receiver) -> None:
        enriched_posting()

        assert sender.send_due() == 0
        assert receiver.came == []


@pytest.mark.django_db
class TestRetry:
    def test_failed_try_comes_again_with_the_same_id_and_body(
        self, receiver: Receiver
    ) -> None:
        receiver.status, receiver.text = 500, "broken"
        outbox.put_test(make_hook(receiver.url))
        sender.send_due()

        row = delivery()
        assert (row.status, row.http_status, row.answer) == ("pending", 500, "broken")
        assert row.error == "it answered 500"
        assert sender.send_due() == 0  # not before its time

        receiver.status = 204
        comes_due()
        sender.send_due()

        (first, body), (second, again) = receiver.came
        assert first["webhook-id"] == second["webhook-id"]
        assert body == again
        assert (delivery().status, delivery().tries) == ("delivered", 2)

    def test_waits_grow_to_a_day_and_then_it_is_given_up(
        self, receiver: Receiver
    ) -> None:
        receiver.status = 503
        hook = make_hook(receiver.url)
        outbox.put_test(hook)

        for _ in range(sender.MOST_TRIES):
            comes_due()
            sender.send_due()

        row = delivery()
        assert (row.status, row.tries) == ("given_up", 8)
        assert sum(sender.WAITS) > 22 * 3600
        hook.refresh_from_db()
        assert (hook.failures, hook.active) == (1, True)

    def test_sender_that_dies_costs_a_wait_and_nothing_else(
        self, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outbox.put_test(make_hook(receiver.url))

        def die(*_args: Any) -> None:
            raise KeyboardInterrupt  # as far as the row goes, a kill -9

        with monkeypatch.context() as patched:
            patched.setattr(sender, "post", die)
            with pytest.raises(KeyboardInterrupt):
                sender.send_due()
        assert (delivery().status, delivery().tries) == ("pending", 1)

        comes_due()
        assert sender.send_due() == 1
        assert delivery().status == "delivered"

    def test_death_in_the_last_try_is_given_up_too(self, receiver: Receiver) -> None:
        row = outbox.put_test(make_hook(receiver.url))
        WebhookDelivery.objects.filter(pk=row.pk).update(tries=sender.MOST_TRIES)

        sender.send_due()

        assert delivery().status == "given_up"
        assert receiver.came == []

    def test_inside_host_is_refused_and_told(self) -> None:
        outbox.put_test(make_hook("https://127.0.0.1/hook"))

        sender.send_due()

        assert "inside the network" in delivery().error

    def test_one_that_is_gone_is_switched_off(self, receiver: Receiver) -> None:
        receiver.status = 410
        hook = make_hook(receiver.url)
        outbox.put_test(hook)

        sender.send_due()

        hook.refresh_from_db()
        assert (hook.active, hook.stopped_because) == (False, "it answered 410, gone")
        assert delivery().status == "given_up"

    def test_many_given_up_in_a_row_switch_it_off(self, receiver: Receiver) -> None:
        hook = make_hook(receiver.url)
        rows = Webhook.objects.filter(pk=hook.pk)
        assert [rows.gave_up() for _ in range(5)] == [0, 0, 0, 0, 1]
        outbox.put_test(hook)

        assert sender.send_due() == 0
        assert delivery().status == "pending"

        rows.update(active=True)
        sender.send_due()
        hook.refresh_from_db()
        assert (hook.failures, delivery().status) == (0, "delivered")

    def test_silent_one_holds_up_no_other(self, receiver: Receiver) -> None:
        silent = make_hook("https://127.0.0.2/hook")
        for _ in range(3):
            outbox.put_test(silent)
        outbox.put_test(make_hook(receiver.url))

        assert sender.send_due() == 2
        assert sender.send_due() == 0
        assert len(receiver.came) == 1
        tries = WebhookDelivery.objects.order_by("pk").values_list("tries", flat=True)
        assert list(tries) == [1, 0, 0, 1]

    def test_old_ones_are_forgotten(self, receiver: Receiver) -> None:
        outbox.put_test(make_hook(receiver.url))
        sender.send_due()
        sender.forget()
        assert WebhookDelivery.objects.exists()

        WebhookDelivery.objects.update(ended_at=Now() - timedelta(days=31))
        sender.forget()

        assert not WebhookDelivery.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_eight_senders_send_each_message_once(self, receiver: Receiver) -> None:
        hook = make_hook(receiver.url)
        for _ in range(5):
            outbox.put_test(hook)

        together(*[partial(sender.send_due)] * 8)

        ids = [headers["webhook-id"] for headers, _body in receiver.came]
        assert len(ids) == len(set(ids)) == 5

    def test_beat_of_a_worker_sends_what_is_due(self, receiver: Receiver) -> None:
        outbox.put_test(make_hook(receiver.url))

        beat.send(sender=None)
        thread = sender._sender._thread
        assert thread is not None
        thread.join(30)

        assert delivery().status == "delivered"
