"""What the progress panel shows, worked out before the template sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from enrichment import conf, progress
from enrichment.kinds import EXPLANATIONS
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Run
from enrichment.progress import Overview, RunProgress

# More than these at once are told as a number.
SHOWN_RUNS = 5
BUSY_SECONDS = 2
IDLE_SECONDS = 15


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Failed postings of one kind, and what that means."""

    kind: str
    count: int
    label: str | Promise
    meaning: str | Promise
    advice: str | Promise


@dataclass(frozen=True, kw_only=True)
class RunCard:
    """One run as people see it. `share_*` are whole percents of the bar."""

    progress: RunProgress
    batch: Batch | None
    failures: list[Failure]
    time_left: str
    stopped_by: Failure | None

    @property
    def run(self) -> Run:
        return self.progress.run

    @property
    def can_pause(self) -> bool:
        return self.run.status == Run.Status.ACTIVE

    @property
    def can_resume(self) -> bool:
        return self.run.status in (Run.Status.PAUSED, Run.Status.BLOCKED)

    @property
    def share_failed(self) -> int:
        if not self.progress.failed:
            return 0
        return max(100 * self.progress.failed // self.progress.total, 1)

    @property
    def share_successful(self) -> int:
        return self.progress.percent - self.share_failed


@dataclass(frozen=True, kw_only=True)
class Panel:
    """
    Attributes:
        more: unfinished runs beyond those shown.
        last: the last run that is over, while no other one goes on.
        no_worker: postings are queued, and nobody is there to work on them.
        seen: the runs as shown, for the next poll to compare with.
    """

    overview: Overview
    runs: list[RunCard]
    more: int
    last: RunCard | None
    no_worker: bool
    seen: str

    @property
    def is_active(self) -> bool:
        return any(card.can_pause for card in self.runs)

    @property
    def seconds(self) -> int:
        """Until the next poll."""
        return BUSY_SECONDS if self.is_active else IDLE_SECONDS

    @property
    def failures(self) -> list[Failure]:
        return failures_of(self.overview.errors)


def build() -> Panel:
    overview = progress.overview()
    unfinished = progress.unfinished_runs()
    shown = [card(run, pending=overview.pending) for run in unfinished[:SHOWN_RUNS]]
    last = None if unfinished else progress.last_run()
    waiting = overview.queued or any(one.can_pause for one in shown)
    return Panel(
        overview=overview,
        runs=shown,
        more=len(unfinished) - len(shown),
        last=card(last) if last else None,
        no_worker=bool(waiting) and not progress.workers_alive(),
        seen=",".join(f"{one.run.pk}:{one.progress.done}" for one in shown),
    )


def card(run: Run, *, pending: int | None = None) -> RunCard:
    state = progress.of_run(run, pending=pending)
    seconds = state.seconds_left
    return RunCard(
        progress=state,
        batch=run.batches.order_by("-pk").first(),
        failures=failures_of(state.errors),
        time_left="" if seconds is None else progress.duration_text(seconds),
        stopped_by=failure(run.reason_kind, 1) if run.reason_kind else None,
    )


def events(before: str, now: Panel) -> list[str]:
    """What happened since the poll that saw `before`: names of events for the page."""
    seen, shown = _read(before), _read(now.seen)
    happened = []
    if seen.keys() - shown.keys():
        happened.append("run-ended")
    elif seen != shown:
        happened.append("run-moved")
    return happened


def _read(seen: str) -> dict[str, str]:
    """Whatever a browser sends: an odd part is a run that is over."""
    parts = [part.partition(":") for part in seen.split(",") if part]
    return {run: done for run, _colon, done in parts[: 2 * SHOWN_RUNS]}


def failures_of(errors: Mapping[str, int]) -> list[Failure]:
    return [failure(kind, count) for kind, count in errors.items()]


def failure(kind: str, count: int) -> Failure:
    explanation = EXPLANATIONS[ErrorKind(kind)]
    return Failure(
        kind=kind,
        count=count,
        label=explanation.label,
        meaning=explanation.meaning,
        advice=explanation.advice,
    )


def price_is_known() -> bool:
    prices = conf.current().prices
    return prices.input is not None and prices.output is not None
