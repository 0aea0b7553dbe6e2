"""Pilots that somebody cancels: the calls under way are the last ones, and count."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from enrichment import ledger, pilots, tasks
from enrichment.models import LlmCall, Pilot
from tests.builders import make_postings
from tests.enrichment.prompting import draft, enrich
from tests.enrichment.running import use

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot(provider, settings) -> Pilot:
    """Of four postings, asked one after another; queued."""
    use(provider, settings)
    settings.ENRICHMENT_CONCURRENCY = 1
    enrich(*make_postings(4))
    provider.reset()
    made, _is_new = pilots.start(version=draft().version)
    assert made is not None
    return made


def run(pilot: Pilot) -> None:
    tasks.run_pilot(pilot.pk)
    pilot.refresh_from_db()


def test_queued_one_ends_at_once_and_its_task_asks_nothing(pilot, provider) -> None:
    assert Pilot.objects.cancel(pilot.pk) == 1

    run(pilot)

    assert (pilot.status, provider.calls) == ("cancelled", [])
    assert pilot.finished_at is not None


def test_running_one_keeps_what_is_under_way_and_asks_no_more(
    pilot, provider, monkeypatch
) -> None:
    put_on_record = ledger.open_call
    opened: list[Any] = []

    def cancelled_in_the_second(*args: Any, **more: Any) -> int | None:
        opened.append(args)
        if len(opened) == 2:
            assert Pilot.objects.cancel(pilot.pk) == 1
        return put_on_record(*args, **more)

    monkeypatch.setattr(ledger, "open_call", cancelled_in_the_second)

    run(pilot)

    assert (pilot.status, pilot.error_kind) == ("cancelled", "")
    assert len(provider.calls) == 2
    assert pilot.postings.exclude(after=None).count() == 2
    calls = LlmCall.objects.filter(prompt_version=pilot.prompt.version)
    assert set(calls.values_list("outcome", flat=True)) == {"ok"}


def test_next_worker_of_one_whose_worker_died_ends_it(pilot, provider) -> None:
    assert Pilot.objects.lease(pilot.pk, holder="dead:1", seconds=-5)
    assert Pilot.objects.cancel(pilot.pk) == 1

    run(pilot)

    assert (pilot.status, provider.calls) == ("cancelled", [])


def test_cancelled_one_makes_room_for_another_of_the_same_version(pilot) -> None:
    Pilot.objects.cancel(pilot.pk)

    again, is_new = pilots.start(version=pilot.prompt.version)

    assert is_new
    assert again != pilot


def test_second_wish_and_one_after_the_end_change_nothing(pilot) -> None:
    run(pilot)
    assert Pilot.objects.cancel(pilot.pk) == 0

    pilot.refresh_from_db()
    assert (pilot.status, pilot.cancel_requested_at) == ("finished", None)


def test_database_takes_no_cancelled_one_that_nobody_cancelled(pilot) -> None:
    with pytest.raises(IntegrityError, match="pilot_cancelled_by_request"):
        Pilot.objects.filter(pk=pilot.pk).update(
            status="cancelled", finished_at=pilot.created_at
        )


class TestPage:
    def test_button_cancels_and_the_page_says_so(self, pilot, admin_client) -> None:
        address = reverse("enrichment:pilot-cancel", args=[pilot.pk])
        before = admin_client.get(pilot.get_absolute_url()).content.decode()

        after = admin_client.post(address, follow=True).content.decode()

        assert address in before
        assert address not in after
        assert "It was cancelled." in after

    def test_running_one_says_that_it_is_being_cancelled(
        self, pilot, admin_client
    ) -> None:
        Pilot.objects.lease(pilot.pk, holder="worker:1", seconds=60)
        address = reverse("enrichment:pilot-cancel", args=[pilot.pk])

        page = admin_client.post(address, follow=True).content.decode()

        assert "It is being cancelled" in page
        assert address not in page

    def test_one_that_is_over_is_told(self, pilot, admin_client) -> None:
        run(pilot)
        address = reverse("enrichment:pilot-cancel", args=[pilot.pk])

        page = admin_client.post(address, follow=True).content.decode()

        assert "This pilot was over or cancelled already." in page

    def test_permission_is_needed(self, pilot, client, django_user_model) -> None:
        client.force_login(django_user_model.objects.create_user("viewer"))

        answer = client.post(reverse("enrichment:pilot-cancel", args=[pilot.pk]))

        assert answer.status_code == 403
        pilot.refresh_from_db()
        assert pilot.status == "queued"
