"""The settings that a run is started under, kept with it: what its figures came from."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from enrichment import conf
from enrichment.llm.schema import SCHEMA_VERSION


def settings_now() -> dict[str, Any]:
    """As JSON; the batch size stands in a column of the run, since it may change."""
    current = conf.current()
    # By its name: runs, which the models of prompts come after, keep this.
    prompts = apps.get_model("enrichment", "Prompt").objects
    return {
        "model": current.model,
        "provider": conf.account(),
        "prompt_version": prompts.in_force().version,
        "schema_version": SCHEMA_VERSION,
        "requests_per_minute": current.requests_per_minute,
        "tokens_per_minute": current.tokens_per_minute,
        "delay_seconds": current.delay_seconds,
        "concurrency": current.concurrency,
        "max_retries": current.retry.max_retries,
        "batch_size": current.batch_size,
    }
