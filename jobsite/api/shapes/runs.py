"""Runs: as they are told, and as they are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from enrichment import progress
from enrichment.models import Run
from enrichment.progress import RunProgress
from jobsite.api.shapes.common import Failure, Id, Whole, Wish
from jobsite.api.shapes.filters import Filter

MOST_IDS = 1000
Status = Literal["active", "paused", "blocked", "finished", "cancelled"]
Priority = Literal["low", "normal", "high"]


class Figures(Schema):
    """Postings of a run, as its batches count them; money in millionths of a US dollar."""

    total: int
    done: int
    successful: int
    failed: int
    rate_limited: int
    left: int
    percent: int = Field(
        description="Whole percent done; 100 only when nothing is left."
    )
    calls: int
    cost_microusd: int | None = Field(description="null where prices are unknown.")


class RunSummary(Schema):
    id: int
    status: Status
    started_from: str
    started_by: str | None
    priority: Priority
    size: int = Field(description="Postings in a batch.")
    continuous: bool
    of_selection: bool = Field(description="Continuous over a selection, nothing else.")
    started_at: datetime
    finished_at: datetime | None
    reason: Failure | None = Field(description="Why it is blocked.")
    figures: Figures


class RunDetail(RunSummary):
    failures: dict[str, int] = Field(description="Failed postings by kind of error.")
    per_minute: float | None = Field(
        description="Postings a minute lately; null where too little was done."
    )
    seconds_left: float | None = Field(description="Estimated; null unless active.")


class RunPage(Schema):
    items: list[RunSummary]
    next: int | None = Field(description="`cursor` of the next page; null at the end.")


class Chosen(Wish):
    """Certain postings, in the order given."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_IDS)]


class Matching(Wish):
    """Those that the filters find, at most 20,000, the pending ones first."""

    filter: Filter


class StartWish(Wish):
    selection: Literal["pending"] | Chosen | Matching = Field(
        description='Everything that is pending ("pending"), certain postings by their'
        " ids, or what filters find."
    )
    priority: Priority = "normal"
    size: Annotated[int, Field(ge=1, le=Run.LARGEST_BATCH), Whole] | None = Field(
        None, description="Postings in a batch; null = as the site is set."
    )
    continuous: bool = Field(
        default=False,
        description="Batch after batch until all are done; else one batch.",
    )


class Started(Schema):
    """What became of a wish to enrich; counts may stop at a limit."""

    run: RunDetail | None = Field(description="null where there was nothing to do.")
    taken: int = Field(description="Postings in a batch, or sure to get into one.")
    eligible: int = Field(description="Postings that could have been taken.")
    skipped: int = Field(description="Selected ones that are enriched or on their way.")
    is_limited: bool = Field(description="There are more than were taken.")


def full(run: Run) -> RunDetail:
    found = progress.of_run(run)
    return RunDetail(
        **_told(found),
        failures=found.errors,
        per_minute=found.speed.per_minute if found.speed else None,
        seconds_left=found.seconds_left,
    )


def summary(found: RunProgress) -> RunSummary:
    return RunSummary(**_told(found))


def _told(found: RunProgress) -> dict[str, Any]:
    run = found.run
    reason = Failure(kind=run.reason_kind, message=run.reason)
    names = ("total", "done", "successful", "failed", "rate_limited", "left")
    figures = {name: getattr(found, name) for name in names}
    return {
        "id": run.pk,
        "status": run.status,
        "started_from": run.door,
        "started_by": run.user.get_username() if run.user else None,
        "priority": Run.Priority(run.priority).name.lower(),
        "size": run.batch_size,
        "continuous": run.continuous,
        "of_selection": run.of_selection,
        "started_at": run.created_at,
        "finished_at": run.finished_at,
        "reason": reason if run.reason_kind else None,
        "figures": Figures(
            **figures,
            percent=found.percent,
            calls=found.calls,
            cost_microusd=found.cost_microusd,
        ),
    }
