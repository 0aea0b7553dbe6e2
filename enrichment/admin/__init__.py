"""The engine's records in the admin: to read, to filter, never to change by hand."""

from __future__ import annotations

from enrichment.admin import (
    audit,
    calls,
    enrichments,
    evaluations,
    prompts,
    runs,
    vocabulary,
    workers,
)

__all__ = [
    "audit",
    "calls",
    "enrichments",
    "evaluations",
    "prompts",
    "runs",
    "vocabulary",
    "workers",
]
