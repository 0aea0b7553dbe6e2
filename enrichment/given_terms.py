"""The terms that say where a posting's own employer differs from what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enrichment import given
from enrichment.models import Enrichment
from enrichment.models.terms import TermKind


def of(enrichments: Sequence[Enrichment]) -> list[tuple[str, str, int]]:
    """Kind, value and posting, by what is stored of the postings now. One statement."""
    facts = {row.pk: row.effective_facts for row in enrichments}
    # Which models there are beside our own, only the relation knows.
    postings: Any = Enrichment._meta.get_field("posting").related_model
    rows = postings.objects.filter(pk__in=list(facts), given__isnull=False)
    return [
        (TermKind.GIVEN.value, value, pk)
        for pk, said in rows.values_list("pk", "given")
        for value in given.terms(said, facts[pk])
    ]
