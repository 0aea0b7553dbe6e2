"""axe finds nothing on any page, in both themes, on a phone and on a desktop (WCAG 2.2 AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from tests.desk import furnished, tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.installation import Installation

RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
            "best-practice",
        ],
    }
}


def test_axe_finds_nothing(installation: Installation, browser: Browser) -> None:
    site = furnished.furnish(installation, postings=60)
    pages = tour.addresses(installation)
    found: list[str] = []
    # Colours change with the theme, what is where with the width: two rounds see all of it.
    for theme, width in zip(tour.THEMES, tour.WIDTHS, strict=True):
        context: Any = browser.new_context(
            color_scheme=theme, viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        furnished.log_in(page, site)
        for name, path in pages.items():
            page.goto(site + path)
            where = f"{name} ({theme}, {width} px)"
            found += [f"{where}: {one}" for one in problems(page)]
        context.close()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_a_dialog(installation: Installation, page: Page) -> None:
    site = furnished.furnish(installation, postings=30)
    furnished.log_in(page, site)
    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("dialog").wait_for()
    assert problems(page) == []


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
