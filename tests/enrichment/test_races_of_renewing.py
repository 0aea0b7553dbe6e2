"""Who renews or restores, and somebody else at the same rows at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from enrichment import edits, renewing, restoring
from enrichment.models import Door, Enrichment
from jobs.models import JobPosting
from tests.builders import enrichment_of, start
from tests.enrichment.prompting import a_new_prompt, read_posting, somebody, work_off
from tests.enrichment.running import use

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="transactions are alone"),
]
# Long enough for the other one to have come to the locked row.
WAITS = 0.5


@contextmanager
def others_commit_late(change: Callable[[], object]) -> Iterator[None]:
    """The change is made by now, and committed while what follows waits for its rows."""
    made = threading.Event()

    def work() -> None:
        try:
            with transaction.atomic():
                change()
                made.set()
                time.sleep(WAITS)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert made.wait(10)
    yield
    thread.join()


def reworded(posting: JobPosting) -> None:
    same = JobPosting.objects.get(pk=posting.pk)
    same.description = "Another text, about cakes."
    same.save()


def test_answer_put_back_loses_to_a_text_that_changed_just_before() -> None:
    posting = read_posting()
    now = enrichment_of(posting)
    seen = edits.seen(edits.token(now))
    assert now.call_id
    assert seen

    with others_commit_late(lambda: reworded(posting)):
        won = restoring.restore(now, now.call_id, user=somebody(), seen=seen)

    assert not won
    assert enrichment_of(posting).status == "pending"


def test_stale_ones_that_others_took_just_before_do_not_end_the_run(
    provider, settings
) -> None:
    use(provider, settings)
    settings.Q_WORKERS = 1
    settings.ENRICHMENT_BATCH_SIZE = 2
    taken, left = [read_posting() for _ in range(2)], [read_posting() for _ in range(3)]
    version = a_new_prompt()
    ids = [posting.pk for posting in taken]

    with others_commit_late(lambda: start(selection=ids, force=True)):
        run, _is_new = renewing.start(door=Door.PAGE)
    work_off(run)

    assert run is not None
    versions = Enrichment.objects.filter(pk__in=[posting.pk for posting in left])
    assert set(versions.values_list("prompt_version", flat=True)) == {version}
