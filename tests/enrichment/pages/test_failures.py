"""The failures page: by cause, with what to do, and everything on it can be tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrichment import batches, retrying
from enrichment.llm.errors import ErrorKind
from enrichment.models import Door, Enrichment, Run
from enrichment.pages import failures
from enrichment.paging import COUNTED
from tests.builders import (
    failed_posting,
    make_posting,
    make_postings,
    states,
)
from tests.people import SiteTestCase

PAGE = reverse("enrichment:failures")
RETRY = reverse("enrichment:retry")
HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert(1)</script>"


def fail(count: int, kind: ErrorKind = ErrorKind.TIMEOUT) -> list[int]:
    """Ids of so many postings that failed for the first time an hour ago."""
    ids = [posting.pk for posting in make_postings(count)]
    now = timezone.now()
    Enrichment.objects.filter(pk__in=ids).update(
        status="failed",
        error_kind=kind,
        error_message="It went wrong",
        tries=1,
        finished_at=now - timedelta(hours=1),
        retry_at=now + timedelta(hours=23),
    )
    return ids


class FailuresPageTests(SiteTestCase):
    def group(self, query: str = "") -> Any:
        """The only one."""
        (group,) = _groups(self.client.get(PAGE + query))
        return group

    def test_needs_a_login_and_the_permission(self) -> None:
        assert self.statuses(PAGE) == [200, 403, 302]

    def test_says_so_where_nothing_is_failed(self) -> None:
        self.assertContains(self.client.get(PAGE), "No job is failed.")

    def test_groups_by_cause_the_largest_first(self) -> None:
        fail(1, ErrorKind.REFUSED)
        fail(2, ErrorKind.TIMEOUT)

        response = self.client.get(PAGE)

        found = [(g.failure.kind, g.failure.count) for g in _groups(response)]
        assert found == [("timeout", 2), ("refused", 1)]
        self.assertContains(response, "Retry these 2")

    def test_tells_what_it_means_what_to_do_and_an_example(self) -> None:
        posting = failed_posting(ErrorKind.TRUNCATED, title="Baker of long bread")

        response = self.client.get(PAGE)

        self.assertContains(response, "Raise ENRICHMENT_MAX_OUTPUT_TOKENS.")
        self.assertContains(response, "Baker of long bread")
        self.assertContains(response, posting.get_absolute_url())
        self.assertContains(response, "It went wrong")

    def test_tells_those_that_wait_for_their_time_from_those_for_a_person(self) -> None:
        first, second, _third = fail(3)
        soon = timezone.now() + timedelta(hours=1)
        Enrichment.objects.filter(pk=first).update(retry_at=None)
        Enrichment.objects.filter(pk=second).update(retry_at=soon)

        group = self.group()

        assert (group.waiting, group.for_person, group.next_at) == (2, 1, soon)

    def test_many_that_wait_are_counted_no_further_than_needed(self) -> None:
        fail(2)

        with CaptureQueriesContext(connection) as captured:
            self.client.get(PAGE)

        sql = "\n".join(query["sql"] for query in captured)
        assert f"LIMIT {COUNTED + 1}" in sql

    def test_an_open_group_lists_its_postings_newest_first_page_by_page(self) -> None:
        ids = fail(failures.PAGE_SIZE + 1)
        newest, *_rest, oldest = sorted(ids, reverse=True)

        first = self.group("?kind=timeout").page
        second = self.group(first.older).page

        assert first.rows[0].pk == newest
        assert [row.pk for row in second.rows] == [oldest]
        assert self.group(second.newer).page.rows == first.rows

    def test_odd_addresses_open_nothing(self) -> None:
        fail(1)

        for query in ("?kind=nonsense", "?kind=timeout&before=x", "?before=5"):
            assert self.client.get(PAGE + query).status_code == 200

    def test_account_trouble_links_to_the_run_that_waits(self) -> None:
        run = batches.start(door=Door.PAGE, selection=[make_posting().pk]).run
        assert run is not None
        batches.block(run.pk, kind=ErrorKind.UNAUTHORIZED, reason="Key not accepted")
        fail(1, ErrorKind.UNAUTHORIZED)

        response = self.client.get(PAGE)

        self.assertContains(response, f"Run {run.pk}</a> has stopped")
        assert _groups(response)[0].blocked == run

    def test_hostile_texts_are_escaped(self) -> None:
        posting = failed_posting(title=SCRIPT, company=SCRIPT)
        Enrichment.objects.filter(pk=posting.pk).update(error_message=SCRIPT)

        for query in ("", "?kind=bad_output"):
            self.assertNotContains(self.client.get(PAGE + query), SCRIPT)


def _groups(response: Any) -> list[Any]:
    return response.context["failures"].groups  # type: ignore[no-any-return]


@override_settings(ENRICHMENT_BATCH_SIZE=2)
class RetryPageTests(SiteTestCase):
    def retry(self, **form: Any) -> Any:
        return self.client.post(RETRY, form, follow=True)

    def test_needs_the_permission_to_start(self) -> None:
        fail(1)
        assert self.statuses(RETRY, method="post") == [302, 403, 302]
        self.client.force_login(self.viewer)

        assert self.client.post(RETRY, {"kind": "timeout"}).status_code == 403
        self.assertContains(self.client.get(PAGE), "You may look, but not start")
        assert not Run.objects.filter(retries="timeout").exists()

    def test_a_group_is_retried_and_told(self) -> None:
        fail(3)
        fail(1, ErrorKind.REFUSED)

        response = self.retry(kind="timeout")

        self.assertContains(response, "3 failed jobs are tried again.")
        assert states() == {"queued": 3, "failed": 1}
        run = Run.objects.get(retries="timeout")
        assert (run.door, run.user, run.batch_size) == ("page", self.operator, 2)
        self.assertContains(response, "Being tried again")
        assert response.context["failures"].retries[0].run == run

    def test_second_click_starts_nothing(self) -> None:
        fail(9)
        seen = self.client.get(PAGE).context["seen_run"]

        self.retry(kind="timeout", seen_run=seen)
        response = self.retry(kind="timeout", seen_run=seen)

        self.assertContains(response, "the second click changed nothing")
        assert Run.objects.filter(retries="timeout").count() == 1

    def test_somebody_elses_click_finds_the_run_that_does_it(self) -> None:
        fail(9)
        run, _is_new = retrying.start(kind="timeout", door=Door.PAGE)
        assert run is not None

        self.assertContains(self.retry(kind="timeout"), "are being tried again already")
        batches.pause(run.pk)
        self.assertContains(self.retry(kind="timeout"), "resume that one")
        assert Run.objects.filter(retries="timeout").count() == 1

    def test_one_posting_is_retried(self) -> None:
        first, second = fail(2)

        self.assertContains(self.retry(posting=first), "This job is tried again.")
        self.assertContains(self.retry(posting=first), "not failed any more")
        assert Enrichment.objects.get(pk=second).status == "failed"

    def test_all_are_retried(self) -> None:
        fail(2)
        fail(1, ErrorKind.REFUSED)

        self.retry(kind="all")

        assert states() == {"queued": 3}

    def test_a_kind_that_nothing_failed_by_starts_nothing(self) -> None:
        for kind in ("timeout", "nonsense", ""):
            self.assertContains(self.retry(kind=kind), "Nothing of this kind is failed")
        assert not Run.objects.exists()

    def test_by_htmx_the_groups_come_back_with_what_happened(self) -> None:
        fail(5)

        response = self.client.post(RETRY, {"kind": "timeout"}, headers=HTMX)

        self.assertContains(response, 'hx-swap-oob="innerHTML"')
        self.assertContains(response, "5 failed jobs are tried again.")
        self.assertNotContains(response, "<html")

    def test_page_follows_while_something_is_tried_again(self) -> None:
        fail(9)
        assert b"every 4s" not in self.client.get(PAGE).content

        self.retry(kind="timeout")

        assert b"every 4s" in self.client.get(PAGE).content
