"""Facts corrected by hand: kept apart from the model's answer, and above it.

`Enrichment.facts` stays as the model gave it, and the next answer replaces that alone;
`Enrichment.edits` holds what people said: field -> value, who and when. Who reads facts
takes `effective_facts`. What a person says is never withheld, in the text or not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils import timezone

from enrichment import term_counts, terms
from enrichment.audit import log_once
from enrichment.models import Edit, Enrichment
from enrichment.querysets import Seen


@dataclass(frozen=True, kw_only=True)
class Change:
    action: Edit.Action
    field: str
    before: Any
    after: Any


def token(enrichment: Enrichment) -> str:
    """What a form carries, so that it is known what the person saw."""
    return f"{enrichment.edit_number}-{enrichment.call_id or ''}"


def seen(text: str) -> Seen | None:
    """What a form's token says; None where it says nothing."""
    number, _dash, call = text.partition("-")
    if not number.isdecimal() or not (call.isdecimal() or not call):
        return None
    return Seen(edit_number=int(number[:9]), call_id=int(call[:18]) if call else None)


def correct(
    enrichment: Enrichment, values: Mapping[str, Any], *, user: Any, seen: Seen
) -> bool:
    """Keep values of facts as this person's. One that counts by the model too is no edit.

    Returns:
        False where somebody else, or a new answer, came first: nothing is changed then.
    """
    edits, at = dict(enrichment.edits or {}), timezone.now().isoformat()
    for field, value in values.items():
        if value == (enrichment.supported_facts or {}).get(field):
            edits.pop(field, None)
        else:
            edits[field] = {"value": value, "by": user.get_username(), "at": at}
    return _store(enrichment, edits, user=user, seen=seen)


def take_in(enrichment: Enrichment, field: str, *, user: Any, seen: Seen) -> bool:
    """What is withheld of one fact is right: a correction. Returns as `correct` does."""
    said = (enrichment.facts or {}).get(field)
    return correct(enrichment, {field: said}, user=user, seen=seen)


def take_back(enrichment: Enrichment, field: str, *, user: Any, seen: Seen) -> bool:
    """Back to what the model said. Returns as `correct` does."""
    edits = {
        name: edit for name, edit in (enrichment.edits or {}).items() if name != field
    }
    return _store(enrichment, edits, user=user, seen=seen)


def _store(
    enrichment: Enrichment, edits: dict[str, Any], *, user: Any, seen: Seen
) -> bool:
    before = enrichment.edits or {}
    changes = [
        _change(enrichment, field, edits)
        for field in sorted({*before, *edits})
        if before.get(field) != edits.get(field)
    ]
    if not changes:
        return True
    with transaction.atomic():
        if not Enrichment.objects.filter(pk=enrichment.pk).edit(edits, seen=seen):
            return False
        _note(enrichment, changes, user=user)
        terms.refresh([enrichment.pk])
        term_counts.changed()
    return True


def _change(enrichment: Enrichment, field: str, edits: Mapping[str, Any]) -> Change:
    answered = (enrichment.supported_facts or {}).get(field)
    kept = edits.get(field)
    return Change(
        action=Edit.Action.CORRECTED if kept else Edit.Action.TAKEN_BACK,
        field=field,
        before=(enrichment.effective_facts or {}).get(field),
        after=kept["value"] if kept else answered,
    )


def _note(enrichment: Enrichment, changes: list[Change], *, user: Any) -> None:
    """In our own history, with the values; and in the admin's, as every change there."""
    Edit.objects.bulk_create(
        Edit(
            enrichment=enrichment,
            action=change.action,
            field=change.field,
            before=change.before,
            after=change.after,
            user=user,
            username=user.get_username(),
        )
        for change in changes
    )
    fields = [change.field for change in changes]
    what = json.dumps([{"changed": {"fields": fields}}])
    log_once(user, enrichment, flag=CHANGE, what=what)
