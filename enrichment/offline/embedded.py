"""The offline extractor inside the calling process: where does it listen?"""

from __future__ import annotations

import os
import threading

from enrichment.offline.server import OfflineProvider

_lock = threading.Lock()
_provider: OfflineProvider | None = None
_inherited: list[OfflineProvider] = []


def base_url() -> str:
    """The address for OPENAI_BASE_URL; the first call in a process starts the server."""
    global _provider
    with _lock:
        if _provider is None:
            provider = OfflineProvider()
            provider.start()
            _provider = provider
        return _provider.base_url


def _forget_after_fork() -> None:
    """The parent's server has no thread here, and its lock may be held by none of ours."""
    global _lock, _provider
    _lock = threading.Lock()
    if _provider is not None:
        # Closing or collecting it would disturb the event loop shared with the parent.
        _inherited.append(_provider)
        _provider = None


os.register_at_fork(after_in_child=_forget_after_fork)
