"""Postings by the API: found, looked at, written."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from enrichment.llm.errors import ErrorKind
from jobs import finding
from jobs.models import JobPosting
from tests.builders import (
    enriched_posting,
    enrichment_of,
    failed_posting,
    make_posting,
    make_postings,
)
from tests.jobsite.api.asking import Caller

pytestmark = pytest.mark.django_db
WISH = {"title": "Baker", "description": "We bake bread in Ghent."}


def titles(page: dict[str, Any]) -> list[str]:
    return [item["title"] for item in page["items"]]


class TestList:
    def test_filters_are_those_of_the_jobs_page(self) -> None:
        caller = Caller()
        make_posting(title="Cook", source="feed")
        failed_posting(ErrorKind.TIMEOUT, title="Baker", source="feed")
        make_posting(title="Smith")

        assert titles(caller.get("postings")) == ["Smith", "Baker", "Cook"]
        assert titles(caller.get("postings?order=oldest&limit=1")) == ["Cook"]
        assert titles(caller.get("postings?source=feed&q=co")) == ["Cook"]
        assert titles(caller.get("postings?state=failed&kind=timeout")) == ["Baker"]

    def test_facts_are_the_effective_ones(self) -> None:
        caller, posting = Caller(), enriched_posting()
        row = enrichment_of(posting)
        row.edits = {"seniority": {"value": "lead"}}
        row.save()

        told = caller.get("postings?state=enriched")["items"][0]["enrichment"]

        assert told["facts"] == row.effective_facts
        assert told["facts"]["seniority"] == "lead"
        assert told["corrected"] == ["seniority"]
        assert told["is_current"]

    def test_failure_is_told(self) -> None:
        caller = Caller()
        failed_posting(ErrorKind.TIMEOUT)

        told = caller.get("postings")["items"][0]["enrichment"]

        assert told["error"] == {"kind": "timeout", "message": "It went wrong"}
        assert told["next_try_at"]

    def test_pages_stay_the_same_while_postings_are_added(self) -> None:
        caller = Caller()
        wanted = [posting.pk for posting in make_postings(5)][::-1]
        found, cursor = [], ""

        while True:
            page = caller.get(f"postings?limit=2{cursor}")
            found += [item["id"] for item in page["items"]]
            make_posting()
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"

        assert found == wanted

    def test_look_that_stops_says_where_to_go_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        caller, rare = Caller(), make_posting(source="feed", title="Rare word")
        make_postings(6, source="feed")
        monkeypatch.setattr(finding, "bound", lambda: 3)

        page = caller.get("postings?source=feed&q=rare")
        assert page["items"] == []
        while page["next"]:
            page = caller.get(f"postings?source=feed&q=rare&cursor={page['next']}")
            if page["items"]:
                break

        assert [item["id"] for item in page["items"]] == [rare.pk]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("skil=python", "skil"),
            ("state=done", "state"),
            ("state=failed&state=pending", "state"),
            ("q=%00", "q"),
            ("q=+", "q"),
            ("salary_from=1", "salary_from"),
            ("salary_from=40000&currency=euro", "currency"),
            ("order=random", "order"),
            ("limit=0", "limit"),
        ],
    )
    def test_slip_finds_nothing_and_is_named(self, query: str, field: str) -> None:
        caller = Caller()

        caller.get(f"postings?{query}")

        assert caller.refused == (422, "invalid", field)

    def test_page_costs_the_same_with_more_rows(
        self, django_assert_num_queries: Any
    ) -> None:
        caller = Caller()
        make_postings(20)
        caller.get("postings")

        # Token, its count, permissions (of the user and of groups), ids, rows.
        with django_assert_num_queries(6):
            caller.get("postings")


class TestWrite:
    def test_new_one_is_created_and_waits_to_be_enriched(self) -> None:
        caller = Caller()

        told = caller.put("postings/feed/a%201", WISH)

        assert (caller.status, told["result"]) == (201, "created")
        posting = JobPosting.objects.get()
        assert (posting.source, posting.external_id) == ("feed", "a 1")
        assert told["posting"]["enrichment"]["state"] == "pending"
        assert caller.get("postings/feed/a%201") == told["posting"]

    def test_same_text_changes_nothing(self) -> None:
        caller = Caller()
        caller.put("postings/feed/1", WISH)
        before = JobPosting.objects.get().updated_at

        told = caller.put("postings/feed/1", WISH)

        assert (caller.status, told["result"]) == (200, "unchanged")
        assert JobPosting.objects.get().updated_at == before

    def test_other_text_is_enriched_anew_and_the_facts_stay_meanwhile(self) -> None:
        caller = Caller()
        posting = enriched_posting(source="feed", external_id="1")

        told = caller.put("postings/feed/1", WISH)

        enrichment = told["posting"]["enrichment"]
        assert (caller.status, told["result"]) == (200, "updated")
        assert (enrichment["state"], enrichment["is_current"]) == ("pending", False)
        assert enrichment["facts"]
        assert JobPosting.objects.get().content_hash != posting.content_hash

    def test_what_is_left_out_is_emptied(self) -> None:
        caller = Caller()
        caller.put("postings/feed/1", {**WISH, "company": "Bakery", "priority": 3})

        told = caller.put("postings/feed/1", WISH)

        assert (told["posting"]["company"], told["posting"]["priority"]) == ("", 0)

    def test_html_becomes_text_as_in_an_import(self) -> None:
        caller = Caller()

        html = {**WISH, "description": "<p>Bread</p><p>Cake</p>"}
        told = caller.put("postings/feed/1", html)

        assert told["posting"]["description"] == "Bread\n\nCake"
        assert JobPosting.objects.get().description_html == html["description"]

    @pytest.mark.parametrize("name", ["https://x.org/1?a=b", "a/b", "é ü", "1" * 500])
    def test_any_name_finds_its_way(self, name: str) -> None:
        caller, path = Caller(), f"postings/feed/{quote(name, safe='')}"
        caller.put(path, WISH)
        assert caller.status == 201

        assert caller.get(path)["external_id"] == name

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": " "}, "title"),
            ({"title": None}, "title"),
            ({"description": "<br>"}, "description"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"posted_at": "yesterday"}, "posted_at"),
            ({"posted_at": "0001-01-01T00:00:00Z"}, "posted_at"),
            ({"priority": 40_000}, "priority"),
            ({"priority": 10**400}, "priority"),
            ({"priority": 1.5}, "priority"),
            ({"id": 5}, "id"),
        ],
    )
    def test_what_an_import_rejects_is_refused(self, changes: Any, field: str) -> None:
        caller = Caller()

        caller.put("postings/feed/1", {**WISH, **changes})

        assert caller.refused == (422, "invalid", field)
        assert not JobPosting.objects.exists()

    @pytest.mark.parametrize(
        ("path", "field"),
        [
            ("postings/feed/%20a", "external_id"),
            ("postings/feed/a%09b", "external_id"),
            ("postings/feed/%00", "external_id"),
            (f"postings/feed/{'1' * 501}", "external_id"),
            (f"postings/{'s' * 101}/1", "source"),
        ],
    )
    def test_name_that_would_be_changed_is_refused(self, path: str, field: str) -> None:
        caller = Caller()

        caller.put(path, WISH)

        assert caller.refused == (422, "invalid", field)

    def test_nothing_is_found_where_nothing_can_be(self) -> None:
        caller = Caller()

        for path in ("postings/feed/1", "postings/feed/%00", "postings/a%00/1"):
            caller.get(path)
            assert caller.refused == (404, "not_found", None)
