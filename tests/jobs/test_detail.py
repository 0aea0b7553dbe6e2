"""A posting's page: what the text says of each fact, what was tried, what it cost."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from enrichment.models import Enrichment
from jobs.attempts import ANSWER_CHARS, SHOWN
from jobs.models import JobPosting
from tests.builders import answered_call, make_posting, running_batch, start_batch
from tests.jobs.test_views import enrich
from tests.people import SiteTestCase

SCRIPT = "<script>alert(1)</script>"
ABSENT = "not found in the text"


class DetailTests(SiteTestCase):
    def page(self, posting: JobPosting) -> Any:
        response = self.client.get(posting.get_absolute_url())
        assert response.status_code == 200
        return response

    def poll(self, posting: JobPosting) -> Any:
        address = reverse("jobs:job-enrichment", args=[posting.pk])
        return self.client.get(address, headers={"HX-Request": "true"})

    def test_fact_and_its_place_lead_to_each_other(self) -> None:
        posting = make_posting(description="We use a stone oven.")
        enrich(posting, tools=["stone oven"])

        page = self.page(posting)
        self.assertContains(page, '<a href="#description-0">stone oven</a>')
        self.assertContains(
            page,
            '<a class="place asked" id="description-0" href="#fact-tools-0"'
            ' title="Tools"><mark>stone oven</mark></a>',
        )
        self.assertContains(page, 'id="fact-tools-0"')

    def test_what_the_employer_says_stands_beside_it(self) -> None:
        pay = {"min": 3000, "max": 4000, "currency": "EUR", "period": "month"}
        said = {"facts": {"salary": pay}, "raw": {}, "more": {"team": SCRIPT}}
        posting = make_posting(given=said)
        self.assertContains(self.page(posting), "not read yet")
        enrich(posting, salary={**pay, "min": 3500, "max": 3500})

        page = self.page(posting)
        self.assertContains(page, "€ 3,000 – 4,000 per month")
        self.assertContains(page, '<span class="verdict differs">differs</span>')
        self.assertNotContains(page, SCRIPT)
        self.assertNotContains(self.page(make_posting()), "What the employer says")

    def test_what_the_text_does_not_say_is_told_in_words(self) -> None:
        posting = make_posting(title="Baker", description="We bake.")
        enrich(posting, tools=["rocket"], education="doctorate")

        self.assertContains(self.page(posting), ABSENT, count=2)

    def test_what_stands_in_the_text_is_not_called_absent(self) -> None:
        posting = make_posting(title="Baker", description="A rocket. You need a PhD.")
        enrich(posting, tools=["rocket"], education="doctorate")

        self.assertNotContains(self.page(posting), ABSENT)

    def test_marked_text_is_escaped_to_the_last_character(self) -> None:
        posting = make_posting(
            title=f"Baker {SCRIPT}",
            location=f'Ghent "{SCRIPT}',
            description=f"- {SCRIPT} oven\n\n{SCRIPT}",
        )
        enrich(posting, tools=["script alert", SCRIPT], location={"city": 'Ghent "'})

        self.assertNotContains(self.page(posting), SCRIPT)
        self.assertContains(
            self.page(posting), "<mark>script&gt;alert(1)&lt;/script</mark>"
        )

    def test_total_cost_counts_every_attempt(self) -> None:
        posting = make_posting()
        enrich(posting)
        answered_call(posting, input_tokens=766, output_tokens=44, cost_microusd=800)

        page = self.page(posting)
        self.assertContains(page, "2 calls were made for this job")
        self.assertContains(page, "2,000 tokens in and 100 out")
        self.assertContains(page, "<strong>$0.0050</strong>")

    def test_unknown_price_makes_an_unknown_sum(self) -> None:
        posting = make_posting()
        answered_call(posting, input_tokens=10, cost_microusd=None)

        self.assertContains(self.page(posting), "ENRICHMENT_PRICE_INPUT")

    def test_attempts_lead_to_their_run_and_open_their_answers(self) -> None:
        posting = make_posting()
        batch = start_batch(posting)
        answered_call(posting, batch=batch, answer='{"title": "<b>"}')

        page = self.page(posting)
        for name, pk in (("run-detail", batch.run_id), ("batch-detail", batch.pk)):
            self.assertContains(page, reverse(f"enrichment:{name}", args=[pk]))
        self.assertContains(page, "&quot;title&quot;: &quot;&lt;b&gt;&quot;")

    def test_failed_attempt_says_why(self) -> None:
        posting = make_posting()
        answered_call(
            posting, outcome="error", error_kind="timeout", error_message="No <answer>"
        )

        self.assertContains(self.page(posting), "No answer in time:")
        self.assertContains(self.page(posting), "No &lt;answer&gt;")

    def test_long_answers_and_many_attempts_are_cut(self) -> None:
        posting = make_posting()
        for _ in range(SHOWN + 1):
            answered_call(posting, answer="§" * (ANSWER_CHARS + 1))

        page = self.page(posting)
        self.assertContains(page, "§" * ANSWER_CHARS, count=SHOWN)
        self.assertNotContains(page, "§" * (ANSWER_CHARS + 1))
        self.assertContains(page, "Only the newest are listed.")

    def test_enriching_again_says_what_it_costs_and_keeps(self) -> None:
        posting = make_posting()
        enrich(posting)

        page = self.page(posting)
        self.assertContains(page, "that costs one call")
        self.assertContains(page, "all values but those corrected by hand")

    def test_poll_gives_facts_alone_while_work_goes_on(self) -> None:
        posting = make_posting()
        running_batch(posting)

        part = self.poll(posting)
        assert "HX-Retarget" not in part.headers
        self.assertContains(part, 'id="enrichment"')
        self.assertNotContains(part, 'id="posting"')

    def test_last_poll_brings_the_whole_posting(self) -> None:
        posting = make_posting()
        enrich(posting)

        part = self.poll(posting)
        assert part.headers["HX-Retarget"] == "#posting"
        self.assertContains(part, 'id="posting"', count=1)
        self.assertNotContains(part, "<!doctype")

    def test_page_costs_the_same_statements_for_one_call_and_for_many(self) -> None:
        posting = make_posting()
        enrich(posting)
        self.page(posting)
        with self.assertNumQueries(9):
            # Session, user, rights (2), posting with what is known, sums, calls, answers,
            # edits
            self.page(posting)
        for _ in range(5):
            answered_call(posting)
        with self.assertNumQueries(9):
            self.page(posting)

    def test_facts_of_an_older_schema_are_shown_as_they_are(self) -> None:
        posting = make_posting(description="We bake.")
        enrich(posting, seniority="wizard", tools=[3, None, ["x"]], location="Ghent")

        self.assertContains(self.page(posting), "wizard")

    def test_hand_made_value_needs_no_proof(self) -> None:
        posting = make_posting(title="Baker", description="We bake.")
        enrich(posting, tools=["rocket"])
        Enrichment.objects.filter(pk=posting.pk).update(
            edits={"tools": {"value": ["shuttle"], "by": "ann", "at": "nonsense"}}
        )

        page = self.page(posting)
        self.assertNotContains(page, ABSENT)
        for text in ("shuttle", "by hand", "ann", "The model said: rocket."):
            self.assertContains(page, text)
