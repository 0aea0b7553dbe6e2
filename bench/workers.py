"""More worker commands: faster where the CPU bounds them, and no refusals where the limit does."""

from __future__ import annotations

from bench import limited
from bench.report import Result
from bench.site import installation, stand_in

COUNT = 2000
WORKERS = (1, 2, 4)


def main() -> Result:
    rows = []
    for workers in WORKERS:
        name = f"{workers} worker command(s)"
        _name, share, _calls, refused, lost, twice = limited.ours(
            name, postgres=True, workers=workers
        )
        rows.append([name, f"{unlimited(workers):.0f}", share, refused, lost, twice])
    return Result(
        name="workers",
        question="What do more worker commands bring, without a limit and with one?",
        ratio=f"{float(rows[1][1]) / float(rows[0][1]):.2f} x the postings/s with two of "
        f"them; of a limited provider {rows[0][2]}, {rows[1][2]} and {rows[2][2]} of the "
        "rate",
        table=[
            [
                "PostgreSQL",
                "postings/s without a limit",
                "share of the limited rate",
                "refused",
                "lost",
                "paid twice",
            ],
            *rows,
        ],
        notes="Each command has two processes; the provider, the database and all workers "
        "share the machine's cores. Without a limit: 50 ms latency, 2,000 postings.",
    )


def unlimited(workers: int) -> float:
    """Postings per second, from the first call to the last."""
    with (
        stand_in(latency=0.05) as provider,
        installation(
            COUNT, postgres=True, OPENAI_BASE_URL=provider.base_url, OPENAI_API_KEY="x"
        ) as site,
    ):
        for _worker in range(workers):
            site.start_worker()
        site.wait_for("select count(*) from enrichment_worker", workers)
        site.manage("enrich_batch", "--all")
        site.wait_for(limited.ENDED, COUNT, timeout=300)
        return COUNT / float(provider.get("_stats")["seconds"])
