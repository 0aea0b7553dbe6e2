"""Every change of a token, a webhook or a delivery: one conditional UPDATE each."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Greatest, Now

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from jobsite.api.models import ApiToken, Webhook, WebhookDelivery  # noqa: F401

MINUTE_US = 60_000_000
# Messages given up in a row, after which nobody is there any more.
MOST_FAILURES = 5


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def take_turn(self, *, per_minute: int) -> int:
        """Count one request, if there is room for it.

        A token has room for a minute's requests, and each one's place is free again a
        minute's part later. One row for all web processes.
        """
        now, step = now_us(), MINUTE_US // per_minute
        room = now + MINUTE_US - step
        begun = Greatest(
            F("spent_until_us"), Value(now, output_field=BigIntegerField())
        )
        return self.filter(spent_until_us__lte=room).update(spent_until_us=begun + step)

    def used(self) -> int:
        """Kept to the minute, so that not each request writes it."""
        minute_ago = Now() - timedelta(minutes=1)
        stale = Q(last_used_at=None) | Q(last_used_at__lt=minute_ago)
        return self.filter(stale).update(last_used_at=Now())

    def revoke(self) -> int:
        """For good."""
        return self.filter(revoked_at=None).update(revoked_at=Now())


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def arrived(self) -> int:
        return self.filter(failures__gt=0).update(failures=0)

    def gave_up(self) -> int:
        """Whether it was one too many, so that it is switched off."""
        self.update(failures=F("failures") + 1)
        return self.filter(failures__gte=MOST_FAILURES).switch_off(
            f"{MOST_FAILURES} messages in a row were given up"
        )

    def switch_off(self, because: str) -> int:
        """active -> inactive."""
        return self.filter(active=True).update(active=False, stopped_because=because)


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def due(self) -> DeliveryQuerySet:
        return self.filter(
            status="pending", next_try_at__lte=Now(), webhook__active=True
        )

    def take(self, *, tries: int, wait: float) -> int:
        """Take a try that is due; for so long nobody else does."""
        return self.filter(
            status="pending", next_try_at__lte=Now(), tries=tries
        ).update(tries=tries + 1, next_try_at=Now() + timedelta(seconds=wait))

    def put_off(self, *, seconds: float) -> int:
        """What is due, without counting a try."""
        return self.filter(status="pending", next_try_at__lte=Now()).update(
            next_try_at=Now() + timedelta(seconds=seconds)
        )

    def deliver(self, *, http_status: int, answer: str) -> int:
        """pending -> delivered."""
        return self.filter(status="pending").update(
            status="delivered",
            next_try_at=None,
            ended_at=Now(),
            http_status=http_status,
            answer=answer,
            error="",
        )

    def note(self, *, http_status: int | None, answer: str, error: str) -> int:
        """A try that failed; it goes on waiting."""
        return self.filter(status="pending").update(
            http_status=http_status, answer=answer, error=error
        )

    def give_up(self) -> int:
        """pending -> given up."""
        return self.filter(status="pending").update(
            status="given_up", next_try_at=None, ended_at=Now()
        )

    def send_again(self) -> int:
        """delivered, given up -> pending, by a person; it keeps its id and its body."""
        return self.filter(status__in=["delivered", "given_up"]).update(
            status="pending", tries=0, next_try_at=Now(), ended_at=None
        )


def now_us() -> int:
    return time.time_ns() // 1000
