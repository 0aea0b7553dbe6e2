"""The part of a job posting that the model reads; equal texts share one answer."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, kw_only=True)
class PostingText:
    """Plain text throughout: HTML is stripped before it comes here."""

    title: str
    company: str
    location: str
    description: str

    @property
    def content_hash(self) -> str:
        """SHA-256 (64 hex digits) over all four parts, as they are."""
        parts = (self.title, self.company, self.location, self.description)
        # The separator can't stand in a text column of PostgreSQL, so parts can't run
        # into each other.
        whole = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).hexdigest()

    @property
    def is_usable(self) -> bool:
        """Whether there is a word to read besides the title."""
        return WORD.search(self.description) is not None
