"""Fixtures of the whole suite; the environment is scrubbed in `tests/settings.py`."""

from __future__ import annotations

import os
import shutil
import signal
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import services
from tests.installation import Installation, Template

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

    from tests.provider import Provider
    from tests.redis_service import RedisServer

ACCEPTANCE = [Path(__file__).parent / name for name in ("acceptance", "desk")]
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--share",
        metavar="K/N",
        help="on the Kth of N databases side by side: they share what is any_database",
    )
    parser.addoption(
        "--part",
        choices=("acceptance", "other"),
        help="the tests with real processes and browsers, or all others",
    )


def pytest_configure() -> None:
    # A shell starts what runs in its background without SIGINT, and all processes of the
    # tests would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        if any(place in item.path.parents for place in ACCEPTANCE):
            item.add_marker(pytest.mark.acceptance)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    number, of = map(int, (config.getoption("--share") or "1/1").split("/"))
    part = config.getoption("--part")
    chosen: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        is_chosen = is_of_share(item, number, of) and is_of_part(item, part)
        (chosen if is_chosen else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


def is_of_part(item: pytest.Item, part: str | None) -> bool:
    is_acceptance = item.get_closest_marker("acceptance") is not None
    return part is None or is_acceptance == (part == "acceptance")


def is_of_share(item: pytest.Item, number: int, of: int) -> bool:
    """Whole modules go to one suite, so that what their tests share is made once."""
    if item.get_closest_marker("any_database") is None:
        return True
    # Any bits would do; these share the slow modules about evenly between two.
    return (zlib.crc32(item.path.name.encode()) >> 20) % of == number - 1


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["JOBSITE_VAR_DIR"], ignore_errors=True)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A stand-in for the provider, over real HTTP on loopback."""
    from tests.provider import Provider

    with Provider() as provider:
        yield provider


@pytest.fixture(scope="session")
def installation_template() -> Iterator[Template]:
    address = os.environ.get("DATABASE_URL") or "sqlite://"
    template = Template(address)
    yield template
    template.remove()


@pytest.fixture
def installation(installation_template: Template) -> Iterator[Installation]:
    """A site of its own with an empty, migrated database; see `tests/installation.py`."""
    with Installation(template=installation_template) as site:
        yield site


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A Redis of the test's own, empty; see `tests/redis_service.py`."""
    from tests import redis_service

    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server on this machine; `make test` as root installs one")
    with redis_service.redis_server(program) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: Debian's, or the one that Playwright downloaded."""
    from playwright.sync_api import sync_playwright

    program = services.find_chromium()
    if program is None:
        pytest.fail("no Chromium on this machine; `make test` installs one")
    # Playwright's loop runs in this thread, and Django takes that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=BROWSER_FLAGS
        )
        yield browser
        browser.close()


def watch(page: Page) -> list[str]:
    """Errors of the pages that follow; the list grows."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(f"{page.url}: {message.text}")

    page.on("console", note)
    return errors


@pytest.fixture
def page(browser: Browser) -> Iterator[Any]:
    """A page of its own, without cookies.

    Uncaught errors of its scripts fail the test, and so does all that its
    Content-Security-Policy made the browser refuse.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors = watch(page)
    yield page
    context.close()
    assert not errors, f"errors of the page's scripts: {errors}"
