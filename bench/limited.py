"""How much of a limited provider is used: the share of its rate, and what it refuses.

645 postings, 200 calls in any 10 s, 1 s latency; refused calls count against the limit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.report import Result
from bench.site import StandIn, installation, stand_in

COUNT = 645
LIMIT, WINDOW = 200, 10.0
RATE = LIMIT / WINDOW
PROVIDER = {"requests": LIMIT, "window": WINDOW, "latency": 1.0}
NOISE = {"rate_429": 0.03, "rate_500": 0.03, "rate_reset": 0.02}
ENDED = (
    "select count(*) from enrichment_enrichment where status in ('enriched', 'failed')"
)
FAILED = "select count(*) from enrichment_enrichment where status = 'failed'"


def main() -> Result:
    rows = [
        ours("this, SQLite, 1 worker", postgres=False, workers=1),
        ours("this, PostgreSQL, 1 worker", postgres=True, workers=1),
        ours("this, PostgreSQL, 2 workers", postgres=True, workers=2),
        ours("this, set to twice the limit", postgres=False, workers=1, minute=2400),
        ours(
            "this, 3 % 429, 3 % 500, 2 % resets", postgres=False, workers=1, noise=True
        ),
        bare("bare SDK, 64 threads, 10 retries", threads=64, retries=10),
    ]
    return Result(
        name="limited",
        question="Of a provider that allows 200 calls in any 10 s, how much is used?",
        ratio=f"{rows[0][1]} of the steady rate with {rows[0][3]} refused; "
        f"bare SDK: {rows[-1][1]} with {rows[-1][3]} refused",
        table=[
            ["who", "share of the rate", "calls", "refused", "lost", "paid twice"],
            *rows,
        ],
        notes="Share: answers per second from the first to the last, of 20. In the row "
        "with errors the last waits of the retry table (up to 35 s) count too.",
    )


def ours(
    name: str, *, postgres: bool, workers: int, minute: int = 1200, noise: bool = False
) -> list[str]:
    options = PROVIDER | (NOISE if noise else {})
    env = {
        "OPENAI_API_KEY": "x",
        "ENRICHMENT_REQUESTS_PER_MINUTE": str(minute),
        "ENRICHMENT_CONCURRENCY": "32",
    }
    with (
        stand_in(**options) as provider,
        installation(
            COUNT, postgres=postgres, OPENAI_BASE_URL=provider.base_url, **env
        ) as site,
    ):
        for _worker in range(workers):
            site.start_worker()
        site.wait_for("select count(*) from enrichment_worker", workers)
        site.manage("enrich_batch", "--all")
        site.wait_for(ENDED, COUNT, timeout=300)
        return row(name, provider, lost=site.value(FAILED))


def bare(name: str, *, threads: int, retries: int) -> list[str]:
    with stand_in(**PROVIDER) as provider:
        command = [sys.executable, "-m", "bench.bare_sdk", provider.base_url]
        done = subprocess.run(
            [*command, str(COUNT), str(threads), str(retries)],
            check=True,
            capture_output=True,
            text=True,
        )
        return row(name, provider, lost=json.loads(done.stdout)["lost"])


def row(name: str, provider: StandIn, *, lost: int) -> list[str]:
    calls: list[dict[str, Any]] = provider.get("_calls")
    answered = sorted(call["at"] for call in calls if call["outcome"] == "answered")
    refused = sum(call["outcome"] == "refused" for call in calls)
    rate = (len(answered) - 1) / (answered[-1] - answered[0])
    twice = len(answered) - len(
        {c["fingerprint"] for c in calls if c["outcome"] == "answered"}
    )
    share = f"{rate / RATE:.3f}"
    return [name, share, str(len(calls)), str(refused), str(lost), str(twice)]
