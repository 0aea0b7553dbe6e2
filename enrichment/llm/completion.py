"""What came back from one call, in this project's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enrichment.llm.errors import LlmError


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Tokens as billed; `cached_tokens` is the part of the input that was cached."""

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    @property
    def total(self) -> int:
        """What counts against a token limit."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, kw_only=True)
class Completion:
    """An answer that arrived, and that is probably billed.

    `problem` is set where the provider itself says that the answer is no use: failed,
    truncated, refused. `headers` holds the x-ratelimit-* ones, by lower-case name.
    """

    text: str
    model: str
    usage: Usage
    problem: LlmError | None
    request_id: str = ""
    http_status: int = 200
    latency_ms: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
