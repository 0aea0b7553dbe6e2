"""The jobs page's filters: offered with counts, shown as active, kept from page to page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import TestCase
from django.urls import reverse

from enrichment import term_counts, terms
from enrichment.models import Enrichment
from enrichment.models.terms import TermCounting
from jobs import facets, filters, listing
from jobs.facets import Chip, Offer
from jobs.listing import Listing
from jobs.models import JobPosting
from tests.builders import failed_posting, make_posting, make_postings
from tests.people import SiteTestCase

LIST = reverse("jobs:job-list")
ROWS = reverse("jobs:job-rows")
MATCHING = reverse("jobs:enrich-matching")
SCRIPT = "<script>alert(1)</script>"


def with_facts(**facts: Any) -> JobPosting:
    posting = make_posting()
    Enrichment.objects.filter(pk=posting.pk).update(
        status="enriched", facts=facts, finished_at=posting.created_at
    )
    terms.refresh([posting.pk])
    return posting


def find(query: str, **options: Any) -> Listing:
    data = QueryDict(query.removeprefix("?"))
    return listing.find(filters.read(data), listing.position(data), **options)


def offer(query: str = "") -> Offer:
    return Offer(chosen=filters.read(QueryDict(query)))


def told(chips: list[Chip]) -> list[tuple[str, int | None]]:
    return [(chip.label, chip.count) for chip in chips]


class PagesTests(TestCase):
    def test_oldest_first_goes_the_other_way(self) -> None:
        postings = make_postings(listing.PAGE_SIZE + 1)

        first = find("?order=oldest")
        second = find(first.newer)
        back = find(second.older)

        assert [first.rows[0].posting, second.rows[0].posting] == [
            postings[0],
            postings[-1],
        ]
        assert (first.older, second.newer) == ("", "")
        assert [row.posting for row in back.rows] == postings[:-1]

    def test_look_that_stopped_tells_where_to_go_on(self) -> None:
        failed = failed_posting(source="own")
        make_postings(4, source="own")

        first = find("?source=own&state=failed", most=3)
        second = find(first.further, most=3)

        assert (first.rows, str(first.count), first.older) == ([], "0+", "")
        assert [row.posting for row in second.rows] == [failed]
        assert second.further == ""

    def test_look_that_stopped_after_a_full_page_has_an_older_page(self) -> None:
        make_postings(listing.PAGE_SIZE + 5, source="own")

        first = find("?source=own&state=pending", most=listing.PAGE_SIZE + 2)
        second = find(first.older, most=2)

        assert (first.further, str(first.count)) == ("", f"{listing.PAGE_SIZE + 2}+")
        assert (len(second.rows), second.older) == (2, "")
        assert second.further

    def test_count_that_stopped_is_no_less_than_what_is_shown(self) -> None:
        for _number in range(3):
            failed_posting(source="own")
        make_postings(3, source="own")

        far = find("?source=own&state=failed&before=999999", most=4)

        assert (len(far.rows), str(far.count)) == (1, "1+")
        beyond = find(far.further, most=2)
        assert (len(beyond.rows), str(beyond.count)) == (2, "2+")

    def test_count_of_one_filter_is_the_counted_one_where_there_are_many(self) -> None:
        make_postings(listing.COUNTED + 1, source="own")
        term_counts.refresh()

        found = find("?source=own")

        assert (found.count, bool(found.counted)) == (listing.COUNTED + 1, True)
        assert str(find("?source=own&q=baker").count) == f"{listing.COUNTED}+"


class ChipsTests(TestCase):
    def test_states_have_exact_counts_and_switch_the_error_off(self) -> None:
        make_posting()
        failed_posting()

        found = find("?state=failed&kind=bad_output&q=baker")

        assert told(found.states) == [
            ("pending", 1),
            ("queued", 0),
            ("running", 0),
            ("enriched", 0),
            ("failed", 1),
        ]
        assert found.states[0].query == "?q=baker&state=pending"
        assert told(found.errors) == [("wrong shape", 1)]
        assert found.errors[0].query == "?q=baker&state=failed"

    def test_values_are_offered_the_most_frequent_first(self) -> None:
        with_facts(seniority="senior", tools=["SQL", "Python"])
        with_facts(seniority="junior", tools=["Python"])
        term_counts.refresh()

        chips = {facet.name: told(facet.chips) for facet in offer().facets}

        assert chips["skill"] == [("Python", 2), ("SQL", 1)]
        assert chips["seniority"] == [("Junior", 1), ("Senior", 1)]
        assert chips["source"] == [("import", 2)]

    def test_long_lists_are_folded_but_the_chosen_value(self) -> None:
        for number in range(facets.SHOWN["skill"] + 3):
            with_facts(tools=[f"tool {number:02}"])
        term_counts.refresh()

        (skills,) = [
            one for one in offer("skill=tool+14").facets if one.name == "skill"
        ]

        assert len(skills.more) == 2
        assert (skills.chips[-1].label, skills.chips[-1].is_active) == ("tool 14", True)

    def test_sources_are_offered_before_anything_is_counted(self) -> None:
        make_posting(source="own")

        (facet,) = offer().facets

        assert told(facet.chips) == [("own", None)]

    def test_active_filters_lead_to_the_list_without_them(self) -> None:
        active = offer("q=night+baker&skill=sql&currency=EUR&salary_from=40000").active

        assert [(chip.label, chip.query) for chip in active] == [
            ("Search: night baker", "?skill=sql&currency=EUR&salary_from=40000"),
            ("Skill: SQL", "?q=night+baker&currency=EUR&salary_from=40000"),
            ("Pay in a year: € 40,000 or more", "?q=night+baker&skill=sql"),
        ]

    def test_searched_words_that_are_skills_are_suggested(self) -> None:
        with_facts(tools=["Machine Learning", "Python"])
        term_counts.refresh()

        found = offer("q=senior+machine+Learning&skill=python").suggestions

        assert [(chip.label, chip.count) for chip in found] == [("Machine learning", 1)]
        assert found[0].query == "?q=senior&skill=python&skill=machine+learning"

    def test_time_of_counting_has_its_day_where_it_is_another_one(self) -> None:
        assert offer().counted == ""
        term_counts.refresh()
        assert len(offer().counted) == len("14:20")
        TermCounting.objects.update(counted_at="2026-01-02T12:00Z")

        assert offer().counted.startswith("2 Jan 2026")


class PageTests(SiteTestCase):
    def test_filters_are_links_that_work_without_a_script(self) -> None:
        with_facts(seniority="senior")
        term_counts.refresh()

        page = self.client.get(LIST, {"q": "baker"})

        self.assertContains(page, f'href="{LIST}?q=baker&amp;seniority=senior"')
        self.assertContains(page, "Numbers are of all jobs, as of")

    def test_form_keeps_what_it_has_no_field_for(self) -> None:
        page = self.client.get(f"{LIST}?skill=sql&state=failed&order=oldest")

        for name, value in (("skill", "sql"), ("state", "failed"), ("order", "oldest")):
            self.assertContains(
                page, f'<input type="hidden" name="{name}" value="{value}">', html=True
            )

    def test_address_is_pushed_without_the_empty_fields(self) -> None:
        page = self.client.get(
            f"{LIST}?q=baker&skill=&salary_from=", headers={"HX-Request": "true"}
        )

        assert page["HX-Push-Url"] == f"{LIST}?q=baker"

    def test_empty_site_says_how_to_import(self) -> None:
        page = self.client.get(LIST)

        self.assertContains(page, "manage.py import_jobs")
        self.assertNotContains(self.client.get(LIST, {"q": "x"}), "No more jobs here")

    def test_filters_that_find_nothing_can_be_cleared(self) -> None:
        make_posting()

        page = self.client.get(LIST, {"q": "nowhere"})

        self.assertContains(page, "No job fits.")
        self.assertContains(page, "Clear all filters")

    def test_hostile_filters_are_escaped(self) -> None:
        with_facts(tools=[SCRIPT])
        term_counts.refresh()

        for query in ({"q": SCRIPT}, {"skill": SCRIPT}, {"source": SCRIPT}):
            self.assertNotContains(self.client.get(LIST, query), SCRIPT)
            self.assertNotContains(self.client.get(ROWS, query), SCRIPT)


class EnrichMatchingTests(SiteTestCase):
    def test_needs_the_permission(self) -> None:
        assert self.statuses(MATCHING) == [200, 403, 302]
        assert self.statuses(MATCHING, method="post") == [302, 403, 302]

    def test_all_that_match_are_asked_about_and_started(self) -> None:
        wanted = [make_posting(title="Nurse"), failed_posting(title="Nurse")]
        make_posting(title="Baker")

        page = self.client.get(MATCHING, {"q": "nurse"})
        self.assertContains(page, "Enrich 2 jobs?")
        self.assertContains(page, 'name="q" value="nurse">')
        self.client.post(MATCHING, {"q": "nurse"})

        queued = Enrichment.objects.filter(status="queued").values_list("pk", flat=True)
        assert set(queued) == {posting.pk for posting in wanted}

    def test_enriched_ones_are_told_as_skipped(self) -> None:
        with_facts(seniority="senior")

        page = self.client.get(MATCHING, {"seniority": "senior"})

        self.assertContains(page, "1 selected job is skipped")

    def test_button_is_there_where_a_filter_is_and_one_may_start(self) -> None:
        make_posting()
        assert "enrich-matching" not in self.client.get(LIST).content.decode()
        self.assertContains(self.client.get(LIST, {"q": "baker"}), "enrich-matching")
        self.client.force_login(self.viewer)

        self.assertNotContains(self.client.get(LIST, {"q": "baker"}), "enrich-matching")
