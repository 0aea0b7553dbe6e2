"""A site that the tests of the desk share, and a person who comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk import furnished, postings
from tests.installation import Installation, Template
from tests.provider import Provider

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect.set_options(timeout=furnished.PATIENCE)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """With 60 enriched postings; each test brings those that it starts itself."""

    site: Installation
    provider: Provider
    address: str

    def add(self, title: str, count: int, *, fault: str = "") -> None:
        furnished.add(self.site, postings.plain(title, count, fault=fault))


@pytest.fixture(scope="module")
def desk(installation_template: Template) -> Iterator[Desk]:
    with (
        Provider() as provider,
        Installation(template=installation_template) as site,
    ):
        furnished.connect(site, provider, ENRICHMENT_CONCURRENCY="4")
        furnished.add_person(site)
        furnished.add(site, postings.lines(60))
        furnished.enrich_all(site)
        yield Desk(site=site, provider=provider, address=site.start_web())


@pytest.fixture
def visit(desk: Desk, page: Page) -> Page:
    """Logged in, on the list."""
    furnished.log_in(page, desk.address)
    return page


def answer(page: Page, name: str) -> None:
    """Push a button of the dialog that is open."""
    page.get_by_role("dialog").get_by_role("button", name=name).click()
