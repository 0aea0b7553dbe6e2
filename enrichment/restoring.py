"""Earlier answers about one text, and putting one of them back in place of the facts of now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE
from django.db import transaction

from enrichment import checking, ledger, term_counts, terms
from enrichment.audit import log_once
from enrichment.llm.schema import SCHEMA_VERSION, JobFacts
from enrichment.models import Enrichment, LlmCall
from enrichment.querysets import Restored, Seen

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer; `is_readable`: it still fits the schema."""

    call: LlmCall
    is_in_use: bool
    is_readable: bool


def answers(enrichment: Enrichment) -> list[Answer]:
    """The newest about the text that the facts are from, whichever posting paid for them."""
    if not enrichment.content_hash:
        return []
    rows = LlmCall.objects.filter(content_hash=enrichment.content_hash, outcome="ok")
    return [
        Answer(
            call=call,
            is_in_use=call.pk == enrichment.call_id,
            is_readable=ledger.read(call.answer) is not None,
        )
        for call in rows.order_by("-pk")[:SHOWN]
    ]


def restore(enrichment: Enrichment, call_id: int, *, user: Any, seen: Seen) -> bool:
    """Make an earlier answer the posting's facts, as if it had come just now.

    Corrections stay above it. Nothing is asked.

    Returns:
        False where there is no such answer, or the posting has changed since it was seen.
    """
    call = LlmCall.objects.filter(
        pk=call_id, outcome="ok", content_hash=enrichment.posting.content_hash
    ).first()
    facts = ledger.read(call.answer) if call else None
    if call is None or facts is None:
        return False
    check = checking.check(
        enrichment.posting.text,
        facts.model_dump(mode="json"),
        call_id=call.pk,
        name=str(enrichment.pk),
    )
    answer = _restored(call, facts, check)
    with transaction.atomic():
        # Before it is compared with its text: who changes that holds the row as well.
        Enrichment.objects.lock([enrichment.pk])
        rows = Enrichment.objects.filter(pk=enrichment.pk)
        if not rows.restore(answer, seen=seen):
            return False
        terms.refresh([enrichment.pk])
        term_counts.changed()
        log_once(user, enrichment, flag=CHANGE, what=f"restored answer {call.pk}")
    return True


def _restored(call: LlmCall, facts: JobFacts, check: checking.Check) -> Restored:
    stored = check.stored
    return Restored(
        facts=json.loads(facts.model_dump_json()),
        call_id=call.pk,
        content_hash=call.content_hash,
        prompt_version=call.prompt_version,
        schema_version=SCHEMA_VERSION,
        grounding=json.loads(stored.grounding) if stored.grounding else None,
        values_checked=stored.values_checked,
        not_found=stored.not_found,
        terms_version=terms.VERSION,
    )
