"""The provider's limit is halved in the middle of a run: who notices, and at what cost?"""

from __future__ import annotations

import time

from bench import limited
from bench.limited import COUNT, LIMIT, RATE, WINDOW, Moment
from bench.report import Result
from bench.site import StandIn
from tests.installation import Installation

HALVED_AT = 0.4
NEW_RATE = RATE / 2


def main() -> Result:
    rows = [
        row("one worker command", workers=1),
        row("two worker commands", workers=2),
    ]
    return Result(
        name="halved",
        question="The limit is halved when 40 % are answered: how much of the new one is "
        "used, and how many calls are refused?",
        ratio=f"{rows[0][1]} of the new limit with {rows[0][4]} of the calls refused",
        table=[
            [
                "PostgreSQL",
                f"share of the new limit, after {WINDOW:.0f} s",
                "from the change on",
                "refused",
                "of all calls",
                "lost",
            ],
            *rows,
        ],
        notes=f"{COUNT} postings, {LIMIT} calls in any {WINDOW:.0f} s, then {LIMIT // 2}. "
        f"Share: answers per second of {NEW_RATE:.0f}. For {WINDOW:.0f} s after the change "
        "the provider still counts the calls from before it, and refuses where a call at "
        "the new rate would be too many.",
    )


def row(name: str, *, workers: int) -> list[str]:
    ran = limited.ours(postgres=True, workers=workers, amid=halve)
    assert ran.moment is not None
    change = ran.moment.at
    after = ran.log.after(change)
    drained = after.after(change + WINDOW)
    return [
        name,
        f"{drained.answers_share(NEW_RATE):.3f}",
        f"{share_since(change, [c['at'] for c in after.answered]):.3f}",
        str(ran.log.refused),
        f"{ran.log.refused_share:.1%}",
        str(COUNT - ran.log.postings),
    ]


def share_since(moment: float, answered: list[float]) -> float:
    """Answers from that moment on to the last, of the new rate: with every pause in it."""
    return len(answered) / (max(answered) - moment) / NEW_RATE


def halve(_site: Installation, provider: StandIn) -> Moment:
    limited.wait_until_answered(provider, HALVED_AT)
    provider.change(requests_per_window=LIMIT // 2)
    return Moment(at=time.monotonic())
