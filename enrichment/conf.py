"""The engine's settings as one typed, frozen view, read when asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from enrichment.llm.config import ClientConfig
from enrichment.llm.prompt import SHIPPED, Prompt
from enrichment.llm.retry import RetryPolicy
from enrichment.offline import embedded
from enrichment.pace import Pace

OFFLINE_MODEL = "offline-extractor"
# Batches at once in one process: one that is started from, others with their last answers.
MAX_HOLDINGS = 4


@dataclass(frozen=True, kw_only=True)
class Prices:
    """US dollars for a million tokens; None where the operator gave no price."""

    input: float | None
    cached_input: float | None
    output: float | None


@dataclass(frozen=True, kw_only=True)
class EngineSettings:
    """Seconds are floats; `requests_per_minute` and `tokens_per_minute` None = not set.

    `prompt` stands in the database, not in the settings: a batch gets it with its lease,
    and who asks outside a batch takes `prompts.applied`.
    """

    batch_size: int
    delay_seconds: float
    requests_per_minute: int | None
    tokens_per_minute: int | None
    concurrency: int
    retry: RetryPolicy
    call_timeout: float
    retry_failed_after: timedelta
    max_tries: int
    stalled_after: float
    probe_every: float
    task_seconds: float
    live_batches: int
    model: str
    is_offline: bool
    pushes: bool
    prices: Prices
    prompt: Prompt = SHIPPED

    @property
    def call_interval(self) -> float:
        """Seconds between two call starts, over the installation; 0 = no pace."""
        if self.requests_per_minute:
            return 60 / (self.requests_per_minute * PACE_MARGIN)
        # Either limit of the account replaces the delay.
        return 0.0 if self.tokens_per_minute else self.delay_seconds

    @property
    def pace(self) -> Pace:
        """The limits as `pacing` keeps them, with a margin below the account's."""
        tokens = self.tokens_per_minute
        return Pace(
            account=account(),
            interval=self.call_interval,
            per_thousand_tokens=60_000 / (tokens * PACE_MARGIN) if tokens else 0.0,
            catch_up=self.call_interval if self.requests_per_minute else 0.0,
        )


# At exactly the limit a call that starts a hair early is refused, and a refusal counts
# against the limit too; one percent below, refusals vanish.
PACE_MARGIN = 0.99


def current() -> EngineSettings:
    """The settings now, so that tests and operators can change them between calls."""
    return EngineSettings(
        batch_size=settings.ENRICHMENT_BATCH_SIZE,
        delay_seconds=settings.ENRICHMENT_DELAY_BETWEEN_JOBS,
        requests_per_minute=settings.ENRICHMENT_REQUESTS_PER_MINUTE,
        tokens_per_minute=settings.ENRICHMENT_TOKENS_PER_MINUTE,
        concurrency=settings.ENRICHMENT_CONCURRENCY,
        retry=RetryPolicy(
            max_retries=settings.ENRICHMENT_MAX_RETRIES,
            rate_limit_backoff=settings.ENRICHMENT_RATE_LIMIT_BACKOFF,
            api_error_backoff=settings.ENRICHMENT_API_ERROR_BACKOFF,
        ),
        call_timeout=settings.ENRICHMENT_TIMEOUT_SECONDS,
        retry_failed_after=timedelta(
            hours=settings.ENRICHMENT_RETRY_FAILED_AFTER_HOURS
        ),
        max_tries=settings.ENRICHMENT_MAX_TRIES,
        stalled_after=settings.ENRICHMENT_STALLED_AFTER_SECONDS,
        probe_every=settings.ENRICHMENT_PROBE_SECONDS,
        task_seconds=settings.ENRICHMENT_TASK_SECONDS,
        live_batches=settings.Q_WORKERS,
        model=OFFLINE_MODEL
        if settings.ENRICHMENT_OFFLINE
        else settings.ENRICHMENT_MODEL,
        is_offline=settings.ENRICHMENT_OFFLINE,
        pushes=settings.ENRICHMENT_LIVE_UPDATES == "push",
        prices=_prices(),
    )


def _prices() -> Prices:
    if settings.ENRICHMENT_OFFLINE:
        return Prices(input=0.0, cached_input=0.0, output=0.0)
    return Prices(
        input=settings.ENRICHMENT_PRICE_INPUT,
        cached_input=settings.ENRICHMENT_PRICE_CACHED_INPUT,
        output=settings.ENRICHMENT_PRICE_OUTPUT,
    )


def client_config() -> ClientConfig:
    """How to reach the provider; starts the offline extractor where it is the provider."""
    conf = current()
    offline = conf.is_offline
    return ClientConfig(
        api_key="offline" if offline else settings.OPENAI_API_KEY or "none",
        base_url=embedded.base_url() if offline else settings.OPENAI_BASE_URL,
        api=settings.ENRICHMENT_API,
        model=conf.model,
        timeout=conf.call_timeout,
        max_output_tokens=settings.ENRICHMENT_MAX_OUTPUT_TOKENS,
        reasoning_effort=settings.ENRICHMENT_REASONING_EFFORT,
        connections=conf.concurrency,
    )


def account() -> str:
    """The name of the provider account that limits apply to; never the key itself."""
    if settings.ENRICHMENT_OFFLINE:
        return "offline"
    address = str(settings.OPENAI_BASE_URL or "openai")
    # A name and a password in the address are nobody's business; the columns hold 200.
    return re.sub(r"//[^/]*@", "//", address)[:200]
