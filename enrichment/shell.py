"""For a Python shell: enrich one text, or a batch of jobs, and wait for what comes out.

from enrichment.shell import batch_enrich_jobs, enrich_job_with_llm
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from enrichment import batches, conf, progress, prompts, runner
from enrichment.llm.errors import LlmError
from enrichment.models import Door
from enrichment.single import ask_about

logger = logging.getLogger(__name__)


def enrich_job_with_llm(
    job_id: object, description: str, max_retries: int = 3
) -> tuple[dict[str, Any] | None, str | None]:
    """Ask the model about one text, with retries; nothing is stored but the calls.

    A text that was answered before is not sent again.

    Args:
        job_id: for the log.
        description: the text to read. Where `job_id` is a posting's id, its title, company
            and location are read along.
        max_retries: after the first try.

    Returns:
        The facts and None, or None and what went wrong.
    """
    settings = prompts.applied(conf.current())
    retry = replace(settings.retry, max_retries=max_retries)
    try:
        facts = ask_about(
            job_id=job_id,
            description=description,
            settings=replace(settings, retry=retry),
        )
    except LlmError as error:
        logger.warning("❌ Failed to enrich job %s: %s", job_id, error.message)
        return None, error.message
    logger.info("✅ Successfully enriched job %s", job_id)
    return facts.model_dump(mode="json"), None


def batch_enrich_jobs(
    job_ids: Sequence[int], batch_size: int = 50, delay_between_jobs: float = 1.0
) -> dict[str, int]:
    """Enrich up to `batch_size` postings in this process, and wait for the end.

    Args:
        job_ids: ids of postings; those enriched already are skipped.
        batch_size: of more ids, the first so many are taken.
        delay_between_jobs: seconds between two call starts; the account's limits, where
            they are set, replace it.

    Returns:
        `{"total":, "successful":, "failed":, "rate_limited":}`
    """
    started = batches.start(
        door=Door.SHELL, selection=list(job_ids), size=batch_size, enqueue=False
    )
    if started.is_limited:
        logger.warning(
            "Batch size limited from %s to %s jobs", started.eligible, started.queued
        )
    if started.run is None or started.batch is None:
        return {"total": 0, "successful": 0, "failed": 0, "rate_limited": 0}
    settings = replace(
        conf.current(),
        delay_seconds=delay_between_jobs,
        task_seconds=math.inf,  # nobody else is to finish it
    )
    runner.run(started.batch.pk, settings=settings, alone=True)
    return progress.of_run(started.run).stats
