"""Answers are checked against their texts before they are stored: once for each text.

No transaction is open meanwhile, and no row locked: a long text takes some milliseconds.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enrichment import grounding
from enrichment.grounding import Grounding
from enrichment.grounding_counts import Counts, count_found
from enrichment.llm.posting import PostingText
from enrichment.models import Enrichment
from enrichment.querysets import EnrichmentQuerySet
from enrichment.querysets.answered import UNCHECKED, Checked

# Seconds that facts stored before are checked for, at a time.
CHECKING_S = 0.5
STORED = ("facts", "grounding", "call_id", "content_hash")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Check:
    """What is stored of a check, and its values by field."""

    stored: Checked
    counts: Counts


def check(
    text: PostingText, facts: Mapping[str, Any], *, call_id: int | None, name: str
) -> Check:
    """
    Args:
        text: what the facts were read from.
        facts: as JSON has them.
        call_id: whose answer they are; kept with the check.
        name: of the posting, for the log.
    """
    found = look(text, facts, name=name)
    if found is None:
        return Check(stored=UNCHECKED, counts={})
    counts = count_found(found)
    return Check(
        stored=Checked(
            grounding=json.dumps({**found.as_json(), "call": call_id}),
            values_checked=sum(one.checked for one in counts.values()),
            not_found=sum(one.not_found for one in counts.values()),
        ),
        counts=counts,
    )


def look(text: PostingText, facts: Mapping[str, Any], *, name: str) -> Grounding | None:
    """None where a fault of this program meets the check: an answer was paid for, and is kept."""
    try:
        return grounding.check(text, facts)
    except Exception:
        logger.exception("❌ The check of job %s met a fault of this program", name)
        return None


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Facts of an older check, or of none; `check` is None where there is none to make."""

    call_id: int | None
    content_hash: str
    check: Check | None

    def is_of(self, enrichment: Enrichment) -> bool:
        """Whether the facts are still those that were checked."""
        now = (enrichment.call_id, enrichment.content_hash)
        return now == (self.call_id, self.content_hash)


def of_stored(rows: EnrichmentQuerySet) -> dict[int, Stale]:
    """The first of these, as many as a moment is enough for, by their ids; nothing is locked."""
    texts = [
        f"posting__{name}"
        for name in ("title", "company", "location", "description", "content_hash")
    ]
    until = time.monotonic() + CHECKING_S
    found: dict[int, Stale] = {}
    for row in rows.select_related("posting").only(*STORED, *texts):
        found[row.pk] = Stale(
            call_id=row.call_id,
            content_hash=row.content_hash,
            check=_of_row(row),
        )
        if time.monotonic() > until:
            break
    return found


def _of_row(row: Enrichment) -> Check | None:
    """None where the check is current, or the text that the facts were read from is gone."""
    posting = row.posting
    if is_current(row) or row.content_hash != posting.content_hash:
        return None
    facts = row.facts if isinstance(row.facts, dict) else {}
    return check(posting.text, facts, call_id=row.call_id, name=str(row.pk))


def is_current(enrichment: Enrichment) -> bool:
    """Whether there is nothing that a check would tell anew."""
    version = grounding.read(enrichment.grounding).version
    return enrichment.is_checked and version == grounding.VERSION
