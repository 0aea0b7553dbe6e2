"""Strict reading of environment variables; every refusal names the variable.

Used by `jobsite/settings.py` only. A value that is set but empty counts as unset, as in
most `.env` files.
"""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class SettingError(ImproperlyConfigured):
    """An environment variable holds a value that can't be used."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def secret(name: str) -> str:
    """`NAME`, or the content of the file that `NAME_FILE` names (as Docker mounts them)."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}_FILE", f"can't read {path!r}: {error}") from error


def boolean(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise SettingError(name, f"expected true or false, got {value!r}")


def number(
    name: str, default: float, *, minimum: float = 0.0, maximum: float = math.inf
) -> float:
    raw = text(name)
    if not raw:
        return default
    try:
        value = float(raw)
    except ValueError as error:
        raise SettingError(name, f"expected a number, got {raw!r}") from error
    if not math.isfinite(value) or not minimum <= value <= maximum:
        raise SettingError(name, f"expected {_span(minimum, maximum)}, got {raw!r}")
    return value


def integer(
    name: str, default: int, *, minimum: int = 0, maximum: int | None = None
) -> int:
    value = optional_integer(name, minimum=minimum, maximum=maximum)
    return default if value is None else value


def optional_integer(
    name: str, *, minimum: int = 0, maximum: int | None = None
) -> int | None:
    raw = text(name)
    if not raw:
        return None
    try:
        value = int(raw)
    except ValueError as error:
        raise SettingError(name, f"expected a whole number, got {raw!r}") from error
    if value < minimum or (maximum is not None and value > maximum):
        raise SettingError(name, f"expected {_span(minimum, maximum)}, got {raw!r}")
    return value


def optional_number(name: str) -> float | None:
    return number(name, 0.0) if text(name) else None


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise SettingError(name, f"expected one of {', '.join(allowed)}; got {value!r}")
    return value


def words(name: str) -> list[str]:
    """A comma-separated list without its empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def header(name: str) -> str:
    """A header's name as Django's `request.META` has it, or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"[A-Za-z][A-Za-z-]*", value):
        raise SettingError(name, f"expected a header's name, got {value!r}")
    return f"HTTP_{value.upper().replace('-', '_')}" if value else ""


def require_strong(name: str, value: str, *, refused: set[str]) -> None:
    """A secret that nobody guesses, or the start ends; the value is never repeated.

    The measure is that of `manage.py check --deploy` (security.W009).
    """
    make = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    if not value or value in refused:
        problem = "needed when DJANGO_DEBUG is false"
    elif len(value) < 50 or len(set(value)) < 8 or "insecure" in value.lower():
        problem = "too short or too easy to guess: 50 random characters at least"
    else:
        return
    raise SettingError(name, f"{problem}; make one with: {make}")


def http_url(name: str) -> str:
    value = text(name)
    if not value:
        return ""
    # A refusal must not repeat the address: it may hold a password.
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_good = is_good and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        is_good = False
    if not is_good:
        raise SettingError(name, "expected http://host... or https://host...")
    return value.rstrip("/")


def redis_url(name: str) -> str:
    """`redis://` or `rediss://` (TLS), with a number of a database and options, or unset."""
    url = text(name)
    if not url:
        return ""
    from redis import ConnectionPool, RedisError  # not loaded for those without it

    # A refusal must not repeat the address: it may hold a password.
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"redis", "rediss"} and bool(parts.hostname)
        is_good = is_good and re.fullmatch(r"/?|/\d+", parts.path) is not None
        # An option that the client doesn't know shows when a connection is made.
        ConnectionPool.from_url(url).make_connection()
    except (TypeError, ValueError, RedisError):
        is_good = False
    if not is_good:
        raise SettingError(name, "expected redis://host:6379/0 or rediss://...")
    return url


def directory(name: str, *, default: Path) -> Path:
    """An absolute path to a directory that exists; made when it's missing."""
    path = Path(text(name) or default).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(name, f"can't make the directory: {error}") from error
    return path


def database(name: str, *, default_file: Path) -> dict[str, object]:
    """The `DATABASES["default"]` of a `sqlite:///` or `postgres://` address.

    Args:
        name: the variable, or with `_FILE` the file with the address.
        default_file: the SQLite file when the variable is unset.

    Raises:
        SettingError: another scheme, or an address that can't be read.
    """
    url = secret(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    # A refusal must not repeat the address: it may hold a password.
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise SettingError(
            name, f"expected sqlite:///... or postgres://..., got {scheme}://..."
        )
    try:
        config = dict(dj_database_url.parse(url))
    except (
        Exception
    ) as error:  # the library raises several kinds, some with the address
        raise SettingError(name, "the address can't be read") from error
    if not config.get("NAME"):
        raise SettingError(name, "the address names no database")
    return config


def options(config: dict[str, object]) -> dict[str, object]:
    """The options that a database's address brought along."""
    given = config.get("OPTIONS")
    return dict(given) if isinstance(given, dict) else {}


def _span(minimum: float, maximum: float | None) -> str:
    if maximum is None or math.isinf(maximum):
        return f"at least {minimum:g}"
    return f"{minimum:g} to {maximum:g}"
