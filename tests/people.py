"""Who opens pages in the tests: one who may do all, one who may look, one who may nothing."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.test import TestCase

PERMISSIONS = ("view_jobposting", "start_run", "control_run", "edit_facts")


def make_user(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


class SiteTestCase(TestCase):
    """Logged in as `operator`; `client.logout()` and `force_login` change that."""

    operator: User
    viewer: User
    plain: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.operator = make_user("operator", *PERMISSIONS)
        cls.viewer = make_user("viewer", "view_jobposting")
        cls.plain = make_user("plain")

    def setUp(self) -> None:
        self.client.force_login(self.operator)

    def statuses(self, address: str, *, method: str = "get") -> list[int]:
        """What the operator, the plain user and an anonymous one get."""
        ask = getattr(self.client, method)
        found = [ask(address).status_code]
        self.client.force_login(self.plain)
        found.append(ask(address).status_code)
        self.client.logout()
        found.append(ask(address).status_code)
        self.client.force_login(self.operator)
        return found
