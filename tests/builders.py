"""Rows for tests, in one line each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django_q.models import OrmQ

from enrichment import batches, conf
from enrichment.batches import Started
from enrichment.ledger import Closing
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.prompt import PROMPT_VERSION
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.models import Batch, Door, Enrichment, LlmCall
from enrichment.models.vocabulary import VocabularyChange
from enrichment.offline import extractor
from enrichment.recorder import Ended, Recorder
from enrichment.work import Work
from jobs.models import JobPosting

_numbers = count(1)
ANSWER_USAGE = Usage(input_tokens=100, cached_tokens=0, output_tokens=10)
TEXT = "We look for a baker in Ghent who knows bread. You speak Dutch."


def make_posting(**fields: Any) -> JobPosting:
    """A saved posting with a text of its own; its enrichment is pending."""
    number = next(_numbers)
    return JobPosting.objects.create(
        **{
            "external_id": f"posting-{number}",
            "title": f"Baker {number}",
            "description": f"{TEXT} Reference {number}.",
            **fields,
        }
    )


def make_postings(how_many: int, **fields: Any) -> list[JobPosting]:
    return [make_posting(**fields) for _ in range(how_many)]


def start(**options: Any) -> Started:
    """A run by the command's door."""
    return batches.start(**{"door": Door.COMMAND, **options})


def start_batch(*postings: JobPosting, **options: Any) -> Batch:
    """A queued batch of these postings."""
    ids = [posting.pk for posting in postings]
    batch = start(selection=ids, **options).batch
    assert batch is not None
    return batch


def enrichment_of(posting: JobPosting) -> Enrichment:
    return Enrichment.objects.get(pk=posting.pk)


def states() -> dict[str, int]:
    """How many enrichments are in which state."""
    found: dict[str, int] = {}
    for status in Enrichment.objects.values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found


# --- States, by the engine's own arrows -------------------------------------------------
def lease(batch: Batch, *, holder: str = "test:1", seconds: float = 60) -> int:
    """Take the batch as a worker does; the attempt that holds it now."""
    assert Batch.objects.lease(batch.pk, holder=holder, seconds=seconds)
    batch.refresh_from_db()
    return batch.attempt


def running_batch(*postings: JobPosting, **options: Any) -> Batch:
    """A batch that a worker has leased and claimed."""
    batch = start_batch(*postings, **options)
    lease(batch)
    Enrichment.objects.claim(batch.pk)
    return batch


def stalled_batch(*postings: JobPosting, **options: Any) -> Batch:
    """A batch whose worker has fallen silent with everything in hand."""
    batch = running_batch(*postings, **options)
    Batch.objects.filter(pk=batch.pk).update(
        enqueued_at=Now() - timedelta(seconds=10),
        lease_expires_at=Now() - timedelta(seconds=5),
    )
    batch.refresh_from_db()
    return batch


def recorder_of(batch: Batch, **changes: Any) -> Recorder:
    """The holder's recorder, as things stand."""
    batch.refresh_from_db()
    settings = replace(conf.current(), **changes)
    return Recorder(batch_id=batch.pk, attempt=batch.attempt, settings=settings)


def work_of(*postings: JobPosting) -> Work:
    """The work that these postings, all of one text, make."""
    ids = tuple(posting.pk for posting in postings)
    text = postings[0].text
    return Work(posting_ids=ids, text=text, content_hash=text.content_hash)


def success(*postings: JobPosting, call_id: int | None = None) -> Ended:
    facts = extractor.extract(postings[0].text)
    return Ended(work=work_of(*postings), facts=facts, call_id=call_id)


def failure(*postings: JobPosting, kind: ErrorKind = ErrorKind.BAD_OUTPUT) -> Ended:
    return Ended(work=work_of(*postings), error=LlmError(kind, "It went wrong"))


def enriched_posting(**fields: Any) -> JobPosting:
    posting = make_posting(**fields)
    end(success(posting))
    return posting


def failed_posting(kind: ErrorKind = ErrorKind.BAD_OUTPUT, **fields: Any) -> JobPosting:
    posting = make_posting(**fields)
    end(failure(posting, kind=kind))
    return posting


def end(ended: Ended) -> None:
    """A batch of its own that ends so."""
    ids = ended.work.posting_ids
    batch = running_batch(*JobPosting.objects.filter(pk__in=ids))
    recorder = recorder_of(batch)
    recorder.record([], [ended])
    recorder.finish(batch.run_id)


def answered_call(posting: JobPosting, **fields: Any) -> LlmCall:
    """A paid call in the ledger whose answer can be used again."""
    return LlmCall.objects.create(
        **{
            "posting": posting,
            "outcome": "ok",
            "provider": conf.account(),
            "model": conf.current().model,
            "prompt_version": PROMPT_VERSION,
            "schema_version": SCHEMA_VERSION,
            "content_hash": posting.content_hash,
            "answer": extractor.extract(posting.text).model_dump_json(),
            "finished_at": timezone.now(),
            **fields,
        }
    )


def open_call(
    posting: JobPosting, batch: Batch | None = None, **fields: Any
) -> LlmCall:
    """A call in flight."""
    state = {"outcome": "open", "finished_at": None, "answer": "", "batch": batch}
    attempt = batch.attempt if batch else 0
    return answered_call(posting, **{**state, "batch_attempt": attempt, **fields})


def queued_tasks() -> list[int]:
    """Ids of the batches that django-q2's queue has a task for, oldest task first."""
    tasks = (row.task for row in OrmQ.objects.order_by("pk"))
    return [
        task["args"][0]
        for task in tasks
        if task["func"] == "enrichment.tasks.run_batch"
    ]


def answered(posting: JobPosting, batch: Batch) -> Closing:
    """A good answer to a call in flight."""
    completion = Completion(text="{}", model="m", usage=ANSWER_USAGE, problem=None)
    call = open_call(posting, batch)
    return Closing(call_id=call.pk, completion=completion, error=None)


def done(batch: Batch, postings: list[JobPosting], *, every: float) -> None:
    """Enriched one after another, so many seconds apart, the last one just now."""
    recorder_of(batch).record([], [success(posting) for posting in postings])
    for number, posting in enumerate(reversed(postings)):
        moment = Now() - timedelta(seconds=every * number)
        Enrichment.objects.filter(pk=posting.pk).update(finished_at=moment)
    began = Now() - timedelta(seconds=every * len(postings))
    Batch.objects.filter(pk=batch.pk).update(started_at=began)


def a_day_passes() -> None:
    """All next tries are due."""
    Enrichment.objects.filter(status="failed").update(
        retry_at=F("retry_at") - timedelta(hours=24, seconds=1)
    )


def words_settle() -> None:
    """Changes of the vocabulary are due; since a second, which any clock can tell."""
    VocabularyChange.objects.update(due_at=Now() - timedelta(seconds=1))


def ids_of(batch: Batch | None) -> list[int]:
    """Of the batch's postings."""
    return list(Enrichment.objects.filter(batch=batch).values_list("pk", flat=True))


def assert_each_posting_is_in_one_batch() -> None:
    """What batches say that they hold is what postings say that they are in."""
    rows = Enrichment.objects.filter(status="queued").values_list("batch_id", flat=True)
    totals = dict(Batch.objects.live().values_list("pk", "total"))
    assert Counter(rows) == Counter(totals)
    tasks = Counter(queued_tasks())
    assert [tasks[batch] for batch in totals] == [1] * len(totals)
