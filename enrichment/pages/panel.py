"""What the progress panel shows, worked out before the template sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise

from enrichment import conf, progress
from enrichment.kinds import EXPLANATIONS
from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch, Run
from enrichment.pages import forecast, limiter
from enrichment.progress import Overview, RunProgress

# More than these at once are told as a number.
SHOWN_RUNS = 5
BUSY_SECONDS = 2
IDLE_SECONDS = 15
# What is spoken changes at each of these parts of the whole, not at each posting.
SPOKEN_PERCENT = 10
# Marks the last run that is over among those that a poll has seen.
OVER = "over-"


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
    """One run as people see it. `share_*` are percents of the bar, to a tenth.

    Attributes:
        rate: postings over the last minutes, `42 a minute`; empty where unknown.
        finish: when it will be over, `between 14:20 and 14:35`; empty where unknown.
        time_left: about how long that is.
        limit: what its calls wait for; empty where none are made.
    """

    progress: RunProgress
    batch: Batch | None
    failures: list[Failure]
    rate: str
    finish: str
    time_left: str
    limit: str
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
    def share_failed(self) -> float:
        """Never too little to be seen."""
        if not self.progress.failed:
            return 0
        return max(round(100 * self.progress.failed / self.progress.total, 1), 1)

    @property
    def share_successful(self) -> float:
        if not self.progress.left:
            return 100 - self.share_failed if self.progress.total else 0
        share = 100 * self.progress.successful / self.progress.total
        return round(min(share, 99 - self.share_failed), 1)

    @property
    def spoken_percent(self) -> int:
        return self.progress.percent // SPOKEN_PERCENT * SPOKEN_PERCENT


@dataclass(frozen=True, kw_only=True)
class Panel:
    """
    Attributes:
        main: the run shown in full: the first active one, or the last that is over.
        others: unfinished runs of which a line is shown.
        more: unfinished runs beyond those.
        workers: how many are alive.
        no_worker: postings are queued, and nobody is there to work on them.
        seen: the runs as shown, for the next poll to compare with.
    """

    overview: Overview
    main: RunCard | None
    others: list[RunCard]
    more: int
    workers: int
    no_worker: bool
    seen: str

    @property
    def runs(self) -> list[RunCard]:
        """Those that aren't over."""
        found = [self.main, *self.others] if self.main else []
        return [one for one in found if not one.run.finished_at]

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
    # Stable: the oldest of the active ones comes first, then those that stand still.
    unfinished.sort(key=lambda run: run.status != Run.Status.ACTIVE)
    over = progress.last_run()
    main = unfinished[0] if unfinished else over
    full = card(main, pending=overview.pending) if main is not None else None
    lines = [line(run, pending=overview.pending) for run in unfinished[1:SHOWN_RUNS]]
    shown = [full, *lines] if full is not None and unfinished else []
    workers = progress.workers_alive()
    waiting = overview.queued or any(one.can_pause for one in shown)
    return Panel(
        overview=overview,
        main=full,
        others=lines,
        more=max(len(unfinished) - SHOWN_RUNS, 0),
        workers=workers,
        no_worker=bool(waiting) and not workers,
        seen=",".join(
            [
                *(f"{one.run.pk}:{one.progress.done}" for one in shown),
                # It changes also by a run that began and ended between two polls.
                *([f"{OVER}{over.pk}:"] if over else []),
            ]
        ),
    )


def card(run: Run, *, pending: int | None = None) -> RunCard:
    """All about a run."""
    state = progress.of_run(run, pending=pending)
    seconds, speed = state.seconds_left, state.speed
    rate = finish = limit = ""
    if run.status == Run.Status.ACTIVE:
        per_minute = speed.per_minute if speed else None
        limit = limiter.words(conf.current(), per_minute=per_minute)
    if speed and state.left:
        low, high = speed.between(state.left)
        rate = forecast.rate_text(speed.per_minute)
        finish = forecast.finish_text(low, high, now=timezone.now())
    return RunCard(
        progress=state,
        batch=_latest_batch(run),
        failures=failures_of(state.errors),
        rate=rate,
        finish=finish,
        time_left="" if seconds is None else progress.duration_text(seconds),
        limit=limit,
        stopped_by=failure(run.reason_kind, 1) if run.reason_kind else None,
    )


def _latest_batch(run: Run) -> Batch | None:
    newest = run.batches.order_by("-pk")[:2]
    return next((batch for batch in newest if not batch.is_set_aside), None)


def line(run: Run, *, pending: int | None = None) -> RunCard:
    """What a list says of a run; its speed is not measured."""
    return RunCard(
        progress=progress.of_run(run, pending=pending, timed=False),
        batch=None,
        failures=[],
        rate="",
        finish="",
        time_left="",
        limit="",
        stopped_by=failure(run.reason_kind, 1) if run.reason_kind else None,
    )


def events(before: str, now: Panel) -> list[str]:
    """What happened since the poll that saw `before`: names of events for the page."""
    seen, shown = _read(before), _read(now.seen)
    happened = []
    if seen.keys() - shown.keys() or _over(shown) - _over(seen):
        happened.append("run-ended")
    elif seen != shown:
        happened.append("run-moved")
    return happened


def _over(seen: Mapping[str, str]) -> set[str]:
    return {run for run in seen if run.startswith(OVER)}


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
