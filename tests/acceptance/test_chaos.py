"""Nothing lost, nothing paid twice: a short form of `make chaos`, and an account run dry."""

from __future__ import annotations

import random

from tests.acceptance.bad_days import (
    ENRICHED,
    LIVE,
    all_is_well,
    furnish,
    wait_for_end,
)
from tests.chaos.play import Options, play
from tests.chaos.victims import Clusters


def test_kills_at_random_moments_lose_nothing_and_pay_nothing_twice(
    installation,
) -> None:
    seed = random.randrange(1, 10_000)
    options = Options(postings=80, kills=5, seed=seed, clusters=1, stalled_after=4)
    print(f"as: python -m tests.chaos --postings 80 --kills 5 --seed {seed}")

    report = play(installation, options, print)

    print(report)
    assert report.problems == []


def test_account_that_runs_dry_costs_the_calls_in_flight_and_goes_on_when_refilled(
    installation, provider
) -> None:
    site = furnish(installation, provider, count=120, ENRICHMENT_PROBE_SECONDS="1")
    provider.configure(quota_after=40)
    clusters = Clusters(site, 1, chance=random.Random(1))

    site.manage("enrich_batch", "--all")
    site.wait_for("select status from enrichment_run", "blocked")
    site.wait_for(LIVE, 0)
    in_flight = provider.max_in_flight
    at_rest = site.value(ENRICHED)
    provider.refill()
    provider.configure(quota_after=None)
    wait_for_end(site)
    clusters.stop()

    assert at_rest == 40
    assert all_is_well(site, provider, count=120)
    # An error of the account costs nothing but the call; a few of them may be probes.
    assert len(provider.calls) <= 120 + in_flight + 3
