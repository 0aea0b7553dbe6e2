"""The engine's records in the admin: to read, to filter, never to change by hand."""

from __future__ import annotations

from enrichment.admin import calls, enrichments, runs, workers

__all__ = ["calls", "enrichments", "runs", "workers"]
