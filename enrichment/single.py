"""One text outside any batch: paced and on record like all calls, in the caller's thread."""

from __future__ import annotations

import time
from functools import partial

from django.db import transaction

from enrichment import adapting, conf, ledger, pacing
from enrichment.conf import EngineSettings
from enrichment.ledger import Closing, StoredAnswer
from enrichment.llm import client, output
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.posting import PostingText
from enrichment.llm.retry import retrying
from enrichment.llm.schema import JobFacts
from enrichment.models import Enrichment, LlmCall
from enrichment.tries import log_wait
from enrichment.work import Work


def ask_about(
    *, job_id: object, description: str, settings: EngineSettings
) -> JobFacts:
    """
    Raises:
        LlmError: after all retries.
    """
    work = _work(job_id, description)
    if not work.text.is_usable:
        raise LlmError(ErrorKind.NO_TEXT, "The posting has no text to read")
    stored = _stored(work, settings)
    if work.content_hash in stored:
        return stored[work.content_hash].facts
    on_wait = partial(log_wait, str(job_id), settings.retry.max_retries)
    tries = iter(range(1, settings.retry.max_retries + 2))
    policy = retrying(settings.retry, on_wait=on_wait)
    return policy(lambda: _call(work, settings, try_number=next(tries)))


def _call(work: Work, settings: EngineSettings, *, try_number: int) -> JobFacts:
    tokens = ledger.estimate_tokens(work, settings.prompt)
    while wait := pacing.take(settings.pace, tokens=tokens):
        time.sleep(wait)
    while True:
        call_id = ledger.open_call(
            work, settings, batch_id=None, attempt=0, try_number=try_number
        )
        if call_id is not None:
            break
        time.sleep(0.5)  # somebody is asking about the same text just now
    stored = _stored(work, settings)
    if stored:
        LlmCall.objects.unsend([call_id])
        return stored[work.content_hash].facts
    completion, facts, error = None, None, None
    try:
        completion = client.complete(conf.client_config(), work.text, settings.prompt)
        facts = output.facts(completion)
    except LlmError as caught:
        error = caught
    except BaseException:  # Ctrl-C
        LlmCall.objects.abandon([call_id])
        raise
    adapting.note(settings.pace, completion=completion, error=error, tokens=tokens)
    with transaction.atomic():
        closing = Closing(call_id=call_id, completion=completion, error=error)
        ledger.close([closing], settings.prices)
    if facts is None:
        raise error or LlmError(ErrorKind.INTERNAL_ERROR, "A call without an outcome")
    return facts


def _stored(work: Work, settings: EngineSettings) -> dict[str, StoredAnswer]:
    return ledger.stored_answers(
        [work], model=settings.model, prompt_version=settings.prompt.version
    )


def _work(job_id: object, description: str) -> Work:
    """With the rest of the posting's text, where the id is a posting's."""
    parts = {"title": "", "company": "", "location": ""}
    ids: tuple[int, ...] = ()
    if isinstance(job_id, int):
        columns = [f"posting__{name}" for name in parts]
        found = Enrichment.objects.filter(pk=job_id).values_list(*columns).first()
        if found:
            parts = dict(zip(parts, found, strict=True))
            ids = (job_id,)
    text = PostingText(description=description, **parts)
    return Work(posting_ids=ids, text=text, content_hash=text.content_hash)
