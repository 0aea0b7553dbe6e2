"""How fast calls to one provider account may start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds from one call's start to the next, and for a thousand tokens.

    `catch_up` is how far a late start may be made good by the next ones: nothing where the
    interval itself is promised, a little where it stands for a limit per minute.
    """

    account: str
    interval: float = 0.0
    per_thousand_tokens: float = 0.0
    catch_up: float = 0.0

    @property
    def next_slot_in(self) -> float:
        """Seconds before which there is no point in asking for the next slot."""
        return max(self.interval - self.catch_up, 0.0)

    @property
    def is_limited(self) -> bool:
        return self.interval > 0 or self.per_thousand_tokens > 0
