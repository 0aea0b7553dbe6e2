"""`/healthz` and `/readyz`: before all else, so that a probe needs no host name, HTTPS or login.

A load balancer asks by address, over plain HTTP; both answers tell nothing about the data.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import sync_and_async_middleware

from enrichment import health
from enrichment.health import Check, State

ALIVE, READY = "/healthz", "/readyz"
# Seconds that a probe waits for the database; one that is away lets others wait for longer.
PATIENCE = 4.0
# However many ask, the database is asked once in so many seconds.
FRESH = 1.0


@sync_and_async_middleware
def health_middleware(get_response: Callable[[HttpRequest], Any]) -> Any:
    """The first of all: none of the others has a say in the two addresses."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> Any:
            if request.path_info not in (ALIVE, READY):
                later: Awaitable[Any] = get_response(request)
                return await later
            return await sync_to_async(_answer, thread_sensitive=False)(request)

        return answer_async

    def answer(request: HttpRequest) -> Any:
        if request.path_info not in (ALIVE, READY):
            return get_response(request)
        return _answer(request)

    return answer


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    response = _alive() if request.path_info == ALIVE else _ready(request)
    response["Cache-Control"] = "no-store"
    return response


def _alive() -> HttpResponse:
    """This process answers requests; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _ready(request: HttpRequest) -> HttpResponse:
    """503 where pages can't work; `?require=workers,provider` makes 503 of those as well."""
    required = set(request.GET.get("require", "").split(","))
    found = asking.ask()
    ready = not any(
        one.state is State.FAILED
        or (one.state is State.WARNING and one.name in required)
        for one in found
    )
    told = {one.name: {"state": one.state, "message": one.message} for one in found}
    return JsonResponse({"ready": ready, "checks": told}, status=200 if ready else 503)


class Asking:
    """One thread of a process asks; however many probes come, and however long it takes."""

    def __init__(self, look: Callable[[], list[Check]]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._asked: Future[list[Check]] | None = None
        self._asked_at = 0.0

    def ask(self) -> list[Check]:
        try:
            return self._current().result(PATIENCE)
        except TimeoutError:
            message = f"The database does not answer within {PATIENCE:g} s."
            return [Check(name="database", state=State.FAILED, message=message)]

    def _current(self) -> Future[list[Check]]:
        with self._lock:
            asked = self._asked
            if asked and not asked.done():
                return asked
            if asked and time.monotonic() < self._asked_at + FRESH:
                return asked
            # Not before the first probe: a server may fork after it has read this module.
            self._pool = self._pool or ThreadPoolExecutor(1, "health")
            self._asked_at = time.monotonic()
            self._asked = self._pool.submit(self._look)
            return self._asked


def _look() -> list[Check]:
    try:
        return health.checks()
    finally:
        connection.close()  # this thread is outside of Django's cycle of requests


asking = Asking(_look)
