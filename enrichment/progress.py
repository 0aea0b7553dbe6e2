"""What is done, what is left, how long it takes, what went wrong, what it cost.

Each question costs the same with a million postings: `tally` and `run_sums` see to that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Avg, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrichment import choosing, conf, run_sums, speed, tally
from enrichment.models import Enrichment, LlmCall, Run, Worker
from enrichment.speed import Speed

LATENCY_SAMPLE = 200
# Before there is any history: seconds that a small model takes for one posting.
ASSUMED_LATENCY = 5.0
WORKER_SILENCE = 30.0


# In the order that they are told.
COUNTED = ("total", "enriched", "pending", "queued", "running", "failed")


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All postings by state; `errors` counts the failed ones by kind."""

    total: int
    enriched: int
    pending: int
    queued: int
    running: int
    failed: int
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def remaining(self) -> int:
        return self.total - self.enriched - self.failed

    @property
    def percent(self) -> float:
        """Of all postings, those enriched, to one decimal."""
        return round(100 * self.enriched / self.total, 1) if self.total else 0.0

    @property
    def stats(self) -> dict[str, Any]:
        """As commands and the API tell them."""
        counts = {name: getattr(self, name) for name in COUNTED}
        return {**counts, "percent": self.percent, "errors": self.errors}


@dataclass(frozen=True, kw_only=True)
class RunProgress:
    """One run's postings, as its batches count them.

    Attributes:
        total: what it has been through and has ahead; for a continuous run all that is
            pending belongs to it.
        left: not yet enriched or failed.
        speed: None where it isn't asked for, or too little was done lately.
        seconds_left: estimated; None where no call is being made.
        cost_microusd: millionths of a US dollar; None where prices are unknown.
        values_not_found: of those checked, as they were when the answers came.
    """

    run: Run
    total: int
    successful: int
    failed: int
    rate_limited: int
    errors: dict[str, int]
    calls: int
    cost_microusd: int | None
    seconds_left: float | None
    values_checked: int = 0
    values_not_found: int = 0
    speed: Speed | None = None

    @property
    def done(self) -> int:
        return self.successful + self.failed

    @property
    def left(self) -> int:
        return max(self.total - self.done, 0)

    @property
    def percent(self) -> int:
        """Whole percent done; 100 only when nothing is left."""
        return 100 if not self.left else 100 * self.done // self.total

    @property
    def stats(self) -> dict[str, int]:
        return {
            "total": self.total,
            "successful": self.successful,
            "failed": self.failed,
            "rate_limited": self.rate_limited,
        }


def overview() -> Overview:
    counts: dict[str, int] = {}
    errors: dict[str, int] = {}
    for (status, kind), count in tally.counts().items():
        counts[status] = counts.get(status, 0) + count
        if kind:
            errors[kind] = count
    return Overview(
        total=sum(counts.values()),
        **{status: counts.get(status, 0) for status in Enrichment.Status.values},
        errors=dict(sorted(errors.items(), key=lambda item: -item[1])),
    )


def unfinished_runs() -> list[Run]:
    """Those that a panel shows as going on, the oldest first."""
    return list(Run.objects.unfinished().select_related("user").order_by("pk"))


def last_run() -> Run | None:
    """The newest of those that are over."""
    over = Run.objects.filter(status__in=[Run.Status.FINISHED, Run.Status.CANCELLED])
    return over.select_related("user").order_by("-pk").first()


def of_run(run: Run, *, pending: int | None = None, timed: bool = True) -> RunProgress:
    """One run's figures.

    Args:
        pending: of all postings, where the caller has counted them already.
        timed: tell the speed and the time left, which takes two statements more.
    """
    found = _summed(run, run_sums.of(run), pending)
    errors = run_sums.errors_of(run) if found.failed else {}
    if not timed or run.status != Run.Status.ACTIVE:
        return replace(found, errors=errors)
    measured = speed.of(run) if found.left else None
    seconds = _seconds_left(found.left, measured)
    return replace(found, errors=errors, speed=measured, seconds_left=seconds)


def of_runs(runs: Sequence[Run]) -> list[RunProgress]:
    """For a list: the sums alone."""
    sums = run_sums.of_many(runs)
    return [_summed(run, sums[run.pk], None) for run in runs]


def _summed(run: Run, sums: Mapping[str, int], pending: int | None) -> RunProgress:
    left = sums["left"] + _waiting(run, pending)
    return RunProgress(
        run=run,
        total=sums["successful"] + sums["failed"] + left,
        successful=sums["successful"],
        failed=sums["failed"],
        rate_limited=sums["rate_limited"],
        errors={},
        calls=sums["calls"],
        cost_microusd=None if sums["unpriced_calls"] else sums["cost_microusd"],
        seconds_left=None,
        values_checked=sums["values_checked"],
        values_not_found=sums["values_not_found"],
    )


def _waiting(run: Run, pending: int | None) -> int:
    """Postings that the run will still put into a batch."""
    if run.status not in Run.UNFINISHED:
        return 0
    if run.continuous and not (run.retries or run.of_selection):
        return tally.pending() if pending is None else pending
    if run.renews:
        return choosing.given_back(run).count() + run.retries_left
    given_back = {"batch__run": run, "batch__status": "released"}
    waiting = Enrichment.objects.filter(status="pending", **given_back).count()
    return waiting + run.retries_left


def _seconds_left(left: int, measured: Speed | None) -> float:
    """By the speed of the last minutes; by the pace before there is one."""
    return measured.seconds(left) if measured else estimate_seconds(left)


def estimate_seconds(count: int) -> float:
    """Seconds that so many postings take: by the pace, and by the calls' recent latency."""
    settings = conf.current()
    # Of the latest calls those answered: in bad times there may be none among thousands.
    latest = LlmCall.objects.order_by("-pk").values("outcome", "latency_ms")
    answered = Avg("latency_ms", filter=Q(outcome="ok"))
    average = latest[:LATENCY_SAMPLE].aggregate(average=answered)["average"]
    latency = ASSUMED_LATENCY if average is None else average / 1000
    by_latency = count * latency / settings.concurrency
    return max(count * settings.call_interval, by_latency) + latency


def duration_text(seconds: float) -> str:
    """As people say it: `~1 minute(s)`, `~3 hour(s)`, `~2 day(s)`."""
    minutes = max(math.ceil(seconds / 60 - 0.25), 1)
    if minutes < 120:
        return _("~%(count)d minute(s)") % {"count": minutes}
    hours = math.ceil(minutes / 60)
    if hours < 48:
        return _("~%(count)d hour(s)") % {"count": hours}
    return _("~%(count)d day(s)") % {"count": math.ceil(hours / 24)}


def short_duration_text(seconds: float) -> str:
    """For a line of a command: `~1 minute`, `~13 minutes`."""
    minutes = max(math.ceil(seconds / 60 - 0.25), 1)
    if minutes < 120:
        return ngettext("~%(count)d minute", "~%(count)d minutes", minutes) % {
            "count": minutes
        }
    hours = math.ceil(minutes / 60)
    return ngettext("~%(count)d hour", "~%(count)d hours", hours) % {"count": hours}


def workers_alive() -> int:
    return Worker.objects.alive(within=WORKER_SILENCE).count()
