"""Who gets in where: every address of the site, asked by everybody."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver

from enrichment import ready_groups
from enrichment.models import ReadyGroup
from tests.people import SiteTestCase, make_user

# What anybody may ask: the login, the languages, and what only says "alive".
OPEN = {"/login/", "/language/setlang/", "/healthz", "/readyz", "/admin/login/"}
# Of one's own account: a login is all that they need.
OWN = {
    *("/", "/logout/", "/password/"),
    *("/admin/logout/", "/admin/password_change/", "/admin/password_change/done/"),
    "/admin/jsi18n/",
}
# By a token of their own, never by a session: `tests/jobsite/api/`.
BY_TOKEN = ("/api/", "/metrics")
VALUES = {"int": "1", "str": "x", "slug": "x", "path": "1", "uuid": "0" * 32}


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Each pattern's address, with something in place of what varies."""
    for one in resolver.url_patterns:
        path = prefix + _filled(one)
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        elif "(?P" not in path:
            yield path


def _filled(one: URLPattern | URLResolver) -> str:
    text = str(one.pattern).removeprefix("^").removesuffix("$")
    for name, converter in getattr(one.pattern, "converters", {}).items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(written, VALUES.get(kind, "x"))
    return text


ALL = sorted(set(addresses(get_resolver())))
# Lets go of the connection, which a test's transaction needs:
# `tests/acceptance/test_pushed_progress.py` asks it as a stranger.
STREAM = "/enrichment/progress/stream/"
CLOSED = [
    path
    for path in ALL
    if path not in {*OPEN, STREAM} and not path.startswith(BY_TOKEN)
]


def status(client: Client, path: str) -> int:
    """By the method that the address takes."""
    response = client.get(path)
    if response.status_code == 405:
        response = client.post(path)
    place = response.headers.get("Location", "")
    if "/login/" in place:
        return 403  # the login instead of the page
    if place == "/admin/":
        return 404  # the admin's way to say that there is no such row
    # The admin's old addresses lead to the page itself.
    return status(client, place) if place == f"{path}change/" else response.status_code


class EveryAddressTests(SiteTestCase):
    def test_walk_finds_the_pages(self) -> None:
        found = set(CLOSED)

        assert len(found) > 60
        assert {"/jobs/", "/enrichment/runs/1/", "/admin/jobs/jobposting/"} <= found
        assert {"/jobs/1/edit/", "/admin/jobs/jobposting/import/"} <= found

    def test_nobody_gets_anything_without_a_login(self) -> None:
        self.client.logout()
        open_doors = {
            path: code
            for path in CLOSED
            if path not in {"/", "/logout/", "/admin/logout/"}
            and (code := status(self.client, path)) != 403
        }

        assert open_doors == {}

    def test_nobody_gets_anything_without_a_permission(self) -> None:
        """403 before the object is looked for: nobody learns which numbers exist."""
        self.client.force_login(self.plain)
        reached = {
            path: code
            for path in CLOSED
            if path not in OWN and (code := status(self.client, path)) != 403
        }

        assert reached == {}

    def test_staff_without_a_permission_gets_nothing_of_the_admin(self) -> None:
        staff = make_user("staff")
        User.objects.filter(pk=staff.pk).update(is_staff=True)
        self.client.force_login(staff)
        # The index lists nothing, and who asks for an unknown address is told so.
        harmless = {"/admin/", *OWN}
        reached = {
            path: code
            for path in CLOSED
            if path.startswith("/admin/")
            and path not in harmless
            and (code := status(self.client, path)) not in {403, 404}
        }

        assert reached == {}
        assert "jobposting" not in self.client.get("/admin/").content.decode()

    def test_polls_of_strangers_get_403_and_no_login_page(self) -> None:
        self.client.logout()
        for path in ("/enrichment/progress/", "/jobs/1/enrichment/", "/jobs/rows/"):
            response = self.client.get(path, headers={"HX-Request": "true"})

            assert response.status_code == 403, path
            assert response["HX-Refresh"] == "true"

    def test_inactive_person_is_out_at_the_next_request(self) -> None:
        User.objects.filter(pk=self.operator.pk).update(is_active=False)

        assert status(self.client, "/jobs/") == 403

    def test_admin_says_no_to_who_is_no_staff_and_asks_no_password(self) -> None:
        response = self.client.get("/admin/", follow=True)

        assert response.status_code == 403
        assert "Not allowed" in response.content.decode()


def names(group: str) -> set[str]:
    found = Permission.objects.filter(group__name=group)
    return set(found.values_list("codename", flat=True))


def offer() -> None:
    """As `manage.py migrate` does at its end."""
    ready_groups.offer(apps=apps, using="default")


class ReadyGroupsTests(TestCase):
    def test_viewer_only_looks(self) -> None:
        assert {"view_jobposting", "view_run", "view_llmcall"} <= names("Viewer")
        assert {"view_concept", "view_prompt", "view_pilot"} <= names("Viewer")
        assert all(name.startswith("view_") for name in names("Viewer"))

    def test_operator_does_all_that_the_pages_offer(self) -> None:
        more = names("Operator") - names("Viewer")

        assert more == {
            *("start_run", "control_run", "edit_facts", "manage_prompts"),
            *("add_concept", "change_concept", "delete_concept"),
        }

    def test_what_a_person_changed_stays(self) -> None:
        group = Group.objects.get(name="Operator")
        group.permissions.remove(Permission.objects.get(codename="control_run"))
        group.permissions.add(Permission.objects.get(codename="delete_jobposting"))
        Group.objects.filter(name="Viewer").update(name="Kijkers")
        before = names("Operator")

        offer()

        assert names("Operator") == before
        assert not Group.objects.filter(name="Viewer").exists()

    def test_deleted_group_stays_deleted(self) -> None:
        Group.objects.get(name="Viewer").delete()

        offer()

        assert not Group.objects.filter(name="Viewer").exists()

    def test_permission_of_a_later_release_is_given_once(self) -> None:
        ready = ReadyGroup.objects.get(name="Operator")
        ready.given.remove("enrichment.edit_facts")
        ready.save()
        group = Group.objects.get(name="Operator")
        group.permissions.remove(Permission.objects.get(codename="edit_facts"))

        offer()
        assert "edit_facts" in names("Operator")

        group.permissions.remove(Permission.objects.get(codename="edit_facts"))
        offer()
        assert "edit_facts" not in names("Operator")

    def test_group_of_that_name_from_before_is_left_alone(self) -> None:
        ReadyGroup.objects.all().delete()
        Group.objects.all().delete()
        Group.objects.create(name="Viewer")

        offer()

        assert names("Viewer") == set()
        assert "start_run" in names("Operator")

    def test_nothing_is_made_before_its_tables(self) -> None:
        from django.db.migrations.state import StateApps

        ready_groups.offer(apps=StateApps([], {}), using="default")
