"""axe finds nothing on any page, in both themes, on a phone and on a desktop (WCAG 2.2 AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from tests.desk import furnished, postings, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.installation import Installation
    from tests.provider import Provider

RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
            "best-practice",
        ],
    }
}


def test_axe_finds_nothing(
    installation: Installation, provider: Provider, browser: Browser
) -> None:
    site = furnished.furnish(installation, provider, count=60, waiting=40)
    pages = tour.addresses(installation)
    found: list[str] = []
    # Colours change with the theme, what is where with the width: two rounds see all of it.
    for theme, width in zip(tour.THEMES, tour.WIDTHS, strict=True):
        context: Any = browser.new_context(
            color_scheme=theme, viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        page.goto(site + tour.LOGIN)
        found += [f"login ({theme}, {width} px): {one}" for one in problems(page)]
        furnished.log_in(page, site)
        tour.hold_still(page)
        for name, path in pages.items():
            page.goto(site + path)
            where = f"{name} ({theme}, {width} px)"
            found += [f"{where}: {one}" for one in problems(page)]
        context.close()
    assert not found, "\n".join(found)


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


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<title>x</title><main><img src='/x.png'><button></button></main>")
    assert {one.split(":")[0] for one in problems(page)} >= {"image-alt", "button-name"}


def problems(page: Page) -> list[str]:
    """The rule, what it asks, and the first places; a page wider than its window is one too."""
    report = Axe().run(page, options=RULES).response
    found = [
        f"{one['id']}: {one['help']}: "
        + "; ".join(node["html"][:120] for node in one["nodes"][:3])
        for one in report["violations"]
    ]
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if overflow > 0:
        found.append(f"overflow: the page is {overflow} px wider than its window")
    return found
