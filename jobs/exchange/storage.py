"""The uploaded file between its preview and the yes: under a name that nobody can guess."""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}")
# A preview that nobody answered by then is forgotten.
KEPT_SECONDS = 24 * 3600
# Of 10 MB each at most; the oldest go first.
MOST_KEPT = 50


class PreviewStorage:
    """What django-import-export asks of a storage.

    Its own ones take any name of a file that the form brings back, and read and remove that.
    """

    def __init__(self, *, name: str | None = None, **_options: Any) -> None:
        if name is not None and not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        self.name = name or secrets.token_hex(16)

    @property
    def path(self) -> Path:
        return folder() / self.name

    def save(self, data: bytes) -> None:
        _forget_old()
        self.path.touch(mode=0o600)
        self.path.write_bytes(data)

    def read(self) -> bytes:
        return self.path.read_bytes()

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _forget_old() -> None:
    """Make room for one more."""
    too_old = time.time() - KEPT_SECONDS
    found: list[tuple[float, Path]] = []
    for path in folder().iterdir():
        with contextlib.suppress(FileNotFoundError):  # another request was faster
            found.append((path.stat().st_mtime, path))
    newest_first = sorted(found, reverse=True)
    for position, (moment, path) in enumerate(newest_first):
        if moment < too_old or position >= MOST_KEPT - 1:
            path.unlink(missing_ok=True)
