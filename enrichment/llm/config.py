"""How to reach one model; apart from the client so that knowing it costs no SDK import."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ClientConfig:
    """`timeout` is in seconds for one call; one that stalls halfway may take it twice.

    `api` is "responses" or "chat". An empty `base_url` means OpenAI's own; an empty
    `reasoning_effort` is not sent.
    """

    # Not in the repr: configurations end up in logs and tracebacks.
    api_key: str = field(repr=False)
    base_url: str
    api: str
    model: str
    timeout: float
    max_output_tokens: int
    reasoning_effort: str
    connections: int
