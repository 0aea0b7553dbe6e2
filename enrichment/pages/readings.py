"""By which prompt and schema a posting's facts were read, and whether that is still so."""

from __future__ import annotations

from dataclasses import dataclass

from enrichment import prompts, renewing
from enrichment.llm.schema import JobFacts
from enrichment.models import Enrichment
from enrichment.pages import factsheet
from enrichment.querysets import Versions


@dataclass(frozen=True, kw_only=True)
class Reading:
    """
    Attributes:
        fields: labels of the facts that may read otherwise now; empty where it may be all.
        was_in_vain: it was asked again, which failed: the facts stayed.
    """

    read: Versions
    now: Versions
    fields: list[str]
    was_in_vain: bool

    @property
    def is_stale(self) -> bool:
        return self.read != self.now


def of(enrichment: Enrichment) -> Reading | None:
    """None where there are no facts, or it isn't known what they were read by."""
    if enrichment.facts is None or not enrichment.prompt_version:
        return None
    read = Versions(prompt=enrichment.prompt_version, schema=enrichment.schema_version)
    now = prompts.versions()
    touched = renewing.fields(read, now)
    all_fields = len(touched) == len(JobFacts.model_fields)
    return Reading(
        read=read,
        now=now,
        fields=[]
        if all_fields
        else [factsheet.in_words(name, None)[0] for name in touched],
        was_in_vain=enrichment.status == "enriched" and enrichment.tries > 0,
    )
