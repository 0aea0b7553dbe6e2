"""What every answer carries, and what no request may be."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, TestCase, override_settings

from enrichment.checks import check_proxy
from tests.installation import ROOT, environment, run
from tests.jobsite.test_settings import PRODUCTION, start
from tests.people import SiteTestCase

POLICY = {
    "default-src": "'none'",
    **{
        f"{kind}-src": "'self'"
        for kind in ("script", "style", "img", "font", "connect")
    },
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PAGES = ("/login/", "/jobs/", "/admin/", "/jobs/999/", "/enrichment/progress/")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:"
)


class HeaderTests(SiteTestCase):
    def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(self) -> None:
        for path in PAGES:
            header = self.client.get(path).headers["Content-Security-Policy"]
            rules = dict(part.strip().split(" ", 1) for part in header.split(";"))

            assert rules == POLICY, path

    def test_every_page_has_the_other_headers(self) -> None:
        for path in PAGES:
            headers = self.client.get(path).headers

            assert headers["X-Frame-Options"] == "DENY", path
            assert headers["X-Content-Type-Options"] == "nosniff", path
            assert headers["Referrer-Policy"] == "same-origin", path
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
            assert "camera=()" in headers["Permissions-Policy"], path
            assert "no-store" in headers["Cache-Control"], path
            assert headers["Content-Type"] == "text/html; charset=utf-8", path
            assert "Server" not in headers, path
            assert "Access-Control-Allow-Origin" not in headers, path

    def test_logout_clears_what_the_browser_kept(self) -> None:
        response = self.client.post("/logout/")

        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Clear-Site-Data" not in self.client.get("/login/").headers
        assert self.client.get("/jobs/").status_code == 302

    def test_login_makes_a_new_session_that_scripts_and_other_sites_cannot_use(
        self,
    ) -> None:
        before = self.client.session.session_key
        self.client.post("/logout/")
        self.client.force_login(
            self.viewer, backend="django.contrib.auth.backends.ModelBackend"
        )
        cookie = self.client.cookies[settings.SESSION_COOKIE_NAME]

        assert cookie.value != before
        assert len(cookie.value) == 32, "36 ** 32: 165 bits"
        assert self.client.get("/jobs/").request["QUERY_STRING"] == ""

    def test_htmx_evaluates_nothing_and_asks_no_other_host(self) -> None:
        page = self.client.get("/jobs/").content.decode()
        found = re.search(r"name=\"htmx-config\" content='([^']*)'", page)

        assert found
        assert json.loads(found[1]) == {
            "includeIndicatorStyles": False,
            "allowEval": False,
            "allowScriptTags": False,
            "selfRequestsOnly": True,
        }

    def test_directories_and_hidden_files_are_not_served(self) -> None:
        for path in ("/static/", "/static/site/", "/.git/config", "/var/", "/.env"):
            assert self.client.get(path).status_code == 404, path

    def test_methods_that_a_page_does_not_take_are_refused(self) -> None:
        for method in ("put", "delete", "patch", "trace"):
            assert getattr(self.client, method)("/jobs/").status_code == 405, method

    def test_redirect_leads_to_no_other_site(self) -> None:
        self.client.logout()
        for wanted in (
            "https://evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
        ):
            page = self.client.get("/login/", {"next": wanted})
            self.client.force_login(self.operator)
            place = self.client.get("/login/", {"next": wanted})
            self.client.logout()

            assert page.status_code == 200
            assert place["Location"] == "/jobs/"


def test_templates_have_nothing_inline() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    found = {
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in templates
        for hit in INLINE.finditer(path.read_text(encoding="utf-8"))
    }

    assert len(templates) > 40
    assert found == set()


def test_inline_script_would_be_found() -> None:
    for text in ("<script>x</script>", "<p style='x'>", '<a onclick="x">', "<style>"):
        assert INLINE.search(text), text
    assert not INLINE.search('<script src="x.js" defer></script>')


class RequestTests(TestCase):
    def test_too_large_a_request_is_refused_before_it_is_read(self) -> None:
        length = str(settings.LARGEST_REQUEST_BYTES + 1)
        for path in ("/login/", "/admin/jobs/jobposting/import/", "/nowhere/"):
            response = self.client.post(
                path, b"x", content_type="text/plain", CONTENT_LENGTH=length
            )

            assert response.status_code == 413, path
            assert response.content == b"The request is larger than 12 MB.\n"

    def test_too_many_fields_are_refused(self) -> None:
        many = {f"f{number}": "" for number in range(2001)}

        assert self.client.post("/login/", many).status_code == 400

    def test_too_long_a_field_is_refused(self) -> None:
        body = "username=" + "x" * (2 * settings.MEGABYTE + 1)
        form = "application/x-www-form-urlencoded"

        response = self.client.post("/login/", body, content_type=form)
        assert response.status_code == 400

    def test_foreign_host_name_is_refused(self) -> None:
        response = self.client.get("/login/", headers={"Host": "evil.example"})

        assert response.status_code == 400


class CsrfTests(SiteTestCase):
    def test_form_without_its_token_is_refused_in_plain_words(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(
            self.operator, backend="django.contrib.auth.backends.ModelBackend"
        )
        for path in ("/logout/", "/enrichment/start/", "/login/", "/language/setlang/"):
            response = client.post(path)

            assert response.status_code == 403, path
            assert "This form is out of date" in response.content.decode(), path

    def test_token_of_another_site_s_page_is_no_use(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.get("/login/")
        token = client.cookies[settings.CSRF_COOKIE_NAME].value

        response = client.post(
            "/login/",
            {"csrfmiddlewaretoken": token},
            headers={"Origin": "https://evil.example"},
        )
        assert response.status_code == 403


class ProxyCheckTests(TestCase):
    @override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), TRUSTED_PROXIES=0
    )
    def test_proxy_whose_addresses_are_not_read_is_warned_about(self) -> None:
        assert [one.id for one in check_proxy()] == ["enrichment.W003"]

    @override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), TRUSTED_PROXIES=1
    )
    def test_one_that_is_counted_is_fine(self) -> None:
        assert check_proxy() == []


# --- Production, in processes of its own ------------------------------------------------
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
def ask(path, **extra):
    response = Client(HTTP_HOST="jobs.example.org").get(path, **extra)
    cookies = {name: dict(one) for name, one in response.cookies.items()}
    return [response.status_code, dict(response.headers), cookies]
print(json.dumps([
    ask("/login/"),
    ask("/login/", HTTP_X_FORWARDED_PROTO="https"),
    ask("/login/", secure=True, HTTP_X_FORWARDED_PROTO="https"),
    [getattr(settings, name) for name in (
        "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH",
        "SESSION_COOKIE_AGE")],
]))
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the static files' manifest, as production needs it."""
    directory = tmp_path_factory.mktemp("production")
    (directory / "static").mkdir()
    names = [
        str(p.relative_to(ROOT / "jobsite" / "static"))
        for p in (ROOT / "jobsite" / "static" / "site").iterdir()
    ]
    names += ["django_htmx/htmx-2.min.js"]
    manifest = {"version": "1.1", "paths": {n: n for n in names}, "hash": ""}
    (directory / "static" / "staticfiles.json").write_text(json.dumps(manifest))
    return directory


def in_production(directory: Path, **env: str) -> Any:
    variables = environment(
        JOBSITE_VAR_DIR=str(directory), DATABASE_URL="", **PRODUCTION | env
    )
    variables["DJANGO_SETTINGS_MODULE"] = "jobsite.settings"
    done = run(variables, [sys.executable, "-c", ASK], check=True, timeout=120)
    return json.loads(done.last_line)


def test_production_speaks_https_only(collected: Path) -> None:
    plain, forged, secure, session = in_production(collected)

    assert plain[0] == forged[0] == 301, "nobody's header counts without the variable"
    assert plain[1]["Location"] == "https://jobs.example.org/login/"
    assert secure[0] == 200
    age = f"max-age={365 * 24 * 3600}; includeSubDomains; preload"
    assert secure[1]["Strict-Transport-Security"] == age
    cookie = secure[2]["__Host-csrftoken"]
    assert (cookie["secure"], cookie["httponly"]) == (True, True)
    assert (cookie["samesite"], cookie["domain"], cookie["path"]) == ("Lax", "", "/")
    assert session == ["__Host-sessionid", True, True, "Lax", None, "/", 12 * 3600]


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
@pytest.mark.parametrize(
    ("named", "code"), [(None, 301), (("HTTP_X_FORWARDED_PROTO", "https"), 200)]
)
def test_header_of_a_named_proxy_counts(named: Any, code: int) -> None:
    with override_settings(SECURE_PROXY_SSL_HEADER=named):
        answer = Client().get("/login/", headers={"X-Forwarded-Proto": "https"})

    assert answer.status_code == code


def test_check_deploy_has_no_warning(tmp_path: Path) -> None:
    done = start(tmp_path, "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")
