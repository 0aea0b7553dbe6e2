"""One text's tries: when the next one is due, and what the answer of one is worth."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import partial

from enrichment.caller import Answer
from enrichment.conf import EngineSettings
from enrichment.ledger import Closing, estimate_tokens
from enrichment.llm import output
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.retry import Attempts
from enrichment.llm.schema import JobFacts
from enrichment.work import Work

logger = logging.getLogger(__name__)


@dataclass(order=True, kw_only=True)
class Job:
    """One text's way through its tries; ordered by when it may be called next."""

    ready_at: float
    number: int
    work: Work = field(compare=False)
    attempts: Attempts = field(compare=False)
    call_id: int | None = field(default=None, compare=False)
    estimated: int = field(default=0, compare=False)
    tokens: int = field(default=0, compare=False)  # taken from the budget for this try

    @classmethod
    def first_try(cls, work: Work, settings: EngineSettings, *, number: int) -> Job:
        on_wait = partial(log_wait, work.name, settings.retry.max_retries)
        return cls(
            ready_at=0.0,
            number=number,
            work=work,
            attempts=Attempts(settings.retry, on_wait=on_wait),
            estimated=_estimate(work, settings),
        )


def _estimate(work: Work, settings: EngineSettings) -> int:
    if not settings.tokens_per_minute:
        return 0
    return estimate_tokens(work, settings.prompt)


def judge(answer: Answer[Job]) -> tuple[Closing, JobFacts | None]:
    """What a call's answer is worth."""
    call_id = answer.job.call_id or 0
    if answer.completion is None:
        return Closing(call_id=call_id, completion=None, error=answer.error), None
    try:
        facts = output.facts(answer.completion)
    except LlmError as error:
        return Closing(call_id=call_id, completion=answer.completion, error=error), None
    return Closing(call_id=call_id, completion=answer.completion, error=None), facts


def log_wait(
    name: str, max_retries: int, error: LlmError, seconds: float, number: int
) -> None:
    what = "Rate limit hit" if error.kind is ErrorKind.RATE_LIMITED else "API error"
    kind = "" if error.kind is ErrorKind.RATE_LIMITED else f" ({error.kind})"
    logger.warning(
        "⚠️  %s for job %s%s. Waiting %gs before retry %s/%s",
        what,
        name,
        kind,
        seconds,
        number,
        max_retries,
        extra={"posting": name, "kind": error.kind.value},
    )
