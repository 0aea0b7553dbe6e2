"""Is the provider down altogether? Told by the calls of one worker, in their order."""

from __future__ import annotations

from enrichment.llm.errors import ErrorKind, LlmError, Remedy

# So many failures in a row, for so many different postings, without a sign of life.
FAILURES = 15
POSTINGS = 10


class Outage:
    """Counts failures since the last answer of any other kind."""

    def __init__(self) -> None:
        self._failures = 0
        self._postings: set[int] = set()

    def note(self, number: int, error: LlmError | None) -> LlmError | None:
        """Take note of a call's end; the error of the account once it is too many.

        Args:
            number: of the text that the call was about.
            error: None = a good answer.
        """
        if error is None or error.kind.remedy is not Remedy.API_BACKOFF:
            # Also a refusal shows that somebody is there.
            self._failures = 0
            self._postings.clear()
            return None
        self._failures += 1
        self._postings.add(number)
        if self._failures < FAILURES or len(self._postings) < POSTINGS:
            return None
        return LlmError(
            ErrorKind.PROVIDER_DOWN,
            f"The last {self._failures} calls all failed; the latest: {error.message}",
        )
