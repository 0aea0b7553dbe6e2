"""Throttled logins: who is locked out, for how long, and who isn't."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory, TestCase, override_settings
from django.utils import timezone

from jobsite import logins
from jobsite.logins import client_address

PASSWORD = "a password of the tests"


def log_in(
    client: Client, *, name: str = "ann", password: str = "wrong", **more: Any
) -> int:
    data = {"username": name, "password": password}
    return client.post("/login/", data, **more).status_code


class ThrottlingTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        User.objects.create_user("ann", password=PASSWORD)
        User.objects.create_user("bob", password=PASSWORD)

    def lock(self, **more: Any) -> None:
        for _try in range(logins.PAIR_LIMIT):
            log_in(self.client, **more)

    def test_fifth_wrong_password_locks_even_the_right_one_out(self) -> None:
        self.lock()

        response = self.client.post(
            "/login/", {"username": "ann", "password": PASSWORD}
        )
        assert response.status_code == 429
        assert "no password is accepted for 15 minutes" in response.content.decode()

    def test_lock_is_over_after_the_cool_off(self) -> None:
        self.lock()
        ago = timezone.now() - timedelta(minutes=16)
        AccessAttempt.objects.update(attempt_time=ago)

        assert log_in(self.client, password=PASSWORD) == 302

    def test_others_and_other_places_are_not_locked_out(self) -> None:
        self.lock()

        assert log_in(self.client, name="bob", password=PASSWORD) == 302
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert log_in(elsewhere, password=PASSWORD) == 302

    def test_right_password_forgets_the_wrong_ones(self) -> None:
        for _round in range(2):
            for _try in range(logins.PAIR_LIMIT - 1):
                assert log_in(self.client) == 200
            assert log_in(self.client, password=PASSWORD) == 302
            self.client.logout()

    def test_another_browser_or_a_forged_header_gives_no_new_tries(self) -> None:
        for number in range(logins.PAIR_LIMIT):
            headers = {
                "X-Forwarded-For": f"192.0.2.{number}",
                "User-Agent": f"{number}",
            }
            log_in(self.client, headers=headers)

        assert log_in(self.client, password=PASSWORD) == 429

    def test_many_names_from_one_place_are_stopped(self) -> None:
        for number in range(logins.ADDRESS_LIMIT):
            log_in(self.client, name=f"name{number}")

        assert log_in(self.client, name="bob", password=PASSWORD) == 429

    def test_one_name_from_many_places_is_stopped(self) -> None:
        for number in range(logins.NAME_LIMIT):
            log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"))

        assert log_in(Client(REMOTE_ADDR="198.51.100.1"), password=PASSWORD) == 429

    def test_tries_while_locked_write_nothing(self) -> None:
        self.lock()
        before = list(AccessAttempt.objects.values())

        for _try in range(3):
            log_in(self.client)

        assert list(AccessAttempt.objects.values()) == before

    def test_rows_are_few_and_hold_nothing_that_was_sent(self) -> None:
        self.lock()
        [row] = AccessAttempt.objects.all()
        assert (row.failures_since_start, row.get_data, row.post_data) == (5, "", "")

        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=1))
        log_in(self.client, name="bob")
        assert [one.username for one in AccessAttempt.objects.all()] == ["bob"]

    def test_command_unlocks(self) -> None:
        self.lock()

        call_command("axes_reset_username", "ann", verbosity=0)

        assert log_in(self.client, password=PASSWORD) == 302

    def test_login_of_the_admin_is_the_same(self) -> None:
        response = self.client.post("/admin/login/?next=/admin/jobs/")

        assert response["Location"] == "/login/?next=/admin/jobs/"

    def test_name_that_does_not_exist_is_told_like_a_wrong_password(self) -> None:
        texts = [
            self.client.post("/login/", {"username": name, "password": "x"})
            .content.decode()
            .replace(name, "")
            for name in ("ann", "nobody")
        ]

        assert [("is not right" in text) for text in texts] == [True, True]


class AddressTests(TestCase):
    def address(self, remote: str, forwarded: str = "") -> str | None:
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
        return client_address(request)

    def test_without_proxies_the_connection_counts(self) -> None:
        assert self.address("192.0.2.1", "203.0.113.9") == "192.0.2.1"

    @override_settings(TRUSTED_PROXIES=1)
    def test_behind_a_proxy_what_it_saw_counts_and_not_what_it_was_told(self) -> None:
        assert self.address("10.0.0.1", "6.6.6.6, 203.0.113.9") == "203.0.113.9"
        assert self.address("10.0.0.1", "") == "10.0.0.1"

    @override_settings(TRUSTED_PROXIES=2)
    def test_behind_two_proxies_the_outer_one_s_word_counts(self) -> None:
        forwarded = "6.6.6.6, 203.0.113.9, 10.0.0.2"
        assert self.address("10.0.0.1", forwarded) == "203.0.113.9"

    def test_addresses_of_one_customer_are_one(self) -> None:
        assert self.address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::"
        assert self.address("::ffff:192.0.2.1") == "192.0.2.1"

    def test_no_address_at_all_is_none(self) -> None:
        assert self.address("") is None


class PasswordTests(TestCase):
    ann: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.ann = User.objects.create_user("ann", password=PASSWORD)

    def change(self, new: str, *, old: str = PASSWORD) -> Any:
        data = {"old_password": old, "new_password1": new, "new_password2": new}
        return self.client.post("/password/", data)

    def setUp(self) -> None:
        self.client.force_login(
            self.ann, backend="django.contrib.auth.backends.ModelBackend"
        )

    def test_person_changes_the_own_one_and_stays_logged_in(self) -> None:
        other = Client()
        other.force_login(self.ann, backend="django.contrib.auth.backends.ModelBackend")

        assert self.change("correct horse battery 🐎 staple").status_code == 302

        assert self.client.get("/password/").status_code == 200
        assert other.get("/password/").status_code == 302, "other sessions are over"

    def test_old_one_is_asked(self) -> None:
        assert self.change("correct horse battery", old="wrong").status_code == 200

    def test_page_is_linked(self) -> None:
        assert 'href="/password/"' in self.client.get("/password/").content.decode()

    def test_weak_ones_are_refused(self) -> None:
        for new in ("short-one-9", "password1234", "123456789012345", "a" * 129):
            assert self.change(new).status_code == 200, new

    def test_64_characters_and_spaces_are_fine(self) -> None:
        assert self.change("ab cd " * 11).status_code == 302


@pytest.mark.parametrize("length", [1, 128])
def test_maximum_is_128(length: int) -> None:
    logins.MaximumLengthValidator().validate("x" * length)
