"""The settings as the engine sees them: the pace they make, the account they name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enrichment import conf


def test_seed_defaults_hold() -> None:
    now = conf.current()

    assert (now.batch_size, now.delay_seconds, now.max_tries) == (50, 1.0, 5)
    assert (now.retry.max_retries, now.retry.rate_limit_backoff) == (3, 5.0)
    assert now.retry.api_error_backoff == 3.0
    assert now.retry_failed_after == timedelta(hours=24)


def test_settings_are_read_when_asked_for(settings) -> None:
    settings.ENRICHMENT_BATCH_SIZE = 7

    assert conf.current().batch_size == 7


class TestPace:
    def pace(self, settings, **changes):
        for name, value in changes.items():
            setattr(settings, name, value)
        return conf.current().pace

    def test_delay_is_kept_exactly(self, settings) -> None:
        pace = self.pace(settings, ENRICHMENT_DELAY_BETWEEN_JOBS=1.5)

        assert (pace.interval, pace.catch_up, pace.is_limited) == (1.5, 0.0, True)

    def test_no_delay_is_no_pace(self, settings) -> None:
        assert not self.pace(settings, ENRICHMENT_DELAY_BETWEEN_JOBS=0.0).is_limited

    def test_requests_per_minute_replace_the_delay_with_a_margin(
        self, settings
    ) -> None:
        pace = self.pace(settings, ENRICHMENT_REQUESTS_PER_MINUTE=600)

        assert 60 / pace.interval == pytest.approx(600 * 0.99)
        assert pace.catch_up == pace.interval

    def test_tokens_per_minute_replace_it_too(self, settings) -> None:
        pace = self.pace(settings, ENRICHMENT_TOKENS_PER_MINUTE=100_000)

        assert pace.interval == 0.0
        assert 60_000 / pace.per_thousand_tokens == pytest.approx(99_000)
        assert pace.is_limited

    def test_both_limits_hold_together(self, settings) -> None:
        pace = self.pace(
            settings,
            ENRICHMENT_REQUESTS_PER_MINUTE=60,
            ENRICHMENT_TOKENS_PER_MINUTE=60_000,
        )

        assert pace.interval > 1
        assert pace.per_thousand_tokens > 1


class TestProvider:
    def test_offline_extractor_is_free_and_named(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = True
        now = conf.current()

        assert (now.model, conf.account()) == (conf.OFFLINE_MODEL, "offline")
        assert (now.prices.input, now.prices.output) == (0.0, 0.0)

    def test_account_is_the_address_and_never_the_key(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = False
        settings.OPENAI_API_KEY = "sk-secret"
        settings.OPENAI_BASE_URL = ""
        assert conf.account() == "openai"

        settings.OPENAI_BASE_URL = "https://llm.example/v1"
        assert conf.account() == "https://llm.example/v1"

    def test_client_is_told_key_address_and_model(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = False
        settings.OPENAI_API_KEY = "sk-secret"
        settings.OPENAI_BASE_URL = "https://llm.example/v1"
        settings.ENRICHMENT_MODEL = "small"
        config = conf.client_config()

        assert (config.api_key, config.model) == ("sk-secret", "small")
        assert config.base_url == "https://llm.example/v1"
        assert config.connections == conf.current().concurrency

    def test_server_without_keys_is_asked_with_a_dummy(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = False
        settings.OPENAI_API_KEY = ""
        settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"

        assert conf.client_config().api_key == "none"

    def test_unknown_prices_stay_unknown(self, settings) -> None:
        settings.ENRICHMENT_OFFLINE = False

        assert conf.current().prices.input is None
