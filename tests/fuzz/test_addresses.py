"""Any address and any form of the site: a page, or a refusal; never a fault of the program."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enrichment.models import Enrichment
from enrichment.pages.edit_form import FactsForm, LanguageForm
from jobs.filters import TITLES
from jobs.models import JobPosting
from tests.builders import enriched_posting, failed_posting, make_posting, start_batch
from tests.fuzz.mutating import TEXTS
from tests.fuzz.profile import examples
from tests.jobs import test_edit

pytestmark = pytest.mark.django_db
NAMES = [
    *TITLES,
    *("before", "after", "order", "currency", "page", "p", "e", "o", "kind", "cursor"),
    *("outcome__exact", "enrichment__status__exact", "id__in", "run__id__exact"),
]
NUMBERS = st.sampled_from(
    ["0", "-1", "1", "2147483648", "9" * 18, "9" * 19, "9" * 400, "٣", "²", "1_0", "+1"]
)
VALUES = st.one_of(
    NUMBERS,
    TEXTS.map(lambda text: text[:300]),
    st.sampled_from(
        [
            *("enriched", "failed", "timeout", "python", "EUR", "40000", "٤٠٠٠٠", "-a"),
            *(
                "older",
                "100000000000",
                "%",
                "_",
                "\\",
                "'",
                '"',
                "a" * 250,
                "(",
                "oldest",
            ),
        ]
    ),
)
# Escaped as browsers do, or bytes that are no text.
ESCAPED = VALUES.map(lambda text: quote(text.encode("utf-8", "replace"))) | (
    st.sampled_from(
        ["%ff", "%00", "%ed%a0%80", "%", "%zz", "%f0%9f%98%80", "+", ";", "é"]
    )
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(NAMES) | ESCAPED, ESCAPED), max_size=6
).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))
LISTS = [
    *(
        "/jobs/",
        "/jobs/rows/",
        "/jobs/export.csv",
        "/jobs/export.jsonld",
        "/jobs/enrich/",
    ),
    *("/enrichment/failures/", "/enrichment/runs/", "/enrichment/insights/"),
    *("/enrichment/insights/skills.csv", "/enrichment/start/", "/enrichment/prompts/"),
    *("/enrichment/prompts/pilot/", "/enrichment/progress/"),
    *("/admin/jobs/jobposting/", "/admin/enrichment/llmcall/"),
    "/admin/enrichment/concept/",
]
THINGS = [
    *("/jobs/{}/", "/jobs/{}/edit/", "/jobs/{}/enrichment/", "/jobs/{}/posting.jsonld"),
    *("/enrichment/runs/{}/", "/enrichment/batches/{}/", "/enrichment/prompts/{}/"),
    *("/enrichment/pilots/{}/", "/enrichment/insights/{}.csv", "/jobs/export.{}"),
    *("/admin/jobs/jobposting/{}/change/", "/admin/enrichment/run/{}/change/"),
    "/admin/enrichment/concept/{}/change/",
]
ORDERS = [
    *("/jobs/{}/take-back/title/", "/jobs/1/take-back/{}/", "/jobs/1/take-in/{}/"),
    *("/jobs/{}/restore/1/", "/jobs/1/restore/{}/", "/enrichment/again/{}/"),
    *("/enrichment/runs/{}/pause/", "/enrichment/runs/1/{}/"),
    *("/enrichment/runs/{}/batch-size/", "/enrichment/prompts/{}/promote/"),
    "/enrichment/prompts/{}/edit/",
]
BOXES = st.sampled_from(
    [*FactsForm.base_fields, "seen", "x"]
    + ["languages-TOTAL_FORMS", "languages-INITIAL_FORMS", "languages-MAX_NUM_FORMS"]
    + [f"languages-{row}-{name}" for row in "01" for name in LanguageForm.base_fields]
)
PATHS = ESCAPED.map(lambda text: text.replace("?", "").replace(";", ""))


@pytest.fixture
def client() -> Client:
    enriched_posting()
    failed_posting()
    start_batch(make_posting())
    found = Client()
    found.force_login(User.objects.create_superuser("root"))
    return found


def check(response: Any) -> None:
    assert response.status_code in {200, 302, 400, 403, 404, 405, 409, 422}
    if response.streaming:
        b"".join(response.streaming_content)


@examples(24)
@given(path=st.sampled_from(LISTS), query=QUERIES)
def test_any_query(client: Client, path: str, query: str) -> None:
    check(client.generic("GET", path, QUERY_STRING=query))


@examples(16)
@given(path=st.sampled_from(THINGS), name=PATHS)
def test_anything_in_the_place_of_an_id(client: Client, path: str, name: str) -> None:
    check(client.get(path.format(name)))


@examples(16)
@given(
    path=st.sampled_from(ORDERS),
    name=PATHS,
    sent=st.dictionaries(
        st.sampled_from(["seen", "size", "next", "instructions", "note", "selection"]),
        VALUES,
    ),
)
def test_any_order(client: Client, path: str, name: str, sent: dict[str, str]) -> None:
    check(client.post(path.format(name), _sendable(sent)))


@examples(12)
@given(
    path=st.sampled_from(
        [
            *("/enrichment/start/", "/jobs/enrich/", "/enrichment/failures/retry/"),
            *("/enrichment/prompts/pilot/start/", "/enrichment/prompts/renew/"),
            *("/language/setlang/", "/enrichment/prompts/1/draft/", "/login/"),
        ]
    ),
    sent=st.dictionaries(
        st.sampled_from(
            [
                *(*NAMES, "selection", "force", "confirmed", "continuous", "next"),
                *("username", "password", "size", "posting", "version", "batch_size"),
            ]
        ),
        st.lists(VALUES, max_size=3),
        max_size=6,
    ),
)
def test_any_form(client: Client, path: str, sent: dict[str, list[str]]) -> None:
    check(client.post(path, _sendable(sent)))


def _sendable(sent: dict[str, Any]) -> dict[str, Any]:
    """Django's test client encodes strictly."""
    return {
        name: [_plain(one) for one in value]
        if isinstance(value, list)
        else _plain(value)
        for name, value in sent.items()
    }


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def form(client: Client) -> tuple[Client, JobPosting, test_edit.EditTests]:
    posting = enriched_posting(title="Senior baker")
    tests = test_edit.EditTests()
    tests.posting = posting
    tests.client = client
    return client, posting, tests


@examples(8)
@given(data=st.data())
def test_any_corrections(
    form: tuple[Client, JobPosting, test_edit.EditTests], data: st.DataObject
) -> None:
    client, posting, tests = form
    sent = tests.sent()
    values = VALUES | st.sampled_from(
        ["1e308", "nan", "inf", "1\n2", "EUR", "nl", "on"]
    )
    changes = data.draw(st.dictionaries(BOXES, values, max_size=5))
    before = Enrichment.objects.get(pk=posting.pk).edits

    response = client.post(tests.address, {**sent, **_sendable(changes)})

    check(response)
    now = Enrichment.objects.get(pk=posting.pk)
    assert response.status_code == 302 or now.edits == before
    assert client.get(f"/jobs/{posting.pk}/").status_code == 200
    assert client.get(f"/jobs/{posting.pk}/edit/").status_code == 200
