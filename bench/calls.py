"""What a provider's log tells: the share of its rate, what it refused, what was paid twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.site import StandIn


@dataclass(frozen=True, kw_only=True)
class Log:
    """All calls in the order of arrival; their times are of `time.monotonic()`."""

    calls: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, provider: StandIn) -> Log:
        return cls(calls=provider.get("_calls"))

    def after(self, moment: float) -> Log:
        return Log(calls=[call for call in self.calls if call["at"] >= moment])

    @property
    def starts(self) -> list[float]:
        return [call["at"] for call in self.calls]

    @property
    def answered(self) -> list[Mapping[str, Any]]:
        return [call for call in self.calls if call["outcome"] == "answered"]

    @property
    def postings(self) -> int:
        """How many different ones have an answer."""
        return len({call["fingerprint"] for call in self.answered})

    @property
    def refused(self) -> int:
        """By the limit; faults that look like it don't count."""
        return sum(call["outcome"] == "refused" for call in self.calls)

    @property
    def refused_share(self) -> float:
        return self.refused / max(len(self.calls), 1)

    @property
    def paid_twice(self) -> int:
        """Answers beyond the first for the same text."""
        return len(self.answered) - self.postings

    def in_flight(self, moment: float) -> int:
        return sum(
            call["at"] <= moment and (call["ended_at"] or moment) >= moment
            for call in self.calls
        )

    def answers_share(self, rate: float) -> float:
        """Answers per second, from the first to the last, of a rate."""
        return _share([call["at"] for call in self.answered], rate)

    def calls_share(self, rate: float) -> float:
        """Calls of any outcome per second, from the first to the last: all count there."""
        return _share(self.starts, rate)

    def steady_share(self, rate: float) -> float:
        """The same until the last posting had its first call: without the tail of retries."""
        first: dict[str, float] = {}
        for call in self.calls:
            first.setdefault(call["fingerprint"], call["at"])
        last = max(first.values(), default=0.0)
        return _share([at for at in self.starts if at <= last], rate)


def _share(moments: Sequence[float], rate: float) -> float:
    if len(moments) < 2:
        return 0.0
    span = max(moments) - min(moments)
    return (len(moments) - 1) / span / rate if span else 0.0
