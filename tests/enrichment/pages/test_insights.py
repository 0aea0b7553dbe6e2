"""The page of insights: its figures, its links, and its files."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrichment import term_counts, terms
from enrichment.models import Enrichment, TermCount
from enrichment.pages import insights
from enrichment.pages.insights import pay
from enrichment.sheets import guarded
from tests.builders import make_posting
from tests.people import SiteTestCase

PAGE = reverse("enrichment:insights")


def add(source: str = "feed", **facts: Any) -> None:
    posting = make_posting(source=source)
    Enrichment.objects.filter(pk=posting.pk).update(
        status="enriched", facts=facts, finished_at=posting.created_at
    )
    terms.refresh([posting.pk])


def paid(amount: float, *, role: str = "data", currency: str = "EUR") -> None:
    pay = {"min": amount, "max": None, "currency": currency, "period": "year"}
    add(role_family=role, salary=pay)


def figure(name: str) -> list[tuple[str, int, int]]:
    found = {one.name: one for one in insights.build().figures}
    return [(bar.label, bar.count, bar.share) for bar in found[name].bars]


class FiguresTest(SiteTestCase):
    def test_skill_is_written_as_its_makers_do(self) -> None:
        add(tools=["javascript", "dbt"])
        add(tools=["JAVASCRIPT"])
        term_counts.refresh()
        assert figure("skill")[0] == ("JavaScript", 2, 100)

    def test_seniority_comes_in_its_own_order(self) -> None:
        for level in ("senior", "senior", "junior"):
            add(seniority=level)
        term_counts.refresh()
        assert figure("seniority") == [("Junior", 1, 33), ("Senior", 2, 67)]

    def test_pay_is_shown_step_by_step_with_the_gaps(self) -> None:
        for amount in (41_000, 42_000, 65_000):
            paid(amount)
        term_counts.refresh()
        bars = [(bar.label, bar.count) for bar in insights.build().pay.bars]
        assert bars == [
            ("€ 40,000 – 50,000", 2),
            ("€ 50,000 – 60,000", 0),
            ("€ 60,000 – 70,000", 1),
        ]

    def test_currency_of_most_postings_is_shown_first(self) -> None:
        paid(50_000, currency="USD")
        for _number in range(2):
            paid(50_000)
        term_counts.refresh()
        assert insights.build().currencies == ["EUR", "USD"]
        assert insights.build(currency="XYZ").currency == "EUR"
        assert insights.build(currency="USD").pay.known == 1

    def test_pay_of_a_field_has_its_quarters(self) -> None:
        for amount in (30_000, 40_000, 50_000, 90_000):
            paid(amount)
        paid(70_000, role="sales")
        term_counts.refresh()
        [role] = insights.build().role_pay  # one posting says nothing about sales
        assert (role.label, role.count) == ("Data", 4)
        assert (role.low, role.middle, role.high) == (
            "€ 30,000",
            "€ 40,000",
            "€ 50,000",
        )
        assert 0 <= role.x <= role.middle_x <= role.x + role.width <= 100

    def test_coverage_counts_each_source(self) -> None:
        add("feed")
        make_posting(source="feed")
        make_posting(source="other")
        term_counts.refresh()
        found = [
            (c.source, c.enriched, c.total, c.share) for c in insights.build().coverage
        ]
        assert found == [("feed", 1, 2, 50), ("other", 0, 1, 0)]

    def test_small_share_is_not_called_nothing(self) -> None:
        TermCount.objects.create(kind="seniority", value="senior", count=999)
        TermCount.objects.create(kind="seniority", value="intern", count=1)
        bars = insights.build().figures[0].bars
        assert [bar.share_text for bar in bars] == ["< 1 %", "100 %"]

    def test_highest_step_has_no_end(self) -> None:
        steps = [(terms.STEPS[-1], 1)]
        [bar] = pay.pay_figure("EUR", steps).bars
        assert bar.label == "€ 300,000 and more"
        assert "below" not in bar.query


class PageTest(SiteTestCase):
    def test_each_bar_leads_to_its_postings(self) -> None:
        add(seniority="senior")
        term_counts.refresh()
        page = self.client.get(PAGE).content.decode()
        assert f'href="{reverse("jobs:job-list")}?seniority=senior"' in page

    def test_empty_site_says_what_to_do(self) -> None:
        assert "There is nothing to show yet" in self.client.get(PAGE).content.decode()

    def test_odd_value_is_escaped(self) -> None:
        add(tools=["<b>x</b>"])
        term_counts.refresh()
        page = self.client.get(PAGE).content.decode()
        assert "&lt;b&gt;x" in page
        assert "<b>x" not in page

    def test_page_costs_the_same_however_many_values(self) -> None:
        add(tools=["one"])
        term_counts.refresh()
        with CaptureQueriesContext(connection) as few:
            self.client.get(PAGE)
        for number in range(9):
            add(f"source-{number}", tools=[f"tool-{number}"], perks=["a", "b"])
        term_counts.refresh()
        with self.assertNumQueries(len(few)):
            self.client.get(PAGE)

    def test_who_may_not_look_gets_no_figures(self) -> None:
        assert self.statuses(PAGE) == [200, 403, 302]
        address = reverse("enrichment:insights-csv", args=["skill"])
        assert self.statuses(address) == [200, 403, 302]


class FileTest(SiteTestCase):
    def rows(self, name: str) -> list[list[str]]:
        address = reverse("enrichment:insights-csv", args=[name])
        response = self.client.get(address)
        assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    def test_file_has_what_the_page_shows(self) -> None:
        add(seniority="senior")
        term_counts.refresh()
        assert self.rows("seniority") == [
            ["Seniority", "Postings", "%"],
            ["Senior", "1", "100"],
        ]

    def test_every_figure_has_a_file(self) -> None:
        paid(40_000)
        term_counts.refresh()
        for name in insights.TITLES:
            assert self.rows(name)

    def test_formula_is_not_run_by_a_spreadsheet(self) -> None:
        add(tools=["=1+1"])
        term_counts.refresh()
        assert self.rows("skill")[1][0] == "'=1+1"
        assert guarded(-3) == -3

    def test_unknown_figure_is_not_found(self) -> None:
        address = reverse("enrichment:insights-csv", args=["nothing"])
        assert self.client.get(address).status_code == 404
