"""The engine's records: state of each posting, runs, batches, the ledger of calls, the pace.

The state machine and every constraint are drawn in `docs/architecture.md`. Rows change by
the methods of `enrichment/querysets.py` alone: one conditional UPDATE each.
"""

from __future__ import annotations

from enrichment.models.access import ReadyGroup
from enrichment.models.call_counts import CallCount
from enrichment.models.calls import LlmCall, ProviderPace
from enrichment.models.edits import Edit
from enrichment.models.enrichments import Enrichment
from enrichment.models.evaluations import Evaluation
from enrichment.models.grounding import GroundingCount
from enrichment.models.pilots import Pilot, PilotPosting
from enrichment.models.prompts import Prompt
from enrichment.models.runs import Batch, Door, Run
from enrichment.models.tally import TallyEntry
from enrichment.models.terms import Term, TermCount
from enrichment.models.vocabulary import Alias, Concept
from enrichment.models.workers import Worker

__all__ = [
    "Alias",
    "Batch",
    "CallCount",
    "Concept",
    "Door",
    "Edit",
    "Enrichment",
    "Evaluation",
    "GroundingCount",
    "LlmCall",
    "Pilot",
    "PilotPosting",
    "Prompt",
    "ProviderPace",
    "ReadyGroup",
    "Run",
    "TallyEntry",
    "Term",
    "TermCount",
    "Worker",
]
