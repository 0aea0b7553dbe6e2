"""How many calls are in flight: what the pace needs, with no thread and connection wasted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_posting, make_postings, start_batch
from tests.enrichment.running import FAST, faulty, run, use
from tests.provider import Provider

pytestmark = pytest.mark.django_db
PATIENT = replace(FAST, rate_limit_backoff=2.0)


@pytest.fixture(autouse=True)
def _use(provider: Provider, settings) -> None:
    use(provider, settings)


def numbers(provider: Provider, *titles: str) -> list[int]:
    """The calls about these postings, by their place among all calls."""
    return [call.number for call in provider.calls if call.title in titles]


class TestInFlight:
    """Little's law: calls a second x seconds for an answer."""

    def test_slow_answers_bring_as_many_calls_as_the_rate_needs(
        self, provider, settings
    ) -> None:
        settings.ENRICHMENT_REQUESTS_PER_MINUTE = 1200
        provider.configure(latency=0.5)

        run(start_batch(*make_postings(40)), concurrency=64)

        # Ten; the tolerance is for machines that are slow or uneven.
        assert 4 <= provider.max_in_flight <= 18

    def test_quick_answers_need_few(self, provider, settings) -> None:
        settings.ENRICHMENT_REQUESTS_PER_MINUTE = 1200

        run(start_batch(*make_postings(20)), concurrency=64)

        assert provider.max_in_flight <= 5
        assert len(provider.connections) <= 5


class TestWaiting:
    def test_retry_to_come_holds_no_thread(self, provider) -> None:
        waits, others = faulty("429 x1"), make_postings(4)

        run(start_batch(waits, *others), concurrency=1, retry=PATIENT)

        assert numbers(provider, waits.title) == [1, 6]

    def test_next_batch_goes_on_meanwhile(self, provider) -> None:
        waits, other = faulty("429 x1"), make_posting()
        first = start_batch(waits)
        start_batch(other)

        run(first, concurrency=1, retry=PATIENT)

        assert numbers(provider, waits.title, other.title) == [1, 2, 3]
        assert numbers(provider, other.title) == [2]


class TestConnections:
    def test_connection_is_kept_from_batch_to_batch(self, provider) -> None:
        for _batch in range(3):
            run(start_batch(*make_postings(3)), concurrency=1)

        assert (len(provider.calls), len(provider.connections)) == (9, 1)
