"""The arrows of the state machine: each is one conditional UPDATE that returns its rows.

Callers read the number: fewer rows than asked for means that somebody else moved first.
Deadlines use the database's clock (`Now`), since workers on several machines share them.
"""

from __future__ import annotations

from enrichment.querysets.calls import CallQuerySet, WorkerQuerySet
from enrichment.querysets.enrichments import EnrichmentQuerySet, Seen
from enrichment.querysets.prompts import PilotQuerySet, PromptQuerySet
from enrichment.querysets.renewing import Restored, Versions
from enrichment.querysets.runs import BatchQuerySet, RunQuerySet

__all__ = [
    "BatchQuerySet",
    "CallQuerySet",
    "EnrichmentQuerySet",
    "PilotQuerySet",
    "PromptQuerySet",
    "Restored",
    "RunQuerySet",
    "Seen",
    "Versions",
    "WorkerQuerySet",
]
