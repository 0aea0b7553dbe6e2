"""More worker commands: faster where the CPU bounds them, and no refusals where the limit does.

Each command has one process. The machine's cores are shared by workers, database and
provider, so that commands take from each other what a further machine would bring; once
more, each command is held to a fifth of a core, and so has all that it may use.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from bench import limited
from bench.cpu import Used, held_to
from bench.limited import RATE
from bench.report import Result
from bench.site import installation, swift_stand_in

COUNT = 2000
WORKERS = (1, 2, 4)
SHARE = 0.2


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Postings per second, and CPU seconds by who used them."""

    rate: float
    cpu: Mapping[str, float]


def main() -> Result:
    free = {workers: unlimited(workers) for workers in WORKERS}
    held = {workers: unlimited(workers, share=SHARE) for workers in WORKERS}
    rows = [
        [f"{n} command(s)", f"{free[n].rate:.0f}", f"{held[n].rate:.0f}", *paced(n)]
        for n in WORKERS
    ]
    ratios = [f"{held[n].rate / held[1].rate:.2f}" for n in WORKERS[1:]]
    return Result(
        name="workers",
        question="What do more worker commands bring, without a limit and with one?",
        ratio=f"{' x and '.join(ratios)} x the postings/s with two and four commands of "
        f"{SHARE} cores; {free[2].rate / free[1].rate:.2f} x with two that share this "
        f"machine's; of a limited provider {', '.join(row[3] for row in rows)} of the rate",
        table=[
            [
                "PostgreSQL, Q_WORKERS=1",
                "postings/s, all cores shared",
                f"postings/s, {SHARE} cores each",
                "share of the limited rate",
                "refused",
                "lost",
                "paid twice",
            ],
            *rows,
        ],
        notes=f"Without a limit: {COUNT:,} postings, 50 ms latency, a provider with one "
        "answer for all; postings/s without the first and the last tenth. ms of CPU for a "
        f"posting: {_costs(free[1])} with one command, {_costs(free[2])} with two.",
    )


def _costs(speed: Speed) -> str:
    return ", ".join(
        f"{who} {seconds / COUNT * 1000:.1f}" for who, seconds in speed.cpu.items()
    )


def paced(workers: int) -> list[str]:
    ran = limited.ours(postgres=True, workers=workers, Q_WORKERS="1")
    log = ran.log
    share = f"{log.answers_share(RATE):.3f}"
    return [share, str(log.refused), str(ran.lost), str(log.paid_twice)]


def unlimited(workers: int, *, share: float | None = None) -> Speed:
    with (
        swift_stand_in(latency=0.05) as provider,
        installation(
            COUNT,
            postgres=True,
            OPENAI_BASE_URL=provider.base_url,
            OPENAI_API_KEY="x",
            Q_WORKERS="1",
        ) as site,
    ):
        groups = [site.start_worker().pid for _worker in range(workers)]
        site.wait_for("select count(*) from enrichment_worker", workers)
        before = Used.now(sessions=set(groups), provider=provider.pid)
        with held_to(share, groups) if share else nullcontext():
            site.manage("enrich_batch", "--all")
            site.wait_for(limited.ENDED, COUNT, timeout=300)
        after = Used.now(sessions=set(groups), provider=provider.pid)
        rate = float(provider.get("_stats")["rate"])
        return Speed(rate=rate, cpu=after.since(before))
