"""Every page of the desk by its name: for axe, for the pictures, for whoever wants to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from tests.installation import Installation

THEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")
WIDTHS = (390, 1280)

_FIRST = "select min(posting_id) from enrichment_enrichment where status = '{}'"


def addresses(site: Installation) -> Mapping[str, str]:
    """Names of pages with their paths, of a furnished site."""
    enriched = site.value(_FIRST.format("enriched"))
    failed = site.value(_FIRST.format("failed"))
    run = site.value("select min(id) from enrichment_run")
    paused = site.value("select max(id) from enrichment_run")
    batch = site.value("select min(id) from enrichment_batch")
    return {
        "jobs": "/jobs/",
        "jobs-filtered": "/jobs/?seniority=senior",
        "jobs-nothing-found": "/jobs/?q=nowhere-to-be-found",
        "job": f"/jobs/{enriched}/",
        "job-edit": f"/jobs/{enriched}/edit/",
        "job-failed": f"/jobs/{failed}/",
        "enrich": "/enrichment/start/",
        "runs": "/enrichment/runs/",
        "run": f"/enrichment/runs/{run}/",
        "run-paused": f"/enrichment/runs/{paused}/",
        "batch": f"/enrichment/batches/{batch}/",
        "failures": "/enrichment/failures/",
        "failures-timeout": "/enrichment/failures/?kind=timeout",
        "insights": "/enrichment/insights/",
    }
