"""The panel pushed as it changes: server-sent events, where the site runs under ASGI.

All streams of a process share one look a second at the database, and none of them holds a
connection. Where this fails in whatever way, the page polls.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from enrichment.access import CONTROL, VIEW_POSTINGS
from enrichment.pages import panel
from enrichment.pages.feed import Feed

LOOK_EVERY = 1.0
# Often enough for the page to know that the stream lives (site.js), and for proxies.
BEAT_EVERY = 10.0
# Then the browser comes back, with the permissions that its user has by then.
ENDS_AFTER = 300.0
RETRY_MS = 2_000


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom a panel is written; those who read the same get the same text."""

    language: str
    may_control: bool


@dataclass(frozen=True, kw_only=True)
class Sight:
    panel: panel.Panel
    html: str


def _look(readers: frozenset[Reader]) -> dict[Reader, Sight]:
    """In a thread of its own, whose connection nobody else would give back."""
    try:
        now = panel.build()
        return {one: Sight(panel=now, html=_written(now, one)) for one in readers}
    finally:
        connections.close_all()


def _written(now: panel.Panel, reader: Reader) -> str:
    context = {
        "panel": now,
        "may_control": reader.may_control,
        # Of nobody's session: htmx sends the token of the page as a header.
        "csrf_token": "NOTPROVIDED",
    }
    with translation.override(reader.language):
        return render_to_string("enrichment/_panel.html", context)


feed = Feed(_look, every=LOOK_EVERY)


@require_safe
async def progress_stream(request: HttpRequest) -> HttpResponseBase:
    """`seen`, or what the last event was about: what the page shows already."""
    permissions = await sync_to_async(_permissions)(request)
    if VIEW_POSTINGS not in permissions:
        return HttpResponse("Log in first.", status=403)
    reader = Reader(
        language=translation.get_language() or "en",
        may_control=CONTROL in permissions,
    )
    seen = request.headers.get("Last-Event-ID") or request.GET.get("seen", "")
    response = StreamingHttpResponse(
        _events(reader, seen), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"  # nginx would keep events for later
    return response


def _permissions(request: HttpRequest) -> set[str]:
    """Those that matter; without keeping a connection for as long as the stream lasts."""
    try:
        return {one for one in (VIEW_POSTINGS, CONTROL) if request.user.has_perm(one)}
    finally:
        connections.close_all()


async def _events(reader: Reader, seen: str) -> AsyncGenerator[str, None]:
    ends_at = time.monotonic() + ENDS_AFTER
    beat_at = time.monotonic() + BEAT_EVERY
    shown = ""
    yield f"retry: {RETRY_MS}\n\n"
    async with aclosing(feed.watch(reader)) as sights:
        async for sight in sights:
            now = time.monotonic()
            if now > ends_at:
                return
            if sight.html != shown:
                for name in panel.events(seen, sight.panel):
                    yield _event("happened", name)
                yield _event("progress", sight.html, key=sight.panel.seen)
                shown, seen, beat_at = sight.html, sight.panel.seen, now + BEAT_EVERY
            elif now > beat_at:
                yield _event("alive", ".")
                beat_at = now + BEAT_EVERY


def _event(name: str, data: str, *, key: str | None = None) -> str:
    lines = [f"event: {name}", *(f"data: {line}" for line in data.splitlines())]
    if key is not None:
        lines.append(f"id: {key}")
    return "\n".join([*lines, "", ""])
