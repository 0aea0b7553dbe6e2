"""What all workers of an installation have to be set to alike, and in what two differ.

The row of the pace is one, but every worker moves it on by its own interval: with two
settings the pace lies between them. And who fetches a task that was signed with another key
deletes it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from enrichment import conf
from enrichment.llm.prompt import PROMPT_VERSION
from enrichment.llm.schema import SCHEMA_VERSION

NAMES = (
    "ENRICHMENT_REQUESTS_PER_MINUTE",
    "ENRICHMENT_TOKENS_PER_MINUTE",
    "ENRICHMENT_DELAY_BETWEEN_JOBS",
    "ENRICHMENT_STALLED_AFTER_SECONDS",
    "ENRICHMENT_MODEL",
)
SECRET = "DJANGO_SECRET_KEY"  # noqa: S105


def own() -> dict[str, Any]:
    """This process's settings, to be stored where the other workers see them."""
    return {
        **{name: getattr(settings, name) for name in NAMES},
        "OPENAI_BASE_URL": conf.account(),
        # Two machines may reach the same Redis by different addresses.
        "Q_BROKER_URL": "Redis" if settings.Q_BROKER_URL else "the database",
        # Its mark: enough to compare, and no way back.
        SECRET: salted_hmac("enrichment.agreement", SECRET).hexdigest()[:16],
        "the code's prompt and schema": f"{PROMPT_VERSION}, {SCHEMA_VERSION}",
    }


def differences(*, here: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """In words; a worker of older code, which says less, differs in what it says alone."""
    return [
        name if name == SECRET else f"{name} ({there[name]} there, {value} here)"
        for name, value in here.items()
        if name in there and there[name] != value
    ]
