"""Secrets of this process, taken out of what it writes: logs, tracebacks, error pages, mails.

They are known by value, so that none gets out in a message of a library either, or in the
text of a provider that repeats the key.
"""

from __future__ import annotations

import html
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

HIDDEN = "[hidden]"
# A shorter one would be found in ordinary words; `none` and `offline` stand for no key.
SHORTEST = 8
_KEYS = ("OPENAI_API_KEY", "SECRET_KEY", "EMAIL_HOST_PASSWORD", "METRICS_TOKEN")
_ADDRESSES = ("OPENAI_BASE_URL", "Q_BROKER_URL")


def hidden(text: str) -> str:
    """The same text without any secret of the settings."""
    pattern = _pattern(tuple(_secrets()))
    return pattern.sub(HIDDEN, text) if pattern else text


def _secrets() -> Iterator[str]:
    yield from (str(getattr(settings, name, "") or "") for name in _KEYS)
    yield from settings.SECRET_KEY_FALLBACKS
    for database in settings.DATABASES.values():
        yield str(database.get("PASSWORD") or "")
    for name in _ADDRESSES:
        yield urlsplit(getattr(settings, name, "")).password or ""


@lru_cache(maxsize=8)
def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str] | None:
    """Each secret as it is, and as it looks in an address, in HTML, JSON and Python."""
    forms = {
        form
        for secret in secrets
        if len(secret) >= SHORTEST
        for form in (
            secret,
            quote(secret, safe=""),
            html.escape(secret),
            html.escape(repr(secret)[1:-1]),
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
            repr(secret)[1:-1],
        )
    }
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if forms else None


class Hiding(logging.Formatter):
    """For a formatter of any kind: its lines, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))


class Mails(AdminEmailHandler):
    """Mails to the administrators, subject and all."""

    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        super().send_mail(hidden(str(subject)), hidden(str(message)), *args, **kwargs)


class SettingsFilter(SafeExceptionReporterFilter):
    """What Django's debug pages leave out of the settings; addresses hold passwords too."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|BROKER|_URL|DSN",
        flags=re.IGNORECASE,
    )


class Reporter(ExceptionReporter):
    """Debug pages and mails show local variables, where anything may stand."""

    def get_traceback_html(self) -> SafeString:
        return SafeString(hidden(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return SafeString(hidden(super().get_traceback_text()))


def write_uncaught(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """In place of `sys.excepthook`: the traceback that ends a program."""
    sys.stderr.write(hidden("".join(traceback.format_exception(kind, error, trace))))


@contextmanager
def no_secret_raised() -> Iterator[None]:
    """For tasks: django-q2 keeps the traceback of one that failed in a table.

    Raises:
        RuntimeError: in place of an error whose traceback holds a secret.
    """
    try:
        yield
    except Exception as error:
        text = "".join(traceback.format_exception(error))
        if hidden(text) == text:
            raise
        told = hidden(text)
    else:
        return
    raise RuntimeError(told) from None
