"""Figures for Prometheus, read from the database: the same whichever web process is asked.

A scrape costs the same with a million postings, and asks for little more than a panel does.
`deploy/monitoring/` has alerts and a dashboard made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from enrichment.metrics import calls, pace, postings, work

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class _Engine(Collector):
    def collect(self) -> Iterator[Metric]:
        for part in (postings, calls, pace, work):
            yield from part.families()

    def describe(self) -> Iterable[Metric]:
        """Nothing: else the registry would read the database for the names alone."""
        return ()


def text() -> bytes:
    """All of them, in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Engine())
    return generate_latest(registry)
