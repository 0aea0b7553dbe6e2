"""Pages on PostgreSQL with 30,000 postings: every statement by an index, and unsorted.

What holds for 30,000 by its plan holds for a million: nothing reads or sorts a whole table.
"""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from bench.filling import (
    FREQUENT_WORD,
    RARE_SKILL,
    RARE_WORD,
    SELDOM_SKILL,
    fill,
)
from enrichment import (
    batches,
    choosing,
    prompts,
    renewing,
    retrying,
    run_sums,
    sampling,
    turns,
)
from enrichment.models import Batch, Door, Enrichment, Run
from enrichment.pages import dialogs
from jobs import filters, finding, search
from jobs.exchange import mixin
from jobs.exporting import walking
from jobs.models import JobPosting
from tests.builders import running_batch
from tests.jobs.planning import LeanTestCase, keep_autovacuum_away, plans_of
from tests.jobs.plans_of_vocabulary import VocabularyPlans

POSTINGS = 30_000
LIST = reverse("jobs:job-list")
POSTING_ADMIN = reverse("admin:jobs_jobposting_changelist")


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's planner has no statistics"
)
class PlanTests(VocabularyPlans, LeanTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        keep_autovacuum_away()
        User.objects.filter(pk=cls.operator.pk).update(is_staff=True, is_superuser=True)
        cls.operator.refresh_from_db()
        fill(POSTINGS)
        run_sums.fold_all()
        now = timezone.now()
        old = Run.objects.create(
            door=Door.PAGE, batch_size=50, status="finished", finished_at=now
        )
        many = Batch.objects.bulk_create(
            Batch(run=old, status="finished", finished_at=now)
            for _number in range(5000)
        )
        Run.objects.filter(pk=old.pk).update(folded_to=many[-1].pk)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE enrichment_batch")
        running_batch(*JobPosting.objects.filter(enrichment__status="pending")[:50])

    def setUp(self) -> None:
        super().setUp()
        # To 30,000 postings what a look of 10,000 is to some hundred thousand.
        self.enterContext(patch.object(finding, "LOOKED", 1_000))
        # And of a million postings 50,000 can be exported: one in twenty. A count that
        # goes to its end may as well read the whole of a small table.
        self.enterContext(patch.object(mixin, "MOST_EXPORTED", POSTINGS // 20))

    # --- The engine ---------------------------------------------------------------------
    def test_next_batch(self) -> None:
        self.assert_lean(lambda: Enrichment.objects.next_pending(50))

    def test_next_batch_of_a_run_with_many(self) -> None:
        self.assert_lean(turns.make_next, sorts=True)  # the few rows of a batch

    def test_start_of_one_batch_and_of_all(self) -> None:
        for continuous in (False, True):
            with self.subTest(continuous=continuous):
                wish = partial(batches.start, door=Door.PAGE, continuous=continuous)
                self.assert_lean(wish, sorts=True)  # the few rows of a batch

    def test_start_of_all_that_a_filter_finds(self) -> None:
        for rows in (
            JobPosting.objects.all(),
            JobPosting.objects.filter(enrichment__status="failed"),
            search.matching(JobPosting.objects.all(), RARE_WORD),
        ):
            wish = partial(batches.start, door=Door.ADMIN, selection=rows)
            self.assert_lean(wish, sorts=True)

    def test_question_before_a_start(self) -> None:
        self.assert_lean(dialogs.about_all)
        self.assert_lean(lambda: dialogs.about_selection(JobPosting.objects.all()))

    def test_statistics(self) -> None:
        self.assert_lean(lambda: call_command("enrichment_stats", stdout=io.StringIO()))

    # --- Pages --------------------------------------------------------------------------
    def test_panel(self) -> None:
        self.assert_page_is_lean(reverse("enrichment:progress"))

    def test_run_with_many_batches(self) -> None:
        run = Run.objects.earliest("pk")

        self.assert_page_is_lean(reverse("enrichment:run-detail", args=[run.pk]))

    def test_list_and_its_filters(self) -> None:
        for query in (
            *("", "?before=20000", "?after=10000"),
            *("?state=pending", "?state=running", "?state=failed&kind=timeout"),
            *("?source=source-07", "?kind=refused"),
        ):
            with self.subTest(query):
                # What is sorted are the ids of one page.
                self.assert_page_is_lean(LIST + query, sorts=True)

    def test_list_by_terms_and_by_several_filters(self) -> None:
        for query in (
            *("?skill=excel", f"?skill={RARE_SKILL}", "?skill=excel&before=20000"),
            *("?seniority=senior&skill=python&skill=sql", "?skill=excel&after=10000"),
            *(f"?seniority=junior&skill={SELDOM_SKILL}", "?skill=excel&state=pending"),
            "?currency=EUR&salary_from=40000&salary_below=60000&source=source-07",
            "?currency=EUR&salary_below=60000&order=oldest",
            f"?skill=excel&q={FREQUENT_WORD}&state=enriched",
            *(f"?skill=excel&q={RARE_WORD}", "?source=source-07&kind=timeout"),
        ):
            with self.subTest(query):
                self.assert_page_is_lean(LIST + query, sorts=True)

    def test_filters_are_met_along_the_index_of_the_rarest_one(self) -> None:
        walk = "Index Only Scan Backward using enrichment_term_pkey on enrichment_term"
        for query in (
            "skill=excel",
            f"seniority=junior&skill={SELDOM_SKILL}",
            f"skill=excel&remote_policy=hybrid&q={FREQUENT_WORD}",
        ):
            chosen = filters.read(QueryDict(query))
            with self.subTest(query):
                along = finding.plan(chosen)
                *_rest, plan = plans_of(partial(finding.look, along, limit=101))
                assert walk in plan, plan
                assert "Join" not in plan, plan
                assert "Sort" not in plan, plan

    def test_all_that_match_are_found_without_reading_all(self) -> None:
        for query in ("skill=excel", f"q={FREQUENT_WORD}&state=failed"):
            with self.subTest(query):
                page = f"{reverse('jobs:enrich-matching')}?{query}"
                self.assert_page_is_lean(page, sorts=True)

    def test_exports_read_no_more_than_their_pages(self) -> None:
        for query in ("", "state=failed", f"skill=excel&q={FREQUENT_WORD}"):
            with self.subTest(query):
                pages = walking.pages(filters.read(QueryDict(query)))
                self.assert_lean(partial(next, pages), sorts=True)

    def test_search_for_rare_and_short_words(self) -> None:
        for words in (RARE_WORD, f"senior {RARE_WORD}", "nobody", "zz", "q+"):
            with self.subTest(words):
                self.assert_page_is_lean(f"{LIST}?q={words}", sorts=True)
                self.assert_page_is_lean(f"{POSTING_ADMIN}?q={words}", sorts=True)

    def test_search_for_a_frequent_word_walks_from_the_newest(self) -> None:
        rows = search.matching(JobPosting.objects.all(), FREQUENT_WORD)

        (plan,) = plans_of(lambda: list(rows.order_by("-pk")[:101]))

        assert "Scan Backward using jobs_jobposting_pkey" in plan, plan

    def test_failures_and_their_pages(self) -> None:
        page = reverse("enrichment:failures")
        newest = Enrichment.objects.filter(error_kind="timeout").latest("pk").pk
        for query in (
            *("", "?kind=timeout", f"?kind=timeout&before={newest - 5000}"),
            *("?kind=timeout&after=100", "?kind=refused"),
        ):
            with self.subTest(query):
                # What is sorted are the ids of one page.
                self.assert_page_is_lean(page + query, sorts=True)

    def test_retry_of_a_kind_and_of_all(self) -> None:
        for kind in ("timeout", retrying.ALL):
            wish = partial(retrying.start, kind=kind, door=Door.PAGE)
            with self.subTest(kind):
                self.assert_lean(wish, sorts=True)  # the few rows of a batch

    def test_next_batch_of_a_retry_goes_on_where_the_last_one_ended(self) -> None:
        run, _is_new = retrying.start(kind="timeout", door=Door.PAGE)
        assert run is not None
        run.refresh_from_db()

        self.assert_lean(lambda: choosing.next_of(run, 50))

    def test_stale_ones_are_counted_found_and_read_again(self) -> None:
        # Of three versions the newest is current; nearly all was read by the first.
        for number in (1, 2):
            made = prompts.draft(instructions=f"{number}", note="", user=self.operator)
            prompts.promote(made.version, seen=number, user=self.operator)
        newest = Enrichment.objects.filter(status="enriched").order_by("-pk")
        ids = list(newest.values_list("pk", flat=True)[:300])
        Enrichment.objects.filter(pk__in=ids).update(prompt_version=2)

        self.assert_page_is_lean(reverse("enrichment:prompts"), sorts=True)
        for query in ("?prompt=1", "?prompt=2", "?prompt=older", "?prompt=7"):
            with self.subTest(query):
                self.assert_page_is_lean(LIST + query, sorts=True)
        wish = partial(renewing.start, door=Door.PAGE)
        self.assert_lean(wish, sorts=True)  # the few rows of a batch
        run = Run.objects.get(retries=Run.STALE)
        self.assert_lean(lambda: choosing.next_of(run, 50), sorts=True)
        self.assert_lean(lambda: sampling.enriched(20, ids=(), at_random=True))
        self.assert_lean(lambda: sampling.enriched(20, ids=(), at_random=False))

    # --- The admin ----------------------------------------------------------------------
    def test_admin_of_postings(self) -> None:
        for query in (
            *("", "?p=3", "?enrichment__status__exact=failed"),
            *("?enrichment__status__exact=running", "?source=source-07"),
        ):
            with self.subTest(query):
                self.assert_page_is_lean(POSTING_ADMIN + query)

    def test_admin_of_postings_by_date(self) -> None:
        # The few of a day are sorted; of more, the newest are found on a walk by id.
        yesterday = timezone.now() - timedelta(days=1)
        for query in ({"posted_at__isnull": True}, {"posted_at__gte": yesterday}):
            page = f"{POSTING_ADMIN}?{urlencode(query)}"
            self.assert_page_is_lean(page, sorts=True)

    def test_admin_of_enrichments(self) -> None:
        page = reverse("admin:enrichment_enrichment_changelist")
        for query in ("", "?status__exact=failed", "?error_kind__exact=timeout"):
            with self.subTest(query):
                self.assert_page_is_lean(page + query)

    def test_admin_of_runs_and_of_the_batches_of_one(self) -> None:
        old = Run.objects.latest("pk").pk
        self.assert_page_is_lean(reverse("admin:enrichment_run_changelist"), sorts=True)
        page = reverse("admin:enrichment_batch_changelist")
        self.assert_page_is_lean(f"{page}?run__id__exact={old}")

    def test_retry_of_what_a_filter_of_the_admin_finds(self) -> None:
        rows = Enrichment.objects.filter(error_kind="refused")[:2000]
        chosen = Enrichment.objects.filter(pk__in=[row.pk for row in rows])

        wish = partial(retrying.start_some, chosen, door=Door.ADMIN)
        self.assert_lean(wish, sorts=True)

    def test_page_before_an_export(self) -> None:
        page = reverse("admin:jobs_jobposting_export")
        for query in ("", "?source=source-07", "?enrichment__status__exact=failed"):
            with self.subTest(query):
                self.assert_page_is_lean(page + query, sorts=True)

    def test_admin_of_calls(self) -> None:
        page = reverse("admin:enrichment_llmcall_changelist")
        for query in (
            *("", "?outcome__exact=error", "?outcome__exact=in_doubt"),
            "?error_kind__exact=timeout",
        ):
            with self.subTest(query):
                self.assert_page_is_lean(page + query)

    def test_admin_of_batches(self) -> None:
        page = reverse("admin:enrichment_batch_changelist")
        for query in ("", "?status__exact=queued", "?status__exact=released"):
            with self.subTest(query):
                self.assert_page_is_lean(page + query)
