"""Runs: started, looked at, paused, resumed, cancelled."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router, Schema
from pydantic import Field

from enrichment import batches, progress
from enrichment.access import CONTROL, START, VIEW_POSTINGS
from enrichment.models import Run
from jobsite.api import starting
from jobsite.api.errors import ApiError, Kind
from jobsite.api.models.tokens import Scope
from jobsite.api.routes.refusals import refused
from jobsite.api.shapes import runs
from jobsite.api.shapes.common import LARGEST_ID, Cursor, Limit
from jobsite.api.shapes.filters import refuse_odd
from jobsite.api.tokens import Needs

router = Router(tags=["runs"])
RunId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{0,200}$",
        description="The same key starts once, for a week; repeats tell what came of it.",
    ),
]
# Action, what to do, and the states from which it can be done.
_STEPS = {
    "pause": (batches.pause, "active or blocked"),
    "resume": (batches.resume, "paused or blocked"),
    "cancel": (batches.cancel, "active, paused or blocked"),
}


class RunQuery(Schema):
    cursor: Cursor = Field(default_factory=lambda: None)  # type: ignore[assignment]
    limit: Limit = 50


@router.post(
    "",
    auth=Needs(Scope.ENRICH, START),
    response={200: runs.Started, 201: runs.Started, **refused(400, 409, 413, 415, 422)},
    summary="Start a run",
    operation_id="start_run",
)
def start(
    request: HttpRequest,
    response: HttpResponse,
    wish: runs.StartWish,
    idempotency_key: Key = "",
) -> Any:
    """201 where a run was started; 200 where there was nothing to do, or on a repeat."""
    return starting.start(request, response, wish=wish, key=idempotency_key)


@router.get(
    "",
    auth=Needs(Scope.READ, VIEW_POSTINGS),
    response={200: runs.RunPage, **refused(422)},
    summary="Runs, the newest first",
    operation_id="list_runs",
)
def list_runs(request: HttpRequest, query: Query[RunQuery]) -> runs.RunPage:
    refuse_odd(request, RunQuery)
    rows = Run.objects.select_related("user").order_by("-pk")
    if query.cursor:
        rows = rows.filter(pk__lt=query.cursor)
    found = list(rows[: query.limit + 1])
    page = found[: query.limit]
    return runs.RunPage(
        items=[runs.summary(one) for one in progress.of_runs(page)],
        next=page[-1].pk if len(found) > len(page) else None,
    )


@router.get(
    "/{int:run_id}",
    auth=Needs(Scope.READ, VIEW_POSTINGS),
    response={200: runs.RunDetail, **refused(404, 422)},
    summary="One run, as the panel tells it",
    operation_id="get_run",
)
def get_run(request: HttpRequest, run_id: RunId) -> runs.RunDetail:
    return runs.full(_run(run_id))


def _steer(run_id: int, action: str) -> runs.RunDetail:
    act, states = _STEPS[action]
    run = _run(run_id)
    if not act(run_id):
        run.refresh_from_db(fields=["status"])
        raise ApiError(
            Kind.CONFLICT,
            f"Run {run_id} is {run.status}; {action} needs one that is {states}.",
        )
    return runs.full(_run(run_id))


def _run(run_id: int) -> Run:
    run = Run.objects.select_related("user").filter(pk=run_id).first()
    if run is None:
        raise ApiError(Kind.NOT_FOUND, f"There is no run {run_id}.")
    return run


_steering: dict[str, Any] = {
    "auth": Needs(Scope.CONTROL, CONTROL),
    "response": {200: runs.RunDetail, **refused(404, 409, 422)},
}


@router.post("/{int:run_id}/pause", operation_id="pause_run", **_steering)
def pause(request: HttpRequest, run_id: RunId) -> runs.RunDetail:
    """Calls in flight are still answered and kept; all else waits for a resume."""
    return _steer(run_id, "pause")


@router.post("/{int:run_id}/resume", operation_id="resume_run", **_steering)
def resume(request: HttpRequest, run_id: RunId) -> runs.RunDetail:
    """A paused or blocked run goes on."""
    return _steer(run_id, "resume")


@router.post("/{int:run_id}/cancel", operation_id="cancel_run", **_steering)
def cancel(request: HttpRequest, run_id: RunId) -> runs.RunDetail:
    """For good; what is enriched stays."""
    return _steer(run_id, "cancel")
