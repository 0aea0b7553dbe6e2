"""CPU for a posting without any limit, beside the bare SDK making the same calls.

3,000 postings, 50 ms latency, 32 calls in flight. Ours includes the ledger, durable results
and the state of every posting.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Result, in_new_process, median
from bench.site import PRODUCTION, StandIn, stand_in, write_postings, write_work
from tests.installation import ROOT

COUNT = 3000
THREADS = 32
ROUNDS = 3


def main() -> Result:
    sdk, ours, speeds = [], [], []
    for _round in range(ROUNDS):
        with stand_in(latency=0.05) as provider:
            sdk.append(bare(provider))
        with stand_in(latency=0.05) as provider:
            cpu, seconds = in_new_process(work, provider.base_url)
            ours.append(cpu)
            speeds.append(COUNT / seconds)
    ratio = median([a / b for a, b in zip(ours, sdk, strict=True)])
    return Result(
        name="overhead",
        question="What does a posting cost in CPU, beside the SDK's call alone?",
        ratio=f"{ratio:.2f} x the bare SDK",
        table=[
            ["who", "ms of CPU for a posting (median)", "postings/s"],
            [
                "this, SQLite, one process",
                f"{median(ours):.2f}",
                f"{median(speeds):.0f}",
            ],
            ["bare SDK", f"{median(sdk):.2f}", ""],
        ],
        notes=f"{COUNT} postings, {ROUNDS} rounds in turn; the first call's imports and "
        "the provider's process don't count. The SDK is used as its documentation shows; ours "
        "asks by its `post`, which spares what the typed methods do with request and answer.",
    )


def bare(provider: StandIn) -> float:
    """Milliseconds of CPU for a call."""
    script = str(ROOT / "bench" / "peers" / "bare_sdk.py")
    options = [f"--threads={THREADS}", "--retries=0"]
    with tempfile.TemporaryDirectory() as home:
        work = write_work(Path(home), COUNT, base_url=provider.base_url)
        done = subprocess.run(
            # -P: its directory isn't searched for packages.
            [sys.executable, "-P", script, str(work), *options],
            check=True,
            capture_output=True,
            text=True,
        )
    cpu: float = json.loads(done.stdout)["cpu"]
    return cpu / COUNT * 1000


def work(base_url: str) -> tuple[float, float]:
    """One process that enriches all postings: milliseconds of CPU for each, seconds."""
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {
            "JOBSITE_VAR_DIR": var,
            "JOBSITE_DOTENV": "off",
            "OPENAI_BASE_URL": base_url,
            "OPENAI_API_KEY": "x",
            "ENRICHMENT_DELAY_BETWEEN_JOBS": "0",
            "ENRICHMENT_CONCURRENCY": str(THREADS),
            **PRODUCTION,
            "LOG_LEVEL": "ERROR",
            "DJANGO_ALLOWED_HOSTS": "localhost",
            "DJANGO_SETTINGS_MODULE": "jobsite.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        from bench.peers.bare_sdk import cpu_seconds
        from enrichment import batches, runner
        from enrichment.caller import by_settings
        from enrichment.models import Door

        call_command("migrate", verbosity=0)
        call_command("import_jobs", str(write_postings(Path(var), COUNT)))
        run = batches.start(door=Door.COMMAND, continuous=True).run
        assert run is not None
        by_settings()
        cpu, started = cpu_seconds(), time.monotonic()
        while batch := run.batches.live().first():
            runner.run(batch.pk)
        return (cpu_seconds() - cpu) / COUNT * 1000, time.monotonic() - started
