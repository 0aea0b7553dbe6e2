"""Starting a run by the engine's one door, once for each Idempotency-Key."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from ninja.responses import Status

from enrichment import batches
from enrichment.choosing import Selection
from enrichment.models import Door, Run
from jobs import finding
from jobsite.api.errors import ApiError, Kind
from jobsite.api.models import ApiToken, StartRequest
from jobsite.api.shapes import filters
from jobsite.api.shapes.runs import Chosen, Matching, Started, StartWish, full

REPEATED = "Idempotency-Repeated"


def start(request: Any, response: HttpResponse, *, wish: StartWish, key: str) -> Any:
    token: ApiToken = request.auth
    if not key:
        run, outcome = _start(token, wish)
        return _told(run, outcome, status=201 if run else 200)
    asked = hashlib.sha256(wish.model_dump_json().encode()).hexdigest()
    try:
        with transaction.atomic():
            # Of two requests at once the second one waits here for the first one's end.
            kept = StartRequest.objects.create(token=token, key=key, body_digest=asked)
            run, outcome = _start(token, wish)
            kept.run, kept.outcome = run, outcome
            kept.save(update_fields=["run", "outcome"])
    except IntegrityError:
        return _again(token, response, key=key, asked=asked)
    return _told(run, outcome, status=201 if run else 200)


def _again(token: ApiToken, response: HttpResponse, *, key: str, asked: str) -> Any:
    rows = StartRequest.objects.select_related("run__user")
    kept = rows.filter(token=token, key=key).first()
    if kept is None:  # forgotten in between, or another constraint broke
        raise ApiError(Kind.CONFLICT, "Something changed meanwhile; send it again.")
    if kept.body_digest != asked:
        raise ApiError(
            Kind.CONFLICT,
            "This key came with another request before.",
            field="Idempotency-Key",
        )
    response[REPEATED] = "true"
    return _told(kept.run, kept.outcome, status=200)


def _start(token: ApiToken, wish: StartWish) -> tuple[Run | None, dict[str, Any]]:
    started = batches.start(
        door=Door.API,
        user=token.user,
        selection=_selection(wish),
        size=wish.size,
        continuous=wish.continuous,
        priority=Run.Priority[wish.priority.upper()],
    )
    outcome = {
        "taken": int(started.taken),
        "eligible": int(started.eligible),
        "skipped": int(started.skipped),
        "is_limited": started.is_limited,
    }
    return started.run, outcome


def _selection(wish: StartWish) -> Selection | None:
    match wish.selection:
        case Chosen(ids=ids):
            return ids
        case Matching(filter=asked):
            chosen = filters.read(asked)
            most = batches.MOST_SET_ASIDE
            # As the jobs page's own button: those that can be taken, or those skipped.
            found = finding.startable(chosen, limit=most + 1)
            return found or finding.look(finding.plan(chosen), limit=most).ids
        case _everything:
            return None


def _told(run: Run | None, outcome: dict[str, Any], *, status: int) -> Any:
    return Status(status, Started(run=full(run) if run else None, **outcome))
