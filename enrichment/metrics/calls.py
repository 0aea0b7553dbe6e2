"""Calls as the ledger has them: outcomes, tokens, cost, latency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from enrichment import call_counts
from enrichment.call_counts import BUCKETS, NO_LATENCY, Entry

MICRO = 1e6


def families() -> Iterator[Metric]:
    entries = call_counts.sums()
    yield _ended(entries)
    yield from _used(entries)
    yield _latency(entries)


def _ended(entries: list[Entry]) -> Metric:
    sums: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        sums[entry["model"], entry["outcome"], entry["error_kind"]] += entry["calls"]
    ended = CounterMetricFamily(
        "enrichment_calls",
        "Calls that ended, by outcome; one in doubt whose answer came late counts as both.",
        labels=["model", "outcome", "kind"],
    )
    for key, count in sorted(sums.items()):
        ended.add_metric(list(key), count)
    return ended


def _used(entries: list[Entry]) -> Iterator[Metric]:
    used: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for name in ("input", "cached", "output"):
            used[entry["model"], name] += entry[f"{name}_tokens"]
        used[entry["model"], "cost"] += entry["cost_microusd"]
        used[entry["model"], "unpriced"] += entry["unpriced"]
    tokens = CounterMetricFamily(
        "enrichment_tokens",
        "Tokens used; cached ones are among those of the input.",
        labels=["model", "direction"],
    )
    cost = CounterMetricFamily(
        "enrichment_cost_usd",
        "Cost of calls in US dollars, at the prices set when they ended.",
        labels=["model"],
    )
    unpriced = CounterMetricFamily(
        "enrichment_unpriced_calls", "Answers without a price.", labels=["model"]
    )
    for (model, name), amount in sorted(used.items()):
        if name == "cost":
            cost.add_metric([model], amount / MICRO)
        elif name == "unpriced":
            unpriced.add_metric([model], amount)
        else:
            tokens.add_metric([model, name], amount)
    yield from (tokens, cost, unpriced)


def _latency(entries: list[Entry]) -> Metric:
    """Of calls with an answer, whether it was of use or not."""
    counts: dict[str, list[int]] = {}
    seconds: Counter[str] = Counter()
    for entry in entries:
        if entry["bucket"] == NO_LATENCY:
            continue
        of_model = counts.setdefault(entry["model"], [0] * (len(BUCKETS) + 1))
        of_model[entry["bucket"]] += entry["calls"]
        seconds[entry["model"]] += entry["latency_ms"]
    histogram = HistogramMetricFamily(
        "enrichment_call_seconds",
        "Seconds from a call's start to its answer.",
        labels=["model"],
    )
    ends = [*(f"{end:g}" for end in BUCKETS), "+Inf"]
    for model, of_model in sorted(counts.items()):
        sums = [sum(of_model[: number + 1]) for number in range(len(of_model))]
        histogram.add_metric(
            [model],
            buckets=list(zip(ends, sums, strict=True)),
            sum_value=seconds[model] / 1000,
        )
    return histogram
