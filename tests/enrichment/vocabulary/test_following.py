"""Terms follow a change of the vocabulary in few steps, and pass nobody's posting over."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from enrichment.models import Enrichment, Term
from enrichment.models.vocabulary import VocabularyChange
from enrichment.vocabulary import editing, following
from enrichment.vocabulary.lookup import Entry
from tests.builders import words_settle
from tests.enrichment.vocabulary.test_editing import posting_with

KEEPERS = 12


def zookeepers() -> set[int]:
    """Postings of a role that is new now."""
    made = {
        posting_with(title=f"Zookeeper of hall {number}").pk
        for number in range(KEEPERS)
    }
    VocabularyChange.objects.all().delete()
    editing.add(Entry(kind="role", name="Zookeeper"))
    words_settle()
    return made


def found() -> set[int]:
    rows = Term.objects.filter(kind="role", value="zookeeper")
    return set(rows.values_list("posting", flat=True))


@pytest.mark.django_db
def test_values_of_one_posting_each_are_followed_many_at_a_time() -> None:
    """Each step writes anew what is left, and that may be thousands of values."""
    made = zookeepers()

    with CaptureQueriesContext(connection) as captured:
        following.follow(seconds=60)

    assert found() == made
    table = VocabularyChange._meta.db_table
    steps = [one for one in captured if one["sql"].startswith(f'UPDATE "{table}"')]
    assert len(steps) <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [1, 5, KEEPERS])
def test_step_that_is_full_goes_on_where_it_was(at_once, monkeypatch) -> None:
    made = zookeepers()
    monkeypatch.setattr(following, "POSTINGS", at_once)

    following.follow(seconds=60)

    assert found() == made
    assert not VocabularyChange.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="transactions are alone")
def test_posting_in_somebodys_hands_is_not_passed_over() -> None:
    made = zookeepers()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Enrichment.objects.lock([min(made)])
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    following.follow(seconds=60)
    assert found() == made - {min(made)}
    done.set()
    thread.join()
    words_settle()
    following.follow(seconds=60)

    assert found() == made
