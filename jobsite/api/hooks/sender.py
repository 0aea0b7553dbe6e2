"""Sends what is due: in a thread of each worker command, as its keeper's beat wakes it.

At least once: a try is taken by one UPDATE that also says when the next one is due, so a
sender that dies in the middle costs that wait. No transaction is open during a call.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import Any

from django.db import Error, connection
from django.db.models.functions import Now

from enrichment.signals import beat
from jobsite.api.hooks import messages, signing
from jobsite.api.hooks.outbound import OutboundError, Reply, post
from jobsite.api.models import StartRequest, Webhook, WebhookDelivery
from jobsite.api.models.webhooks import LONGEST_ANSWER

logger = logging.getLogger(__name__)

# Seconds after each try; some 22 hours. None is shorter than a try can take.
WAITS = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
MOST_TRIES = len(WAITS) + 1
PASS = 50
# Messages that are over, and keys of starts, are kept so long.
KEPT_FOR = timedelta(days=30)
KEYS_KEPT_FOR = timedelta(days=7)
FORGET_EVERY = 3600.0
FORGOTTEN_AT_ONCE = 1000
GONE = 410


def listen() -> None:
    beat.connect(_beat, dispatch_uid="api.sender")


class _Sender:
    """At most one thread of a process; it ends when nothing is due."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._forget_at = 0.0

    def wake(self) -> None:
        if time.monotonic() >= self._forget_at:
            self._forget_at = time.monotonic() + FORGET_EVERY
            forget()
        if self._thread is not None and self._thread.is_alive():
            return
        if WebhookDelivery.objects.due().exists():
            self._thread = threading.Thread(
                target=self._run, name="webhooks", daemon=True
            )
            self._thread.start()

    def _run(self) -> None:
        try:
            while send_due():
                pass
        except Error as error:
            logger.warning("⚠️  Webhooks wait: the database does not answer (%s)", error)
        except Exception:  # the next beat starts another one
            logger.exception("❌ Sending webhooks met a fault")
        finally:
            connection.close()


_sender = _Sender()


def _beat(sender: object, **_more: Any) -> None:
    _sender.wake()


def send_due() -> int:
    """One try for each message that is due; how many were tried."""
    due = WebhookDelivery.objects.due().order_by("next_try_at")
    tried = 0
    for delivery in list(due.select_related("webhook", "run__user")[:PASS]):
        outcome = attempt(delivery)
        tried += outcome is not None
        if outcome is False:
            # One that doesn't answer is asked once a minute, and holds up no other.
            waiting = WebhookDelivery.objects.filter(webhook=delivery.webhook_id)
            waiting.put_off(seconds=WAITS[0])
    return tried


def attempt(delivery: WebhookDelivery) -> bool | None:
    """Whether it arrived; None where somebody else has it."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk)
    tries = delivery.tries
    wait = WAITS[min(tries, len(WAITS) - 1)]
    if not mine.take(tries=tries, wait=wait):
        return None
    mine = mine.filter(tries=tries + 1)
    if tries >= MOST_TRIES:  # the last try's sender died in it
        _give_up(delivery, mine)
        return None
    if not delivery.body:
        delivery.body = messages.compose(delivery)
        mine.update(body=delivery.body)
    reply, error = _send(delivery)
    status, answer = (reply.status, reply.text) if reply else (None, "")
    answer = answer[:LONGEST_ANSWER]
    hook = Webhook.objects.filter(pk=delivery.webhook_id)
    if reply and 200 <= reply.status < 300:
        mine.deliver(http_status=reply.status, answer=answer)
        hook.arrived()
        return True
    error = error or f"it answered {status}"
    mine.note(http_status=status, answer=answer, error=error[:LONGEST_ANSWER])
    logger.warning(
        "⚠️  Webhook %s, message %s, try %s of %s: %s",
        *(delivery.webhook_id, delivery.key, tries + 1, MOST_TRIES, error),
    )
    if status == GONE:
        mine.give_up()
        hook.switch_off("it answered 410, gone")
    elif tries + 1 >= MOST_TRIES:
        _give_up(delivery, mine)
    return False


def _send(delivery: WebhookDelivery) -> tuple[Reply | None, str]:
    body = delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "jobsite-webhooks/1",
        **signing.headers(
            delivery.webhook.secret,
            key=str(delivery.key),
            timestamp=int(time.time()),
            body=body,
        ),
    }
    try:
        return post(delivery.webhook.url, body, headers), ""
    except OutboundError as error:
        return None, str(error)


def _give_up(delivery: WebhookDelivery, mine: Any) -> None:
    if not mine.give_up():
        return
    logger.error(
        "❌ Webhook %s: message %s is given up", delivery.webhook_id, delivery.key
    )
    if Webhook.objects.filter(pk=delivery.webhook_id).gave_up():
        logger.error("❌ Webhook %s is switched off", delivery.webhook_id)


def forget() -> None:
    """What is over for long, a bounded piece at a time."""
    for rows in (
        WebhookDelivery.objects.filter(ended_at__lt=Now() - KEPT_FOR),
        StartRequest.objects.filter(created_at__lt=Now() - KEYS_KEPT_FOR),
    ):
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
        rows.filter(pk__in=ids).delete()
