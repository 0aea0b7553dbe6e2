"""One posting with all that is known about it, as a line of JSONL has it.

The names of a posting's own fields are those that imports take, so that such a file comes
in again as it went out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from enrichment.models import Enrichment, LlmCall
from jobs.exporting.walking import enrichment_of
from jobs.importing.fields import FIELDS
from jobs.models import JobPosting

CUT = "…"


def record(posting: JobPosting) -> dict[str, Any]:
    enrichment = enrichment_of(posting)
    own = {name: plain(getattr(posting, name)) for name in FIELDS}
    own["description"] = original = _original(posting)
    return {
        "id": posting.pk,
        **own,
        # What the model read, where that isn't the description itself.
        **({} if original == posting.description else {"text": posting.description}),
        "given": posting.given,
        "state": enrichment.status,
        "error_kind": enrichment.error_kind,
        "error_message": enrichment.error_message,
        "finished_at": plain(enrichment.finished_at),
        "facts": enrichment.effective_facts,
        "grounding": enrichment.grounding,
        "corrections": _corrections(enrichment),
        "provenance": provenance(posting, enrichment),
    }


def provenance(posting: JobPosting, enrichment: Enrichment) -> dict[str, Any] | None:
    """Where the facts come from; None where there are none."""
    if enrichment.facts is None:
        return None
    call = enrichment.call
    return {
        "call": enrichment.call_id,
        # One answer serves every posting with the same text.
        "call_posting": call.posting_id if call else None,
        "content_hash": enrichment.content_hash,
        "is_of_this_text": enrichment.content_hash == posting.content_hash,
        **(_of_call(call) if call else {}),
    }


def _of_call(call: LlmCall) -> dict[str, Any]:
    return {
        "provider": call.provider,
        "model": call.reported_model or call.model,
        "prompt_version": call.prompt_version,
        "schema_version": call.schema_version,
        "answered_at": plain(call.finished_at),
    }


def _corrections(enrichment: Enrichment) -> dict[str, Any]:
    """Each with who made it, when, and what the model had answered."""
    answered = enrichment.facts if isinstance(enrichment.facts, dict) else {}
    return {
        field: {**edit, "answered": answered.get(field)}
        for field, edit in (enrichment.edits or {}).items()
    }


def _original(posting: JobPosting) -> str:
    """As the source gave it; the text, where a shortened title stands in full in that."""
    lines = (posting.title, posting.company, posting.location)
    is_shortened = any(line.endswith(CUT) for line in lines)
    return (
        posting.description
        if is_shortened
        else posting.description_html or posting.description
    )


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
