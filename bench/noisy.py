"""A provider that also fails at random: how much of what its errors leave is used?

3 % of the calls get a 429, 3 % a 500, 2 % a connection reset, 2 % a 502 with a page of HTML.
All of them count against the limit of 200 calls in any 10 s.
"""

from __future__ import annotations

from bench import limited
from bench.limited import COUNT, RATE, Ran
from bench.report import Result

FAULTS = {"rate_429": 0.03, "rate_500": 0.03, "rate_reset": 0.02, "rate_html": 0.02}
# The tail of retries is as long after many postings as after few.
MANY = 3 * COUNT


def main() -> Result:
    rows = [
        row(f"this, {count:,} postings", ran(count), count) for count in (COUNT, MANY)
    ]
    return Result(
        name="noisy",
        question="With 3 % 429, 3 % 500, 2 % resets and 2 % HTML errors, how much of what "
        "the extra calls allow is used?",
        ratio=f"{rows[0][4]} of it while first calls are left, {rows[0][3]} with the last "
        f"retries, {rows[1][3]} over {MANY:,} postings",
        table=[
            [
                "PostgreSQL, one worker command",
                "calls",
                "share of the rate: answers",
                "share of the rate: calls",
                "calls, until the last first call",
                "refused",
                "lost",
            ],
            *rows,
        ],
        notes="Share of answers: per second, from the first to the last, of 20. Of calls: "
        "all that counted against the limit, from the first one's start to the last one's. "
        "After the last first call there is nothing but retries, whose waits (5, 10 and 20 "
        "s after a 429, 3, 6 and 12 s after the others) are promised.",
    )


def ran(count: int) -> Ran:
    return limited.ours(postgres=True, count=count, faults=FAULTS)


def row(name: str, run: Ran, count: int) -> list[str]:
    log = run.log
    return [
        name,
        f"{len(log.calls):,}",
        f"{log.answers_share(RATE):.3f}",
        f"{log.calls_share(RATE):.3f}",
        f"{log.steady_share(RATE):.3f}",
        str(log.refused),
        str(count - log.postings),
    ]
