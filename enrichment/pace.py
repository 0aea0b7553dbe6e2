"""How fast calls to one provider account may start."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60.0
# Seconds of tokens that may be used late: half a percent of a minute's, less than the
# margin below the limit. Real usage gives some back after nearly every call.
TOKEN_CATCH_UP = 0.3


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds from one call's start to the next, and for a thousand tokens.

    `catch_up` is how far a late start may be made good by the next ones: nothing where the
    interval itself is promised, a little where it stands for a limit per minute. Tokens
    always stand for such a limit.
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

    @property
    def learns(self) -> bool:
        """Whether it stands for limits of the account, which refusals tell more about."""
        return self.catch_up > 0 or self.per_thousand_tokens > 0

    def seconds_for(self, tokens: float) -> float:
        """How long the account's tokens need to make good for a call of so many.

        A large call counts for more: one at the edge comes on top of all that the rate
        allows in a minute.
        """
        seconds = self.per_thousand_tokens * tokens / 1000
        return seconds / (1 - min(seconds / MINUTE, 0.5))
