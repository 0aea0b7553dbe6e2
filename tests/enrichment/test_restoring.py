"""Earlier answers about one text, put back as if they had come just now."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from enrichment import edits, restoring
from enrichment.models import Term
from jobs.models import JobPosting
from tests.builders import answered_call, enrichment_of, make_posting
from tests.enrichment.prompting import (
    a_new_prompt,
    enrich,
    renew,
    say_otherwise,
    somebody,
    stored,
)
from tests.enrichment.running import use
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(provider, settings) -> None:
    use(provider, settings)


def terms_of(posting: JobPosting) -> set[tuple[str, str]]:
    return set(Term.objects.filter(posting=posting.pk).values_list("kind", "value"))


def put_back(posting: JobPosting, call_id: int, *, seen: str = "") -> bool:
    now = enrichment_of(posting)
    token = edits.seen(seen or edits.token(now))
    assert token is not None
    return restoring.restore(now, call_id, user=somebody(), seen=token)


def read_twice(settings) -> tuple[JobPosting, int]:
    """A posting that two versions have read, and the first one's call."""
    posting = make_posting()
    enrich(posting)
    first = enrichment_of(posting).call_id
    assert first is not None
    with Provider(say=say_otherwise) as other:
        settings.OPENAI_BASE_URL = other.base_url
        a_new_prompt()
        renew()
    return posting, first


def test_brings_back_all_that_was_stored(settings) -> None:
    posting = make_posting()
    enrich(posting)
    before, terms = stored(posting), terms_of(posting)
    with Provider(say=say_otherwise) as other:
        settings.OPENAI_BASE_URL = other.base_url
        a_new_prompt()
        renew()
    assert terms_of(posting) != terms

    assert put_back(posting, before["call_id"])

    assert stored(posting) == before
    assert terms_of(posting) == terms
    assert LogEntry.objects.filter(change_message__contains="restored").count() == 1


def test_lists_what_was_answered_about_the_text_whoever_paid(settings) -> None:
    posting, first = read_twice(settings)
    same = make_posting(title=posting.title, description=posting.description)
    enrich(same)

    found = restoring.answers(enrichment_of(same))

    assert [one.is_in_use for one in found] == [True, False]
    assert found[-1].call.pk == first


def test_changes_nothing_where_the_posting_has_changed_since(settings) -> None:
    posting, first = read_twice(settings)

    assert not put_back(posting, first, seen=f"0-{first}")


def test_takes_no_answer_about_another_text_and_none_that_does_not_fit(
    settings,
) -> None:
    posting, _first = read_twice(settings)
    other = answered_call(make_posting())
    odd = answered_call(posting, answer='{"title": "no facts"}')

    assert not put_back(posting, other.pk)
    assert not put_back(posting, odd.pk)
    newest, *_others = restoring.answers(enrichment_of(posting))
    assert not newest.is_readable


def test_corrections_stay_above_it(settings) -> None:
    posting, first = read_twice(settings)
    now = enrichment_of(posting)
    token = edits.seen(edits.token(now))
    assert token is not None
    edits.correct(now, {"title": "Mine"}, user=somebody(), seen=token)

    assert put_back(posting, first)

    assert enrichment_of(posting).effective_facts["title"] == "Mine"
