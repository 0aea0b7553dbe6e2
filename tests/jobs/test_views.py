"""The jobs page and a posting's page: who sees them, what they show, what they cost."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Enrichment, LlmCall
from jobs import listing
from jobs.models import JobPosting
from tests.builders import make_posting, make_postings, start_batch
from tests.people import SiteTestCase

LIST = reverse("jobs:job-list")
ROWS = reverse("jobs:job-rows")
SCRIPT = "<script>alert(1)</script>"


def enrich(posting: JobPosting, **facts: Any) -> Enrichment:
    """As if a model had answered."""
    call = LlmCall.objects.create(
        posting=posting,
        outcome="ok",
        provider="openai",
        model="small-model",
        prompt_version=7,
        schema_version=1,
        content_hash=posting.content_hash,
        input_tokens=1234,
        output_tokens=56,
        cost_microusd=4200,
        finished_at=timezone.now(),
    )
    Enrichment.objects.filter(pk=posting.pk).update(
        status="enriched",
        facts={"title": "Baker", **facts},
        call=call,
        content_hash=posting.content_hash,
        finished_at=timezone.now(),
    )
    return Enrichment.objects.get(pk=posting.pk)


def fail(posting: JobPosting, **fields: Any) -> None:
    Enrichment.objects.filter(pk=posting.pk).update(
        **{
            "status": "failed",
            "error_kind": "rate_limited",
            "error_message": "Rate limit exceeded",
            "tries": 2,
            "finished_at": timezone.now(),
            **fields,
        }
    )


class JobListTests(SiteTestCase):
    def titles(self, **query: Any) -> list[str]:
        found = self.client.get(LIST, query).context["listing"]
        return [row.posting.title for row in found.rows]

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert self.client.get(LIST).status_code == 200
        return len(captured)

    def test_needs_a_login_and_the_permission(self) -> None:
        assert self.statuses(LIST) == [200, 403, 302]

    def test_rows_alone_are_refused_to_strangers(self) -> None:
        assert self.statuses(ROWS) == [200, 403, 403]

    def test_root_leads_to_the_list(self) -> None:
        self.assertRedirects(self.client.get("/"), LIST)

    def test_shows_newest_first_with_state_and_key_facts(self) -> None:
        make_posting(title="Old")
        enrich(
            make_posting(title="New", company="Ann & Co"),
            seniority="senior",
            salary={"min": 4200, "max": 5600, "currency": "EUR", "period": "month"},
        )

        assert self.titles() == ["New", "Old"]
        response = self.client.get(LIST)
        for text in ("Ann &amp; Co", "enriched", "pending", "Senior"):
            self.assertContains(response, text)
        self.assertContains(response, "€ 4,200 – 5,600 per month")

    def test_search_finds_words_in_title_company_and_location(self) -> None:
        make_posting(title="Night baker", company="Ann", location="Ghent")
        make_posting(title="Nurse", company="Bob", location="Lille")

        assert self.titles(q="ghent BAKER") == ["Night baker"]
        assert self.titles(q="bob") == ["Nurse"]
        assert self.titles(q="baker lille") == []

    def test_filters_by_state_source_and_kind_of_error(self) -> None:
        make_posting(title="Waits", source="own")
        fail(make_posting(title="Limited", source="feed"))
        fail(make_posting(title="Slow", source="feed"), error_kind="timeout")

        assert self.titles(state="pending") == ["Waits"]
        assert self.titles(source="feed") == ["Slow", "Limited"]
        assert self.titles(state="failed", kind="timeout") == ["Slow"]

    def test_odd_values_in_the_address_are_no_filter(self) -> None:
        make_posting(title="There")

        odd = {"state": "gone", "kind": "?", "before": "x", "after": "-1"}
        assert self.titles(**odd) == ["There"]
        assert self.titles(before="9" * 40) == ["There"]

    def test_pages_go_by_id_and_keep_the_search(self) -> None:
        make_postings(listing.PAGE_SIZE + 1, company="Ann")

        first = self.client.get(LIST, {"q": "ann"}).context["listing"]
        second = self.client.get(LIST + first.older).context["listing"]
        back = self.client.get(LIST + second.newer).context["listing"]

        assert (first.newer, len(second.rows), second.older) == ("", 1, "")
        assert "q=ann" in first.older
        assert [row.posting.pk for row in back.rows] == [
            row.posting.pk for row in first.rows
        ]

    def test_costs_the_same_statements_for_one_and_for_many(self) -> None:
        make_posting()
        self.queries()  # content types and the like are read once
        one = self.queries()
        for posting in make_postings(99):
            enrich(posting)

        assert self.queries() == one

    def test_reads_no_long_texts_and_counts_no_further_than_needed(self) -> None:
        make_posting()
        with CaptureQueriesContext(connection) as captured:
            self.client.get(LIST)
        sql = "\n".join(query["sql"] for query in captured)

        assert '"description' not in sql
        assert "COUNT(*) FROM (SELECT" not in sql  # the tally knows

        with CaptureQueriesContext(connection) as captured:
            self.client.get(LIST, {"q": "baker"})
        sql = "\n".join(query["sql"] for query in captured)
        assert f"LIMIT {listing.COUNTED + 1}" in sql

    def test_count_is_exact_without_a_search(self) -> None:
        make_postings(3)
        fail(make_posting())
        fail(make_posting(), error_kind="timeout")

        def count(**query: str) -> int:
            return int(self.client.get(LIST, query).context["listing"].count)

        assert (count(), count(state="pending"), count(state="failed")) == (5, 3, 2)
        assert (count(kind="timeout"), count(state="pending", kind="timeout")) == (1, 0)
        assert (count(q="baker"), count(source="import")) == (5, 5)

    def test_posting_without_enrichment_row_is_listed(self) -> None:
        make_posting(title="Fresh")
        Enrichment.objects.all().delete()

        assert self.titles() == ["Fresh"]

    def test_buttons_are_disabled_with_the_reason_for_who_may_only_look(self) -> None:
        self.client.force_login(self.viewer)

        response = self.client.get(LIST)

        self.assertContains(response, "Can start enrichment")
        self.assertContains(response, ' disabled aria-describedby="why-not"', count=2)

    def test_hostile_texts_are_escaped(self) -> None:
        posting = make_posting(title=SCRIPT, company=SCRIPT, location=SCRIPT)
        fail(posting, error_message=f'"{SCRIPT}')
        enrich(make_posting(), seniority=SCRIPT, salary={"min": 1, "currency": SCRIPT})

        response = self.client.get(LIST, {"q": "", "source": SCRIPT})
        self.assertNotContains(response, SCRIPT)
        response = self.client.get(LIST)
        self.assertNotContains(response, SCRIPT)
        self.assertContains(response, "&lt;script&gt;alert(1)")


class JobDetailTests(SiteTestCase):
    def page(self, posting: JobPosting) -> Any:
        response = self.client.get(posting.get_absolute_url())
        assert response.status_code == 200
        return response

    def test_needs_a_login_and_the_permission(self) -> None:
        assert self.statuses(make_posting().get_absolute_url()) == [200, 403, 302]

    def test_polled_part_is_refused_to_strangers(self) -> None:
        address = reverse("jobs:job-enrichment", args=[make_posting().pk])

        assert self.statuses(address) == [200, 403, 403]

    def test_unknown_posting_is_not_found(self) -> None:
        assert self.client.get("/jobs/999999/").status_code == 404

    def test_shows_text_facts_and_where_they_come_from(self) -> None:
        posting = make_posting(description="Bread.\n\nMore bread.")
        enrich(posting, must_have_skills=["kneading"], education="vocational")

        response = self.page(posting)

        for text in ("More bread.", "kneading", "Vocational training"):
            self.assertContains(response, text)
        for text in ("small-model", "1,234 in, 56 out", "$0.0042"):
            self.assertContains(response, text)

    def test_shows_that_an_answer_was_shared(self) -> None:
        asked, other = make_posting(), make_posting()
        call = enrich(asked).call
        enrich(other)
        Enrichment.objects.filter(pk=other.pk).update(call=call)

        self.assertContains(self.page(other), f"job {asked.pk}")
        self.assertNotContains(self.page(asked), "This answer was shared")

    def test_shows_a_failure_with_what_to_do(self) -> None:
        posting = make_posting()
        fail(posting, retry_at=None)

        response = self.page(posting)

        for text in ("Rate limited.", "Rate limit exceeded", "Failed 2 times."):
            self.assertContains(response, text)
        self.assertContains(response, "it waits for a person")

    def test_polls_only_while_work_goes_on(self) -> None:
        posting = make_posting()
        self.assertNotContains(self.page(posting), "every 2s")
        start_batch(posting)

        self.assertContains(self.page(posting), "every 2s")

    def test_hostile_texts_and_facts_are_escaped(self) -> None:
        posting = make_posting(
            title=SCRIPT, description=SCRIPT, description_html=SCRIPT
        )
        enrich(
            posting,
            title=SCRIPT,
            seniority=SCRIPT,
            perks=[SCRIPT],
            spoken_languages=[{"language": SCRIPT, "level": SCRIPT}],
            summary_long={"en": SCRIPT, "nl": SCRIPT},
        )
        self.assertNotContains(self.page(posting), SCRIPT)
        fail(posting, error_message=SCRIPT)

        self.assertNotContains(self.page(posting), SCRIPT)

    def test_facts_of_another_shape_do_not_stop_the_page(self) -> None:
        posting = make_posting()
        enrich(posting, salary="much", perks="many", location=[1], experience=3)

        self.assertContains(self.page(posting), "not stated")
