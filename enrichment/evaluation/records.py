"""Evaluations as they are kept and told: one as JSON, and those worth a comparison."""

from __future__ import annotations

from typing import Any

from enrichment import conf
from enrichment.evaluation import scoring
from enrichment.evaluation.asking import Outcome, Source
from enrichment.evaluation.loading import Loaded
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.models import Evaluation


def keep(
    source: Source, outcome: Outcome, *, loaded: Loaded, labels: str
) -> Evaluation:
    """Store the figures of one model's answers."""
    figures = scoring.figures(loaded.postings, outcome.facts)
    return Evaluation.objects.create(
        labels=labels[:200],
        digest=loaded.digest,
        provider="offline" if source.is_free else conf.account(),
        model=source.model[:200],
        prompt_version=source.settings.prompt.version,
        schema_version=SCHEMA_VERSION,
        postings=len(loaded.postings),
        calls=outcome.calls,
        failed=outcome.failed.total(),
        seconds=round(outcome.seconds, 2),
        cost_microusd=outcome.cost_microusd,
        figures={**figures, "failed": dict(outcome.failed)},
    )


def earlier(evaluation: Evaluation) -> list[Evaluation]:
    """The latest of each other version of prompt and schema: same model, same labels."""
    own = (evaluation.prompt_version, evaluation.schema_version)
    rows = Evaluation.objects.filter(
        digest=evaluation.digest, model=evaluation.model
    ).order_by("pk")
    latest = {(row.prompt_version, row.schema_version): row for row in rows}
    return [row for versions, row in latest.items() if versions != own]


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    cost = evaluation.cost_microusd
    return {
        "id": evaluation.pk,
        "model": evaluation.model,
        "prompt_version": evaluation.prompt_version,
        "schema_version": evaluation.schema_version,
        "created_at": evaluation.created_at.isoformat(),
        "postings": evaluation.postings,
        "calls": evaluation.calls,
        "seconds": evaluation.seconds,
        "cost_usd": None if cost is None else cost / 1_000_000,
        **evaluation.figures,
    }
