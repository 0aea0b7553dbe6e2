"""What is done, what is left, how long it takes, what went wrong, what it cost.

Each question costs the same with a million postings: `tally` and `run_sums` see to that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Avg, Count, Max, Min, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrichment import conf, run_sums, tally
from enrichment.models import Enrichment, LlmCall, Run, Worker

LATENCY_SAMPLE = 200
# Before there is any history: seconds that a small model takes for one posting.
ASSUMED_LATENCY = 5.0
RATE_WINDOW = timedelta(minutes=3)
# Fewer answers than this say too little about the speed.
RATE_SAMPLE = 5
WORKER_SILENCE = 30.0


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


@dataclass(frozen=True, kw_only=True)
class RunProgress:
    """One run's postings, as its batches count them.

    Attributes:
        total: what it has been through and has ahead; for a continuous run all that is
            pending belongs to it.
        left: not yet enriched or failed.
        seconds_left: estimated; None where no call is being made.
        cost_microusd: millionths of a US dollar; None where prices are unknown.
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


def of_run(run: Run, *, pending: int | None = None) -> RunProgress:
    """`pending`: of all postings, where the caller has counted them already."""
    sums = run_sums.of(run)
    left = sums["left"] + _waiting(run, pending)
    return RunProgress(
        run=run,
        total=sums["successful"] + sums["failed"] + left,
        successful=sums["successful"],
        failed=sums["failed"],
        rate_limited=sums["rate_limited"],
        errors=run_sums.errors_of(run) if sums["failed"] else {},
        calls=sums["calls"],
        cost_microusd=None if sums["unpriced_calls"] else sums["cost_microusd"],
        seconds_left=_seconds_left(run, left),
    )


def _waiting(run: Run, pending: int | None) -> int:
    """Postings that the run will still put into a batch."""
    if run.status not in Run.UNFINISHED:
        return 0
    if run.continuous:
        return tally.pending() if pending is None else pending
    given_back = {"batch__run": run, "batch__status": "released"}
    return Enrichment.objects.filter(status="pending", **given_back).count()


def _seconds_left(run: Run, left: int) -> float | None:
    """By the speed of the last minutes; by the pace before there is one."""
    if run.status != Run.Status.ACTIVE:
        return None
    latest = list(run.batches.order_by("-pk").values_list("pk", flat=True)[:8])
    recent = LlmCall.objects.filter(
        batch__in=latest, outcome="ok", finished_at__gt=Now() - RATE_WINDOW
    ).aggregate(count=Count("pk"), first=Min("finished_at"), last=Max("finished_at"))
    if recent["count"] >= RATE_SAMPLE:
        span = (recent["last"] - recent["first"]).total_seconds()
        if span > 0:
            return float(left * span / (recent["count"] - 1))
    return estimate_seconds(left)


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
