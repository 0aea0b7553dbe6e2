"""Who corrected what of one posting, in words, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from enrichment.models import Edit, Enrichment
from enrichment.pages import factsheet

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change of one fact."""

    at: datetime
    by: str
    action: str
    label: str
    before: str
    after: str


def of(enrichment: Enrichment) -> list[Told]:
    rows = Edit.objects.filter(enrichment=enrichment).order_by("-pk")[:SHOWN]
    return [_told(edit) for edit in rows]


def _told(edit: Edit) -> Told:
    label, before = factsheet.in_words(edit.field, edit.before)
    _label, after = factsheet.in_words(edit.field, edit.after)
    return Told(
        at=edit.made_at,
        by=edit.username,
        action=edit.get_action_display(),
        label=label,
        before=before or _("not stated"),
        after=after or _("not stated"),
    )
