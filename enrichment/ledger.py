"""The ledger of calls: on record before the call, closed after it, searched before a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Count

from enrichment import conf
from enrichment.conf import EngineSettings, Prices
from enrichment.durable import stubbornly
from enrichment.llm import output
from enrichment.llm.completion import Completion, Usage
from enrichment.llm.errors import LlmError
from enrichment.llm.prompt import Prompt, render
from enrichment.llm.schema import SCHEMA_VERSION, JobFacts
from enrichment.models import Enrichment, LlmCall
from enrichment.work import Work

MAX_STORED_ANSWER = 100_000
# Rough: the real numbers come with the answer and correct the budget.
CHARS_PER_TOKEN = 4.0
SCHEMA_CHARS = 4000
EXPECTED_OUTPUT_TOKENS = 800


@dataclass(frozen=True, kw_only=True)
class StoredAnswer:
    """Facts that were paid for before, and the call that gave them."""

    call_id: int
    facts: JobFacts


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A call about to be made, within an attempt at a batch or outside any."""

    work: Work
    batch_id: int | None
    attempt: int
    try_number: int


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What came back from one call: a completion, an error, or both where it is no use."""

    call_id: int
    completion: Completion | None
    error: LlmError | None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What calls used and cost; `cost_microusd` counts those with a price."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_microusd: int = 0
    unpriced_calls: int = 0


def open_calls(asks: Sequence[Asking], settings: EngineSettings) -> list[int | None]:
    """Put calls on record, in one statement where possible: what `open_call` gives for each."""
    if len(asks) > 1:
        try:
            with transaction.atomic():
                opened = LlmCall.objects.open(
                    [_new_call(one, settings) for one in asks]
                )
        except DatabaseError:
            pass  # one of them can't be, or the database is away: each by itself tells
        else:
            return [opened[ask.work.content_hash] for ask in asks]
    return [_open_one(ask, settings) for ask in asks]


def open_call(
    work: Work,
    settings: EngineSettings,
    *,
    batch_id: int | None,
    attempt: int,
    try_number: int,
) -> int | None:
    """Put a call on record; its id, or None while another one about the text is in flight.

    With the call on record, look for a stored answer once more: none can come from then on.
    """
    ask = Asking(work=work, batch_id=batch_id, attempt=attempt, try_number=try_number)
    return _open_one(ask, settings)


def _open_one(ask: Asking, settings: EngineSettings) -> int | None:
    call = _new_call(ask, settings)
    return stubbornly(lambda: _open(call))


def _open(call: Mapping[str, Any]) -> int | None:
    if pk := _open_if_alone(call) or _opened_before(call):
        return pk
    posting_id = call["posting_id"]
    if posting_id is None or Enrichment.objects.filter(pk=posting_id).exists():
        return None
    # The posting was deleted meanwhile. Its answer is still worth keeping: others may have
    # the same text.
    return _open_if_alone({**call, "posting_id": None})


def _opened_before(call: Mapping[str, Any]) -> int | None:
    """The same call's row, where the connection was lost while it was being committed.

    One worker holds an attempt at a batch, and it has one call about a text at a time.
    """
    if call["batch_id"] is None:
        return None
    same = LlmCall.objects.open_in(call["batch_id"]).filter(**call)
    return same.values_list("pk", flat=True).first()


def _open_if_alone(call: Mapping[str, Any]) -> int | None:
    try:
        with transaction.atomic():
            opened = LlmCall.objects.open([call])
    except IntegrityError:
        return None
    return next(iter(opened.values()))


def _new_call(ask: Asking, settings: EngineSettings) -> dict[str, Any]:
    return {
        "posting_id": ask.work.posting_ids[0] if ask.work.posting_ids else None,
        "batch_id": ask.batch_id,
        "batch_attempt": ask.attempt,
        "try_number": ask.try_number,
        "provider": conf.account(),
        "content_hash": ask.work.content_hash,
        "model": settings.model,
        "prompt_version": settings.prompt.version,
        "schema_version": SCHEMA_VERSION,
    }


def unsend(call_ids: Sequence[int]) -> None:
    """Put on record, but stopped before their start."""
    stubbornly(lambda: LlmCall.objects.unsend(call_ids))


def abandon(call_ids: Sequence[int]) -> None:
    """In flight when their worker was told to stop."""
    stubbornly(lambda: LlmCall.objects.abandon(call_ids))


def estimate_tokens(work: Work, told: Prompt) -> int:
    """What a call will use, before anybody knows: the prompt by its length, and an answer."""
    chars = len(told.instructions) + SCHEMA_CHARS + len(render(work.text))
    return round(chars / CHARS_PER_TOKEN) + EXPECTED_OUTPUT_TOKENS


def close(closings: Iterable[Closing], prices: Prices) -> Spent:
    """Close calls, each at most once; what those closed here used."""
    closings = list(closings)
    results = {
        closing.call_id: _columns(closing, _price(closing, prices))
        for closing in closings
    }
    closed = LlmCall.objects.close(results)
    return expected([one for one in closings if one.call_id in closed], prices)


def expected(closings: Iterable[Closing], prices: Prices) -> Spent:
    """What calls used, provided that all of them are closed."""
    closings = list(closings)
    usages = [one.completion.usage for one in closings if one.completion]
    costs = [_price(closing, prices) for closing in closings]
    return Spent(
        calls=len(closings),
        input_tokens=sum(usage.input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        cost_microusd=sum(price or 0 for price in costs),
        unpriced_calls=sum(price is None for price in costs),
    )


def _price(closing: Closing, prices: Prices) -> int | None:
    return cost(closing.completion.usage, prices) if closing.completion else 0


def cost(usage: Usage, prices: Prices) -> int | None:
    """Millionths of a US dollar; None where a price is unknown."""
    if prices.input is None or prices.output is None:
        return None
    cached = prices.input if prices.cached_input is None else prices.cached_input
    return round(
        (usage.input_tokens - usage.cached_tokens) * prices.input
        + usage.cached_tokens * cached
        + usage.output_tokens * prices.output
    )


def stored_answers(
    works: Iterable[Work],
    *,
    model: str,
    prompt_version: int,
    only_of_batch: int | None = None,
) -> dict[str, StoredAnswer]:
    """By content hash: answers of this model to this prompt that fit the schema of now.

    After a change of the schema those to an older one are read by the new one, for free.

    Args:
        works: the texts looked for.
        model: as it was asked for.
        prompt_version: likewise.
        only_of_batch: for a forced batch, which wants new answers, but not twice.
    """
    rows = LlmCall.objects.answers_to(
        [work.content_hash for work in works],
        batch_id=only_of_batch,
        model=model,
        prompt_version=prompt_version,
    )
    # The last one counts: the newest that was asked by this schema, or else by another.
    rows.sort(key=lambda row: (row.schema_version == SCHEMA_VERSION, row.pk))
    found = {}
    for pk, content_hash, answer, _schema in rows:
        facts = read(answer)
        if facts is not None:
            found[content_hash] = StoredAnswer(call_id=pk, facts=facts)
    return found


def deaths(batch_id: int) -> dict[str, int]:
    """By content hash: how often a worker of this batch died while the call was in flight."""
    rows = LlmCall.objects.filter(batch_id=batch_id, outcome="in_doubt")
    counts = rows.order_by().values_list("content_hash").annotate(count=Count("pk"))
    return dict(counts)


def read(answer: str) -> JobFacts | None:
    """A stored answer by the schema of now; None where it doesn't fit."""
    stored = Completion(text=answer, model="", usage=Usage(), problem=None)
    try:
        return output.facts(stored)
    except LlmError:
        return None


def _columns(closing: Closing, price: int | None) -> dict[str, object]:
    completion, error = closing.completion, closing.error
    columns: dict[str, object] = {"outcome": "error" if error else "ok"}
    if error is not None:
        columns |= {
            "error_kind": error.kind,
            "error_message": error.message,
            "http_status": error.status,
            "request_id": error.request_id,
        }
    if completion is not None:
        columns |= {
            "reported_model": completion.model[:200],
            "request_id": completion.request_id,
            "http_status": completion.http_status,
            "input_tokens": completion.usage.input_tokens,
            "cached_tokens": completion.usage.cached_tokens,
            "output_tokens": completion.usage.output_tokens,
            "cost_microusd": price,
            "latency_ms": completion.latency_ms,
            "answer": _storable(completion.text),
        }
    return columns


def _storable(answer: str) -> str:
    """PostgreSQL takes no NUL, and nobody needs a runaway answer whole."""
    text = answer.replace("\0", "").encode("utf-8", "replace").decode()
    return text[:MAX_STORED_ANSWER]
