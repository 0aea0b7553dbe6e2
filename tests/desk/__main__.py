"""`python -m tests.desk`: pictures of every page, for `docs/screenshots/`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests import services
from tests.conftest import BROWSER_FLAGS
from tests.desk import furnished, tour
from tests.installation import ROOT, Installation, Template
from tests.provider import Provider

PLACE = ROOT / "docs" / "screenshots"
HEIGHTS = {390: 844, 1280: 900}


def main() -> None:
    PLACE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="jobsite-") as scratch:
        template = Template(f"sqlite:///{scratch}/server.sqlite3")
        with Provider() as provider, Installation(template=template) as installation:
            site = furnished.furnish(installation, provider, count=545, waiting=300)
            photograph(installation, site)
        template.remove()


def photograph(installation: Installation, site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.find_chromium(), args=BROWSER_FLAGS
        )
        for theme in tour.THEMES:
            for width in tour.WIDTHS:
                context: Any = browser.new_context(
                    color_scheme=theme,
                    viewport={"width": width, "height": HEIGHTS[width]},
                )
                visit(context.new_page(), installation, site, f"{theme}-{width}")
                context.close()
        browser.close()


def visit(page: Any, installation: Installation, site: str, kind: str) -> None:
    page.goto(site + tour.LOGIN)
    save(page, f"login-{kind}")
    furnished.log_in(page, site)
    pages = {**tour.addresses(installation), **tour.parts(installation)}
    for name, path in pages.items():
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        save(page, f"{name}-{kind}")
    page.goto(f"{site}/jobs/")
    page.get_by_role("button", name="Enrich All").click()
    page.get_by_role("dialog").wait_for()
    save(page, f"dialog-{kind}")
    if kind == "light-1280":  # the admin looks as it always does
        for name, go in tour.BY_FORM.items():
            go(page, site)
            save(page, f"{name}-{kind}")
        for name, path in tour.ADMIN_SHOWN.items():
            page.goto(site + path)
            save(page, f"{name}-{kind}")
    page.goto(f"{site}/jobs/")
    page.locator(".account button").click()
    page.locator("#id_username").wait_for()
    tour.lock_out(page, site)
    save(page, f"locked-out-{kind}")


def save(page: Any, name: str) -> None:
    target: Path = PLACE / f"{name}.png"
    page.screenshot(path=target)
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
