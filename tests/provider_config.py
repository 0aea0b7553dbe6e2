"""What may be set on the stand-in of `tests/provider.py`, in code and on its command line."""

from __future__ import annotations

import argparse
import dataclasses
from dataclasses import dataclass
from typing import Any

from tests import faults


@dataclass(kw_only=True)
class Config:
    """Everything that may change while it runs; None = without that limit.

    `mode` "down" (503), or any name in `faults.NAMES`, hits every call.
    After `quota_after` answers the account is empty until `refill()`.
    `latency` is in seconds, varied by up to the share `jitter`; `rate_*` are shares of
    all calls, `retry_after` goes with the 429s among them; with an `api_key` all others
    get 401.
    """

    requests_per_window: int | None = None
    window_seconds: float = 60.0
    tokens_per_minute: int | None = None
    token_window_seconds: float = 60.0
    latency: float = 0.0
    jitter: float = 0.0
    rate_429: float = 0.0
    rate_500: float = 0.0
    rate_reset: float = 0.0
    rate_html: float = 0.0
    retry_after: str = ""
    mode: str | None = None
    quota_after: int | None = None
    api_key: str | None = None
    drip_seconds: float = 1.0
    seed: int = 1

    def change(self, changes: dict[str, Any]) -> None:
        unknown = changes.keys() - {field.name for field in dataclasses.fields(self)}
        if unknown:
            raise ValueError(f"unknown setting {', '.join(sorted(unknown))}")
        if changes.get("mode") not in {None, "down", *faults.NAMES}:
            raise ValueError(f"unknown mode {changes['mode']!r}")
        for name, value in changes.items():
            setattr(self, name, value)


def parser() -> argparse.ArgumentParser:
    """One option per field of `Config`, and --requests, --window, --tokens for short."""
    parser = argparse.ArgumentParser(prog="python -m tests.provider")
    parser.add_argument("--port", type=int, default=0)
    short = {
        "requests_per_window": ["--requests"],
        "window_seconds": ["--window"],
        "tokens_per_minute": ["--tokens"],
    }
    for field in dataclasses.fields(Config):
        flags = [f"--{field.name.replace('_', '-')}", *short.get(field.name, [])]
        kind = next((t for t in (int, float) if t.__name__ in str(field.type)), str)
        parser.add_argument(*flags, type=kind, default=field.default, dest=field.name)
    return parser
