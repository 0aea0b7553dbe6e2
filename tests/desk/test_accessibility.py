"""axe finds nothing on any page, in both themes, on a phone and on a desktop (WCAG 2.2 AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import watch
from tests.desk import furnished, postings, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.installation import Installation
    from tests.provider import Provider

pytestmark = pytest.mark.any_database

RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
            "best-practice",
        ],
    }
}


def test_axe_finds_nothing_no_language_is_too_wide_and_no_policy_is_broken(
    installation: Installation, provider: Provider, browser: Browser
) -> None:
    site = furnished.furnish(installation, provider, count=84, waiting=60, latency=25)
    pages = tour.addresses(installation)
    # Colours change with the theme, what is where with the width: two rounds see all of it.
    rounds = (
        ("light", 390, "nl", problems),
        ("dark", 1280, "fr", problems),
        ("light", 390, "fr", overflow),
        ("light", 390, "en", overflow),
    )
    found: list[str] = []
    for theme, width, language, look in rounds:
        page = come(browser, site, theme=theme, width=width, language=language)
        refused = watch(page)
        for name, path in pages.items():
            if name in tour.VARIANTS and theme == "light":
                continue
            response = page.goto(site + path)
            assert response
            assert response.ok, f"{path}: {response.status}"
            where = f"{name} ({theme}, {width} px, {language})"
            found += [f"{where}: {one}" for one in look(page)]
        if look is overflow and language == "en":
            for path in tour.ADMIN:
                page.goto(site + path)
            for name, go in tour.BY_FORM.items():
                go(page, site)
                found += [f"{name}: {one}" for one in overflow(page)]
            page.goto(f"{site}/jobs/")
        page.locator(".account button").click()
        page.locator("#id_username").wait_for()
        found += [f"login ({theme}, {width} px): {one}" for one in look(page)]
        if look is problems:
            tour.lock_out(page, site)
            found += [f"locked out ({theme}, {width} px): {one}" for one in look(page)]
        page.context.close()
        found += refused
    assert not found, "\n".join(found)


def come(browser: Browser, site: str, *, theme: Any, width: int, language: str) -> Page:
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    furnished.log_in(page, site)
    page.locator(f".languages [value={language}]").click()
    page.locator(f"html[lang={language}]").wait_for()
    tour.hold_still(page)
    return page


def test_axe_finds_nothing_in_dialogs_and_where_no_model_is(
    installation: Installation, page: Page
) -> None:
    furnished.add_person(installation)
    furnished.add(installation, postings.lines(3))
    furnished.log_in(page, installation.start_web())
    page.get_by_role("button", name="Enrich All").click()
    for name in ("OK", "Close"):
        button = page.get_by_role("dialog").get_by_role("button", name=name)
        button.wait_for()
        assert problems(page) == []
        button.click()


def test_broken_policy_is_seen(installation: Installation, browser: Browser) -> None:
    page = browser.new_context().new_page()
    refused = watch(page)
    page.goto(installation.start_web() + "/login/")
    with page.expect_console_message():
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"top: 0\">')"
        )
    page.context.close()
    assert "style" in refused[0]


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<title>x</title><main><img src='/x.png'><button></button></main>")
    assert {one.split(":")[0] for one in problems(page)} >= {"image-alt", "button-name"}


def problems(page: Page) -> list[str]:
    """The rule, what it asks, and the first places; a page wider than its window is one too."""
    report = Axe().run(page, options=RULES).response
    return [
        f"{one['id']}: {one['help']}: "
        + "; ".join(node["html"][:120] for node in one["nodes"][:3])
        for one in report["violations"]
    ] + overflow(page)


def overflow(page: Page) -> list[str]:
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"the page is {wide} px wider than its window"] if wide > 0 else []
